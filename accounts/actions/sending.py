"""Mail that somebody is waiting for: sent by a worker, sent now, or kept."""

import datetime as dt
import re
from typing import Protocol

from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from accounts.models import User

# Somebody is waiting for the page.
PATIENCE = 5  # seconds
# As the account library writes them.
CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")


class Keeper(Protocol):
    def __call__(
        self,
        *,
        message: EmailMultiAlternatives,
        about: User | None,
        at: dt.datetime,
        until: dt.datetime,
    ) -> None: ...


class SendsSoon(Protocol):
    def __call__(self, *, at: dt.datetime) -> bool: ...


_keepers: list[tuple[Keeper, SendsSoon]] = []


def keep_with(keeper: Keeper, sends_soon: SendsSoon) -> None:
    """Let a room above keep messages, which are no longer sent after `until`.

    It keeps all messages while `sends_soon` says that kept ones are sent within
    seconds; otherwise only those that the mail server did not accept.
    """
    _keepers[:] = [(keeper, sends_soon)]


def frame_email(*, subject: str, text: str) -> str:
    """Return the HTML of a message about an account, which says what its text does."""
    *paragraphs, last = re.split(r"(?:\r?\n){2,}", text.strip())
    return render_to_string(
        "account/email/frame.html",
        {
            "subject": subject,
            "paragraphs": [(each, bool(CODE.fullmatch(each))) for each in paragraphs],
            "last": last,
        },
    )


def send_or_keep(
    *,
    message: EmailMultiAlternatives,
    about: User | None = None,
    at: dt.datetime,
    until: dt.datetime,
) -> bool:
    """Send the message and return True, or keep it and return False.

    `about` is the user it is about, if known: a kept message is erased with them, even
    if it goes to an address that is not theirs yet. Raises the mail server's error if
    no room keeps messages.
    """
    keep, sends_soon = _keepers[0] if _keepers else (None, None)
    if keep and sends_soon and sends_soon(at=at):
        keep(message=message, about=about, at=at, until=until)
        return True
    try:
        message.connection = get_connection(timeout=PATIENCE)
        message.send()
    # SMTP errors are OSErrors too.
    except OSError:
        if not keep:
            raise
        keep(message=message, about=about, at=at, until=until)
        return False
    return True
