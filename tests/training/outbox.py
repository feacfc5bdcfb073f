"""How tests of the outbox move the clock and run the worker."""

import datetime as dt

from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from mail.models import Message
from training.assignments.models import ExceptionEntry, Obligation

# A Wednesday.
START = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)


def days(number):
    return START + dt.timedelta(days=number)


def run_worker(**options):
    call_command("send_due_reminders", verbosity=0, **options)


def subjects(to=None):
    """Return the subjects of all mail sent so far, or of that to one address."""
    return [m.subject for m in mail.outbox if to is None or to in m.to]


def an_exception(obligation, **fields):
    at = timezone.now()
    return ExceptionEntry.objects.create(
        **{"obligation": obligation, "reason": "Ill", "created_at": at, "starts_at": at}
        | fields
    )


def the_obligation():
    return Obligation.objects.get()


def states():
    return dict(Message.objects.values_list("kind", "state"))
