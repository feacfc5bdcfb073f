"""The register of kinds of mail.

Each kind is one class, in the room that knows what it is about; the room registers it
in `AppConfig.ready()`. There is no other list of kinds: planner, sender, pages, forecast
and checks ask the register.
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
from mail.rules import QuietHours

Answer = TypeVar("Answer")


class MessageText(NamedTuple):
    """What is written in a mail: subject, plain text and HTML, if any."""

    subject: str
    text: str
    html: str = ""


class PageLink(NamedTuple):
    """A page that says more about a message, for the log of mail."""

    url: str
    label: str


class Planning:
    """One run of the planner, in which what several kinds ask is looked up once."""

    def __init__(self, at: dt.datetime):
        self.at = at
        self._answers: dict[Callable[[Planning], Any], Any] = {}

    def ask(self, question: Callable[["Planning"], Answer]) -> Answer:
        """Return the question's answer at this moment."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]


class MailKind:
    """One kind of mail. A room subclasses it and registers an instance.

    `templates` are names without ending; each has at least a `.txt`. Only a kind whose
    words come with the message has none, and says so.
    """

    code: ClassVar[str] = ""
    label: ClassVar[str | Promise] = ""
    templates: ClassVar[Sequence[str]] = ()
    words_come_with_it: ClassVar[bool] = False
    # Somebody who waits in front of a page for a mail gets it at night, too.
    waits_for_quiet_hours: ClassVar[bool] = True
    # No copy is kept of what names other people than the recipient.
    keeps_text: ClassVar[bool] = False
    # A code to sign in is nobody else's to read, not even before it is sent.
    shows_text: ClassVar[bool] = True

    def plan_messages(self, planning: Planning) -> Iterable[Message]:
        """Return what should be in the outbox now, unsaved. What a verb queues: nothing."""
        return ()

    # Kinds that inherit the same function are asked about together.
    @staticmethod
    def current_facts(
        messages: Sequence[Message], at: dt.datetime
    ) -> Mapping[int, Any]:
        """Return primary key → what `write_message` needs of each, in few queries."""
        return {}

    def write_message(
        self, message: Message, at: dt.datetime, facts: Any
    ) -> MessageText | None:
        """Return the words from what is true now; None where it is not wanted any more.

        `facts` is what `current_facts` found of it, None if nothing.
        """
        raise NotImplementedError

    def explain_message(self, message: Message) -> Iterator[str]:
        """Yield why it is sent, in sentences: the rule and its dates."""
        raise NotImplementedError

    def note_drop(self, message: Message, at: dt.datetime) -> dict[str, Any]:
        """Return what is to be kept in `why` of how things stood when it was dropped."""
        return {}

    def explain_drop(self, message: Message) -> str:
        """Return why it was not sent."""
        return gettext("It was not sent, because it was not true any more.")

    def quiet_hours(self, message: Message) -> QuietHours:
        """Return by which clock its dates are told, and when it may not leave."""
        return QuietHours(settings.TIME_ZONE)

    def about_rows(self) -> QuerySet | None:
        """Return the rows that it may be about, with all that is asked of them."""
        return None

    def page_about(self, message: Message) -> PageLink | None:
        """Return a page that says more about it."""
        return None

    def log_facts(self, message: Message) -> dict[str, Any]:
        """Return what the log has to say when somebody has it sent once more."""
        return {}


class UnknownKind(MailKind):
    """Stands for a kind that is in the table and that no room registered."""

    def __init__(self, code: str):
        self.code = code
        self.label = _("unknown kind “%(code)s”") % {"code": code}

    def write_message(self, message, at, facts):
        return None

    def explain_message(self, message):
        yield gettext(
            "No part of this site knows this kind of mail any more. It is kept, and not"
            " sent."
        )


_registered: list[MailKind] = []


def register_kinds(*kinds: MailKind) -> None:
    """Add a room's kinds. `mail.checks` finds what is not whole, or there twice."""
    _registered.extend(kinds)


def registered_kinds() -> list[MailKind]:
    """Return all kinds, in the order in which rooms registered them."""
    return list(_registered)


def known_codes() -> set[str]:
    """Return the codes of all kinds that a room knows."""
    return {kind.code for kind in _registered}


def kind_of(message: Message) -> MailKind:
    """Return the kind that knows what the message is."""
    return kind_with(message.kind)


def kind_with(code: str) -> MailKind:
    """Return the kind that has the code; an unknown one stands in where none does."""
    for kind in _registered:
        if kind.code == code:
            return kind
    return UnknownKind(code)


def kind_choices() -> list[tuple[str, str | Promise]]:
    """Return code and label of each kind, for a filter."""
    return [(kind.code, kind.label) for kind in _registered]
