"""Sending due messages once, with retries. Safe to call again."""

import datetime as dt
import logging
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from smtplib import SMTPException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from accounts.models import User
from mail import queries
from mail.kinds import MessageText, kind_of, known_codes
from mail.models import Message

logger = logging.getLogger(__name__)

# How many are checked again at a time, and how few are claimed at once: no more than
# these are uncertain after a crash.
BATCH = 250
CLAIM = 25
# The waits after failed tries; the fifth try is the last.
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (5, 30, 120, 360))


class UnableToQueueAgain(Exception):
    """The message has been sent, is being sent or is already waiting."""


@dataclass
class SendingTally:
    """What happened to the due mail; `server_error` says why none could be sent."""

    sent: int = 0
    dropped: int = 0
    undelivered: int = 0
    failed: int = 0
    held: int = 0
    server_error: str = ""


@dataclass(frozen=True)
class _Found:
    """What was looked up for a batch: facts by key, and which would only come back."""

    facts: Mapping[int, Any]
    failing: Collection[int]


def send_due_messages(
    *, at: dt.datetime, limit: int | None = None, only: int | None = None
) -> SendingTally:
    """Send due messages that still apply, each once, over one connection.

    `only` is the primary key of the one message to send.

    While the mail server cannot be reached, no tries are used up and nothing is lost.
    Messages of an unknown kind wait.
    """
    waiting = Message.objects.waiting(at).filter(kind__in=known_codes())
    if only is not None:
        waiting = waiting.filter(pk=only)
    keys = list(waiting.values_list("pk", flat=True)[:limit])
    tally, connection = SendingTally(), get_connection()
    try:
        for start in range(0, len(keys), BATCH):
            _send_batch(keys[start : start + BATCH], connection, at, tally)
    except (OSError, SMTPException) as problem:
        tally.server_error = _describe(problem)
    finally:
        connection.close()
    return tally


def _send_batch(keys, connection, at, tally):
    rows = Message.objects.waiting(at).filter(pk__in=keys)
    messages = list(rows.select_related("recipient"))
    queries.load_about(messages)
    awake = [message for message in messages if not _hold_back(message, at)]
    tally.held += len(messages) - len(awake)
    found = _Found(queries.current_facts(awake, at), queries.failing_among(awake))
    for start in range(0, len(awake), CLAIM):
        ours = _claim(awake[start : start + CLAIM], at)
        _send_claimed(ours, found, connection, at, tally)


def _send_claimed(messages, found, connection, at, tally):
    finished = []
    try:
        while messages:
            try:
                connection.open()
            except (OSError, SMTPException):
                # A server that is down does not use up a try.
                _give_back(messages)
                raise
            message = messages.pop(0)
            planned = message.why
            if _deliver(message, found, connection, at, tally):
                finished.append((message, message.why != planned))
    finally:
        _record(finished, at)


def _hold_back(message: Message, at: dt.datetime) -> bool:
    """Hold it until the quiet hours end; return whether they are now."""
    kind = kind_of(message)
    if not kind.waits_for_quiet_hours:
        return False
    until = kind.quiet_hours(message).quiet_until(at)
    if until:
        Message.objects.filter(pk=message.pk, state=Message.State.QUEUED).update(
            held_until=until
        )
    return until is not None


def _claim(messages: list[Message], at: dt.datetime) -> list[Message]:
    """Claim the messages; return those that no other worker claimed first."""
    claim = uuid.uuid4()
    these = Message.objects.filter(pk__in=[message.pk for message in messages])
    these.filter(state=Message.State.QUEUED).update(
        state=Message.State.SENDING,
        claimed_at=at,
        claimed_by=claim,
        tries=F("tries") + 1,
        error="",
    )
    ours = set(these.filter(claimed_by=claim).values_list("pk", flat=True))
    for message in messages:
        message.claimed_by = claim
    return [message for message in messages if message.pk in ours]


def _give_back(messages: list[Message]) -> None:
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(
        state=Message.State.QUEUED,
        claimed_at=None,
        claimed_by=None,
        tries=F("tries") - 1,
    )


def _deliver(
    message: Message,
    found: _Found,
    connection: BaseEmailBackend,
    at: dt.datetime,
    tally: SendingTally,
) -> bool:
    """Send it, or drop it if it no longer applies; return whether that worked.

    Mail that would only come back is kept as not delivered.
    """
    try:
        words = queries.write_message(message, at, found.facts.get(message.pk))
        is_lost = bool(words) and message.pk in found.failing
        if words and not is_lost:
            _email(message, words, connection).send()
    # A message that cannot be written or sent must not hold up the others.
    except Exception as problem:
        logger.exception("The message %s could not be sent.", message.uuid)
        _note_failure(message, problem, at)
        tally.failed += 1
        connection.close()
        return False
    if is_lost:
        message.state = Message.State.UNDELIVERED
    else:
        _note_outcome(message, words, at)
    tally.undelivered += is_lost
    tally.sent += bool(words) and not is_lost
    tally.dropped += not words
    return True


def _email(message, words, connection):
    email = EmailMultiAlternatives(
        words.subject,
        words.text,
        _sender(message),
        to=[message.sent_to],
        connection=connection,
        headers={
            # The same on a second try, so that mail programs show it once.
            "Message-ID": f"<{message.uuid}@{urlsplit(settings.SITE_URL).hostname}>",
            # RFC 3834: suppresses automatic replies such as out-of-office messages.
            "Auto-Submitted": "auto-generated",
            **(words.stop.headers if words.stop else {}),
        },
    )
    if words.html:
        email.attach_alternative(words.html, "text/html")
    for file in words.attachments:
        email.attach(*file)
    return email


def _sender(message: Message) -> str | None:
    """Return the site's address with the name that people know; None for the usual."""
    name = kind_of(message).sender_name(message)
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return formataddr((name, address)) if name else None


@transaction.atomic
def _record(finished: list[tuple[Message, bool]], at: dt.datetime) -> None:
    """Save the outcome of each; those with unchanged facts only differ in text.

    If the person was erased in the meantime, the claim is gone and no text is stored.
    """
    ours = Message.objects.filter(
        claimed_by__in={each.claimed_by for each, _changed in finished}
    )
    plain = {each.pk: each for each, changed in finished if each.text and not changed}
    sent = Message.State.SENT
    ours.filter(pk__in=plain).update(state=sent, sent_at=at)
    with database.cursor() as cursor:
        # Django's bulk_update takes as long for this as writing and sending the mail:
        # https://code.djangoproject.com/ticket/31202
        cursor.executemany(
            f"UPDATE {Message._meta.db_table} SET subject = %s, text = %s"  # noqa: S608
            " WHERE id = %s AND state = %s",
            [(each.subject, each.text, pk, sent) for pk, each in plain.items()],
        )
    for message, _changed in finished:
        if message.pk not in plain:
            ours.filter(pk=message.pk).update(
                state=message.state,
                sent_at=message.sent_at,
                address=message.address,
                why=message.why,
                subject=message.subject,
                text=message.text,
            )


def _note_outcome(message: Message, words: MessageText | None, at: dt.datetime) -> None:
    """Set the outcome on the message, unsaved."""
    kind = kind_of(message)
    kept = words if words and kind.keeps_text else None
    message.subject = kept.subject[:255] if kept else ""
    message.text = kept.text if kept else ""
    if words:
        message.state, message.sent_at = Message.State.SENT, at
    else:
        message.state = Message.State.DROPPED
        message.why = message.why | kind.note_drop(message, at)


def _note_failure(message: Message, problem: Exception, at: dt.datetime) -> None:
    tries = message.tries + 1
    again = tries <= len(WAITS)
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.QUEUED if again else Message.State.FAILED,
        held_until=at + WAITS[tries - 1] if again else None,
        error=_describe(problem),
    )


def _describe(problem):
    return f"{type(problem).__name__}: {problem}"[:255]


def queue_again(*, message: Message, at: dt.datetime, by: User) -> None:
    """Queue it again if it failed or nobody knows whether it was sent.

    Raises UnableToQueueAgain otherwise.
    """
    this = Message.objects.filter(pk=message.pk)
    again = this.filter(state=Message.State.FAILED) | this.uncertain(at)
    changed = again.update(
        state=Message.State.QUEUED, tries=0, held_until=None, claimed_at=None, error=""
    )
    if not changed:
        raise UnableToQueueAgain
    facts = kind_of(message).log_facts(message)
    log(instance=message, action="mail.queued_again", user=by, data=facts)
