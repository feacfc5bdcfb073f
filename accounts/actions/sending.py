"""Mail that somebody waits for: sent at once, or kept for when the server answers."""

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


_keepers: list[Keeper] = []


def keep_with(keeper: Keeper) -> None:
    """Let a room above keep messages that the mail server did not take.

    What is kept says nothing any more after `until`.
    """
    _keepers[:] = [keeper]


def send_or_keep(
    *,
    message: EmailMultiAlternatives,
    about: User | None = None,
    at: dt.datetime,
    until: dt.datetime,
) -> bool:
    """Return whether the message left now; otherwise it is kept.

    `about` is whose account it is about, if known: what is kept goes with them, also
    where it is on its way to an address that is not theirs yet.
    Raises what the mail server said where no room keeps messages.
    """
    try:
        message.connection = get_connection(timeout=PATIENCE)
        message.send()
    # Errors of SMTP are errors of this kind, too.
    except OSError:
        if not _keepers:
            raise
        _keepers[0](message=message, about=about, at=at, until=until)
        return False
    return True
