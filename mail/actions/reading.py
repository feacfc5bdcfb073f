"""Reading the mailbox to which e-mail comes back. Safe to call again."""

import datetime as dt
from collections import Counter
from imaplib import IMAP4

from django.conf import settings
from imap_tools import AND, ImapToolsError, MailBox

from mail.actions.bounces import BounceOutcome, take_bounce
from mail.rules.bounces import read_bounce

# A report with the whole message that came back is a tenth of this.
LARGEST = 1_000_000
AT_ONCE = 500
SECONDS = 20


class UnableToReadMailbox(Exception):
    """The mailbox cannot be reached, or refuses. The text says what it said."""


def read_mailbox(*, at: dt.datetime) -> Counter[BounceOutcome]:
    """Take in what is unread in the mailbox, and mark it as read; return what it was.

    Without a mailbox in the settings, nothing is done. Larger messages are left unread.
    Raises UnableToReadMailbox; what was read before stays done.
    """
    found: Counter[BounceOutcome] = Counter()
    where = settings.BOUNCE_MAILBOX
    if where is None:
        return found
    try:
        mailbox = MailBox(where["host"], where["port"], timeout=SECONDS)
        with mailbox.login(where["user"], where["password"], where["folder"]):
            unread = AND(seen=False, size_lt=LARGEST)
            for uid in mailbox.uids(unread, None)[:AT_ONCE]:
                found[take_bounce(bounce=_bounce_in(mailbox, uid), at=at)] += 1
                # Not `mailbox.flag`, which also expunges what people have deleted.
                mailbox.client.uid("STORE", uid, "+FLAGS", r"(\Seen)")
    except (OSError, IMAP4.error, ImapToolsError) as problem:
        raise UnableToReadMailbox(f"{type(problem).__name__}: {problem}") from problem
    return found


def _bounce_in(mailbox, uid):
    """Return what the message says. One nested too deeply to be read says nothing.

    Were it left unread, it would stop every later one.
    """
    try:
        for message in mailbox.fetch(uid_list=[uid], mark_seen=False):
            return read_bounce(message.obj)
    except RecursionError:
        pass
    return None
