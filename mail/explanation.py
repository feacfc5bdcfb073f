"""Explains in sentences why somebody got a message."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mail.kinds import kind_of
from mail.models import Message


def explain_why_sent(message: Message, at: dt.datetime) -> list[str]:
    """Return the sentences: the rule, its dates, the plan and the outcome."""
    rule = kind_of(message).explain_message(message)
    return [*rule, *_planned(message), *_outcome(message, at)]


def moment_for(value: dt.datetime, message: Message) -> str:
    """Return the moment in the message's time zone."""
    zone = kind_of(message).quiet_hours(message).zone
    local = value.astimezone(ZoneInfo(zone))
    return f"{formats.date_format(local, 'DATETIME_FORMAT')} ({zone})"


def due_day_of(message: Message) -> str:
    """Return the day on which what it is about is due, in its zone; empty if none."""
    if message.due_at is None:
        return ""
    zone = kind_of(message).quiet_hours(message).zone
    return formats.date_format(message.due_at.astimezone(ZoneInfo(zone)), "j M Y")


def _planned(message: Message) -> Iterator[str]:
    yield _("Planned on %(planned)s, for %(due)s.") % {
        "planned": moment_for(message.created_at, message),
        "due": moment_for(message.scheduled_for, message),
    }


def _outcome(message: Message, at: dt.datetime) -> Iterator[str]:
    if message.claimed_at:
        yield _("Checked again on %(moment)s, just before sending.") % {
            "moment": moment_for(message.claimed_at, message)
        }
    yield {
        Message.State.QUEUED: _queued,
        Message.State.SENDING: _sending,
        Message.State.SENT: _sent,
        Message.State.DROPPED: _dropped,
        Message.State.FAILED: _failed,
        Message.State.UNDELIVERED: _undelivered,
    }[Message.State(message.state)](message, at)


def _queued(message, at):
    waits = _("It is waiting to be sent.")
    if message.held_until and message.held_until > at:
        moment = moment_for(message.held_until, message)
        waits = _("It is waiting until %(moment)s.") % {"moment": moment}
    if not message.error:
        return waits
    error = _("The last attempt failed: %(error)s") % {"error": message.error}
    return f"{error} {waits}"


def _sending(message, at):
    if is_uncertain(message, at):
        return _(
            "Sending was interrupted, so it may or may not have been sent. It will not"
            " be sent again automatically."
        )
    return _("It is being sent.")


def _sent(message, at):
    sent = _("It still applied and was sent on %(moment)s.") % {
        "moment": moment_for(message.sent_at, message)
    }
    if not message.bounced_at:
        return sent
    back = _("It came back on %(moment)s.") % {
        "moment": moment_for(message.bounced_at, message)
    }
    if not message.error:
        return f"{sent} {back}"
    reason = _("The mail server said: %(reason)s") % {"reason": message.error}
    return f"{sent} {back} {reason}"


def _undelivered(message, at):
    return _(
        "It still applied, but e-mail to this address comes back, so it was not sent. If"
        " the address is changed or tried again within 14 days, it is sent if it still"
        " applies."
    )


def _dropped(message, at):
    return kind_of(message).explain_drop(message)


def _failed(message, at):
    return ngettext(
        "It could not be sent in %(tries)d attempt: %(error)s",
        "It could not be sent in %(tries)d attempts: %(error)s",
        message.tries,
    ) % {"tries": message.tries, "error": message.error}


def state_in_words(message: Message) -> str | Promise:
    """Return the state for a list."""
    return _("came back") if message.bounced_at else message.get_state_display()


def is_uncertain(message: Message, at: dt.datetime) -> bool:
    """Return whether it is unknown if the message was sent."""
    return Message.objects.filter(pk=message.pk).uncertain(at).exists()
