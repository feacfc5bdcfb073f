"""The outbox: planning mail, sending it once, trying again. Safe to call again."""

import datetime as dt
import logging
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F

from accounts.models import User
from training import log, mail, pause_warnings, quiet, reminders, undecided
from training.letters import Letter
from training.models import Notice, Obligation, Team
from training.models.teams import site_time_zone

logger = logging.getLogger(__name__)

# So many are looked at again at a time, and so few are taken at once: no more than
# these are uncertain after a crash.
BATCH = 250
CLAIM = 25
# After a failed try; the fifth is the last.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 360))


class UnableToQueueAgain(Exception):
    """It was sent, or is being sent, or waits already."""


@dataclass
class Tally:
    """What became of the mail that was due; `server_error` says why none left."""

    sent: int = 0
    dropped: int = 0
    failed: int = 0
    held: int = 0
    server_error: str = ""


def plan(notices: Collection[Notice]) -> int:
    """Put the notices into the outbox that are not there yet; return how many.

    The unique key lets none in twice, even from two workers at once.
    """
    moments = {notice.scheduled_for for notice in notices}
    there = set(
        Notice.objects.filter(scheduled_for__in=moments).values_list(
            "kind", "recipient_key", "subject_key", "scheduled_for"
        )
    )
    fresh = [notice for notice in notices if reminders.key_of(notice) not in there]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=1000)
    return len(fresh)


def plan_reminders(*, at: dt.datetime) -> int:
    """Plan every reminder that should be there now; return how many are new."""
    warnings = [*pause_warnings.warnings(at), *undecided.decisions_wanted(at)]
    return plan([*reminders.wanted(at), *warnings])


def send_due(*, at: dt.datetime, limit: int | None = None) -> Tally:
    """Send what is due and still true, over one connection; each notice once.

    While the mail server cannot be reached nothing is tried, and nothing is lost.
    """
    kinds = Notice.objects.waiting(at).filter(kind__in=mail.WRITERS)
    keys = list(kinds.values_list("pk", flat=True)[:limit])
    tally, connection = Tally(), get_connection()
    try:
        for start in range(0, len(keys), BATCH):
            _send_batch(keys[start : start + BATCH], connection, at, tally)
    except (OSError, SMTPException) as problem:
        tally.server_error = _words(problem)
    finally:
        connection.close()
    return tally


def _send_batch(keys, connection, at, tally):
    rows = Notice.objects.waiting(at).filter(pk__in=keys)
    notices = list(
        rows.select_related(
            "recipient", "team", "obligation__assignment", "obligation__learner"
        )
    )
    awake = [notice for notice in notices if not _hold_back(notice, at)]
    tally.held += len(notices) - len(awake)
    reminders.attach_standing(awake, at)
    for start in range(0, len(awake), CLAIM):
        _send_claimed(_claim(awake[start : start + CLAIM], at), connection, at, tally)


def _send_claimed(notices, connection, at, tally):
    settled = []
    try:
        while notices:
            try:
                connection.open()
            except (OSError, SMTPException):
                # A server that is down costs no try.
                _give_back(notices)
                raise
            if _deliver(notice := notices.pop(0), connection, at, tally):
                settled.append(notice)
    finally:
        _record(settled, at)


def _hold_back(notice: Notice, at: dt.datetime) -> bool:
    """Leave it until the quiet hours end; return whether there are any now.

    Somebody waits for mail about their account.
    """
    if notice.kind == Notice.Kind.ACCOUNT:
        return False
    team = notice.team or Team(time_zone=_zone(notice))
    until = quiet.quiet_until(at, team.time_zone, team.quiet_from, team.quiet_until)
    if until:
        Notice.objects.filter(pk=notice.pk, state=Notice.State.QUEUED).update(
            held_until=until
        )
    return until is not None


def _zone(notice):
    return notice.obligation.time_zone if notice.obligation else site_time_zone()


def _claim(notices: list[Notice], at: dt.datetime) -> list[Notice]:
    """Return those that are ours to send; another worker may have been faster."""
    claim = uuid.uuid4()
    these = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    these.filter(state=Notice.State.QUEUED).update(
        state=Notice.State.SENDING,
        claimed_at=at,
        claimed_by=claim,
        tries=F("tries") + 1,
        error="",
    )
    ours = set(these.filter(claimed_by=claim).values_list("pk", flat=True))
    for notice in notices:
        notice.claimed_by = claim
    return [notice for notice in notices if notice.pk in ours]


def _give_back(notices: list[Notice]) -> None:
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        state=Notice.State.QUEUED,
        claimed_at=None,
        claimed_by=None,
        tries=F("tries") - 1,
    )


def _deliver(
    notice: Notice, connection: BaseEmailBackend, at: dt.datetime, tally: Tally
) -> bool:
    """Send it, or drop what is not true any more; return whether that is settled."""
    try:
        letter = mail.write(notice, at)
        if letter:
            _message(notice, letter, connection).send()
    # One that cannot be written or sent must not hold up all the others.
    except Exception as problem:
        logger.exception("The notice %s could not be sent.", notice.uuid)
        _note_failure(notice, problem, at)
        tally.failed += 1
        connection.close()
        return False
    _take_down(notice, letter, at)
    tally.sent += bool(letter)
    tally.dropped += not letter
    return True


def _message(notice, letter, connection):
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[notice.address or notice.recipient.email],
        connection=connection,
        headers={
            # The same at a second try, so that mail programs show it once.
            "Message-ID": f"<{notice.uuid}@{urlsplit(settings.SITE_URL).hostname}>",
            # RFC 3834: nobody's absence is answered to this.
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


@transaction.atomic
def _record(settled: list[Notice], at: dt.datetime) -> None:
    """Save what became of them; of most only the words differ.

    Whoever was erased meanwhile took back the claim: no words of theirs are kept.
    """
    ours = Notice.objects.filter(claimed_by__in={n.claimed_by for n in settled})
    plain = {notice.pk: notice for notice in settled if notice.text}
    sent = Notice.State.SENT
    ours.filter(pk__in=plain).update(state=sent, sent_at=at)
    with database.cursor() as cursor:
        # Django's bulk_update takes as long for this as writing and sending the mail.
        cursor.executemany(
            f"UPDATE {Notice._meta.db_table} SET subject = %s, text = %s"  # noqa: S608
            " WHERE id = %s AND state = %s",
            [(notice.subject, notice.text, pk, sent) for pk, notice in plain.items()],
        )
    for notice in settled:
        if notice.pk not in plain:
            ours.filter(pk=notice.pk).update(
                state=notice.state,
                sent_at=notice.sent_at,
                address=notice.address,
                why=notice.why,
                subject=notice.subject,
                text=notice.text,
            )


def _take_down(notice: Notice, letter: Letter | None, at: dt.datetime) -> None:
    """Give the notice what became of it, unsaved."""
    # Others are named in what trainers and managers get, so no copy is kept of it.
    kept = letter if letter and notice.obligation_id else None
    notice.subject = kept.subject[:255] if kept else ""
    notice.text = kept.text if kept else ""
    if letter:
        notice.state, notice.sent_at = Notice.State.SENT, at
    else:
        notice.state = Notice.State.DROPPED
        notice.why = notice.why | {"found": _found(notice, at)}


def _found(notice, at):
    """Return how the obligation stood when the mail about it was dropped."""
    rows = Obligation.objects.with_status(at).filter(pk=notice.obligation_id)
    return rows.values_list("status", flat=True).first()


def _note_failure(notice: Notice, problem: Exception, at: dt.datetime) -> None:
    tries = notice.tries + 1
    again = tries <= len(WAITS)
    Notice.objects.filter(pk=notice.pk).update(
        state=Notice.State.QUEUED if again else Notice.State.FAILED,
        held_until=at + WAITS[tries - 1] if again else None,
        error=_words(problem),
    )


def _words(problem):
    return f"{type(problem).__name__}: {problem}"[:255]


def queue_again(*, notice: Notice, at: dt.datetime, by: User) -> None:
    """Let it be sent once more, if it failed or nobody knows whether it was sent.

    Raises UnableToQueueAgain for any other.
    """
    this = Notice.objects.filter(pk=notice.pk)
    again = this.filter(state=Notice.State.FAILED) | this.uncertain(at)
    changed = again.update(
        state=Notice.State.QUEUED, tries=0, held_until=None, claimed_at=None, error=""
    )
    if not changed:
        raise UnableToQueueAgain
    learner = notice.obligation and notice.obligation.learner
    log.note(notice, "training.queued_again", learner=learner, user=by)
