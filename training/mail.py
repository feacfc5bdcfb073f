"""Who writes which kind of mail.

A writer takes the notice and the moment, and returns the letter, or None where what
the notice would say is not true any more. A kind without one waits.
"""

import datetime as dt
from collections.abc import Callable

from training import (
    account_letters,
    invitation_letters,
    pause_warnings,
    reminder_letters,
    report_letters,
    undecided,
)
from training.letters import Letter
from training.models import Notice

Writer = Callable[[Notice, dt.datetime], Letter | None]

WRITERS: dict[str, Writer] = {
    Notice.Kind.INVITATION: invitation_letters.write_invitation,
    Notice.Kind.ASSIGNED: reminder_letters.write_reminder,
    Notice.Kind.BEFORE: reminder_letters.write_reminder,
    Notice.Kind.DUE_TODAY: reminder_letters.write_reminder,
    Notice.Kind.OVERDUE: reminder_letters.write_reminder,
    Notice.Kind.ALL_CLEAR: reminder_letters.write_all_clear,
    Notice.Kind.DIGEST: reminder_letters.write_digest,
    Notice.Kind.ESCALATION: reminder_letters.write_escalation,
    Notice.Kind.REPORT: report_letters.write_report,
    Notice.Kind.PAUSE_AHEAD: pause_warnings.write_pause_ahead,
    Notice.Kind.UNDECIDED: undecided.write_undecided,
    Notice.Kind.ACCOUNT: account_letters.write_kept,
}


def write(notice: Notice, at: dt.datetime) -> Letter | None:
    """Return the letter as it is now, or None where it should not be sent."""
    has_reader = notice.address or (notice.recipient and notice.recipient.is_active)
    return WRITERS[notice.kind](notice, at) if has_reader else None
