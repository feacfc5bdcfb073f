"""The register of kinds of mail.

Each kind is one class in the room it is about, which registers it in
`AppConfig.ready()`. There is no other list of kinds: planner, sender, pages, forecast
and checks all use the register.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mail.models import Message
from mail.rules.quiet_hours import QuietHours

Answer = TypeVar("Answer")
# What a mail program sends to the address, and nothing else: RFC 8058.
ONE_CLICK = "List-Unsubscribe=One-Click"


class StopAddress(NamedTuple):
    """Where a reader stops mail of this kind.

    At once: a POST stops it, from whoever has the address, without signing in. A GET
    never does, because mail scanners follow links.
    """

    url: str
    is_at_once: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """Return what mail programs make a button of: see RFC 2369 and RFC 8058."""
        headers = {"List-Unsubscribe": f"<{self.url}>"}
        if self.is_at_once and self.url.startswith("https:"):
            headers["List-Unsubscribe-Post"] = ONE_CLICK
        return headers


class AttachedFile(NamedTuple):
    """A file that comes with a message, such as a calendar entry."""

    name: str
    content: bytes
    media_type: str


class MessageText(NamedTuple):
    """The content of a message: subject, plain text and HTML, if any."""

    subject: str
    text: str
    html: str = ""
    stop: StopAddress | None = None
    attachments: Sequence[AttachedFile] = ()


class PageLink(NamedTuple):
    """A page with more about a message, for the mail log."""

    url: str
    label: str


class Planning:
    """One run of the planner, which looks up questions shared by several kinds once."""

    def __init__(self, at: dt.datetime):
        self.at = at
        self._answers: dict[Callable[[Planning], Any], Any] = {}

    def ask(self, question: Callable[["Planning"], Answer]) -> Answer:
        """Return the answer to the question at this moment."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]


class MailKind:
    """One kind of mail. Rooms subclass it and register an instance.

    `templates` are names without extension; each has at least a `.txt` file. Only a
    kind whose text comes with the message has none, and declares that.
    """

    code: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    templates: ClassVar[Sequence[str]] = ()
    words_come_with_it: ClassVar[bool] = False
    # Mail that somebody is waiting for on a page is also sent at night.
    waits_for_quiet_hours: ClassVar[bool] = True
    # An address from which mail comes back only gets what somebody is waiting for.
    tries_failing_addresses: ClassVar[bool] = False
    # No copy is kept of texts that name people other than the recipient.
    keeps_text: ClassVar[bool] = False
    # A sign-in code must not be read by anybody else, even before it is sent.
    shows_text: ClassVar[bool] = True

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return the messages due now, unsaved; none for kinds that actions queue."""
        return ()

    # Kinds that inherit the same function are looked up together.
    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Any]:
        """Return primary key → what `write_message` needs for each, in few queries."""
        return {}

    def write_message(
        self, message: Message, at: dt.datetime, facts: Any
    ) -> MessageText | None:
        """Return the message from current facts, or None if it no longer applies.

        `facts` is what `current_facts` found for it, or None.
        """
        raise NotImplementedError

    def explain_message(self, message: Message) -> Iterator[str]:
        """Yield sentences that explain why it is sent: the rule and its dates."""
        raise NotImplementedError

    def note_drop(self, message: Message, at: dt.datetime) -> dict[str, Any]:
        """Return facts to keep in `why` about the situation when it was dropped."""
        return {}

    def explain_drop(self, message: Message) -> str:
        """Return why it was not sent."""
        return gettext("It was not sent because it was out of date.")

    def quiet_hours(self, message: Message) -> QuietHours:
        """Return the time zone of its dates, and when it may not be sent."""
        return QuietHours(settings.TIME_ZONE)

    def sender_name(self, message: Message) -> str:
        """Return the name that it comes from; empty for the site's usual one."""
        return ""

    def about_rows(self) -> QuerySet | None:
        """Return the rows it may be about, with the related rows needed."""
        return None

    def page_about(self, message: Message) -> PageLink | None:
        """Return a page with more about it."""
        return None

    def log_facts(self, message: Message) -> dict[str, Any]:
        """Return facts for the log when somebody sends it again."""
        return {}


class UnknownKind(MailKind):
    """Stands for a kind in the table that no room has registered."""

    def __init__(self, code: str):
        self.code = code
        self.label = _("unknown kind “%(code)s”") % {"code": code}

    def write_message(self, message, at, facts):
        return None

    def explain_message(self, message):
        yield gettext(
            "This site no longer knows this kind of mail. The message is kept but not"
            " sent."
        )


_registered: list[MailKind] = []


def register_kinds(*kinds: MailKind) -> None:
    """Add a room's kinds. `mail.checks` finds incomplete and duplicate ones."""
    _registered.extend(kinds)


def registered_kinds() -> list[MailKind]:
    """Return all kinds, in order of registration."""
    return list(_registered)


def known_codes() -> set[str]:
    """Return the codes of all registered kinds."""
    return {kind.code for kind in _registered}


def kind_of(message: Message) -> MailKind:
    """Return the message's kind."""
    return kind_with(message.kind)


def kind_with(code: str) -> MailKind:
    """Return the kind with this code, or an `UnknownKind`."""
    for kind in _registered:
        if kind.code == code:
            return kind
    return UnknownKind(code)


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Return code and label of each kind, for a filter."""
    return [(kind.code, kind.label) for kind in _registered]
