"""Mail that somebody waits for: by a worker within seconds, at once, or kept."""

import datetime as dt
from typing import Protocol

from django.core.mail import EmailMultiAlternatives, get_connection

from accounts.models import User

# Somebody looks at the page meanwhile.
PATIENCE = 5  # seconds


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
    """Let a room above keep messages, which say nothing any more after `until`.

    It keeps all of them while `sends_soon` says that what is kept leaves within
    seconds, otherwise those that the mail server did not take.
    """
    _keepers[:] = [(keeper, sends_soon)]


def send_or_keep(
    *,
    message: EmailMultiAlternatives,
    about: User | None = None,
    at: dt.datetime,
    until: dt.datetime,
) -> bool:
    """Return whether the message leaves now; otherwise it is kept.

    `about` is whose account it is about, if known: what is kept goes with them, also
    where it is on its way to an address that is not theirs yet.
    Raises what the mail server said where no room keeps messages.
    """
    keep, sends_soon = _keepers[0] if _keepers else (None, None)
    if keep and sends_soon and sends_soon(at=at):
        keep(message=message, about=about, at=at, until=until)
        return True
    try:
        message.connection = get_connection(timeout=PATIENCE)
        message.send()
    # Errors of SMTP are errors of this kind, too.
    except OSError:
        if not keep:
            raise
        keep(message=message, about=about, at=at, until=until)
        return False
    return True
