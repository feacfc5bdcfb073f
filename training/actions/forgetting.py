"""What becomes of the training room's rows when a person is forgotten.

The rows stay, for counts, on a learner who is nobody; what could name them goes.
"""

import datetime as dt
import json

from django.db import transaction
from django.db.models import Q
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from training import log
from training.actions.belonging import close_door
from training.models import Assignment, ExceptionEntry, Notice, Team
from training.personal_record import notices_to
from training.roster.keeping import forget_rosters_naming

# Stands where a reason was that may have named somebody.
ERASED = "erased"


@transaction.atomic
def forget_learner(learner: Learner, at: dt.datetime) -> None:
    """End what goes on and blank what could tell who the learner was."""
    learner.memberships.filter(left_at=None).end(at)
    learner.memberships.update(staff_number="")
    learner.obligations.unsatisfied().revise(at=at, withdrawn_at=at)
    Assignment.people.through.objects.filter(learner=learner).delete()
    _blank_reasons(learner)
    _blank_mail(Notice.objects.filter(obligation__learner=learner))
    learner.invitations.update(address="")
    log.entries_about(learner).update(label=ERASED, data={})
    _blank_facts(learner.user)
    if learner.user:
        close_door(learner.user)


@transaction.atomic
def forget_account(user: User, at: dt.datetime) -> None:
    """Take the account's address from mail and from teams that it manages."""
    notices = notices_to(user)
    _blank_mail(notices)
    notices.update(address="", recipient=None)
    # To others: that somebody asks for deletion, who does something instead of whom.
    _blank_mail(Notice.objects.filter(_naming("text", user)))
    user.scheduled_reports.all().delete()
    forget_rosters_naming(user.email)
    Team.objects.filter(manager_email__iexact=user.email).update(
        manager_name="", manager_email=""
    )


def _blank_reasons(learner):
    """Blank reasons of their own exceptions, and others' that may name them."""
    theirs = Q(obligation__learner=learner) | Q(deputy=learner)
    named = theirs | _naming("reason", learner.user)
    ExceptionEntry.objects.filter(named).update(reason=ERASED)


def _blank_facts(user):
    """Blank what the log and the outbox say of others where it names the user."""
    entries = ModelLogEntry.objects.filter(action__startswith="training.")
    for entry in entries.filter(_naming("data", user)):
        whom = {"learner": entry.data["learner"]} if "learner" in entry.data else {}
        ModelLogEntry.objects.filter(pk=entry.pk).update(data=whom)
    Notice.objects.filter(_naming("why", user)).update(why={})


def _naming(field, user):
    """Return the condition that a text, or JSON, holds the user's address or name.

    One name alone may be any word, so only a full name is looked for.
    """
    names = [user.email, user.get_full_name()] if user else []
    whole = [name for name in names if "@" in name or " " in name]
    condition = Q(pk__in=[])
    for form in {form for name in whole for form in (name, json.dumps(name)[1:-1])}:
        condition |= Q(**{f"{field}__icontains": form})
    return condition


def _blank_mail(notices):
    """Send none that waits; what a mail server answered may hold the address.

    One that is being sent loses its claim, so that its words are not kept after all.
    """
    waiting = Q(state__in=[Notice.State.QUEUED, Notice.State.FAILED])
    notices.filter(waiting).update(state=Notice.State.DROPPED)
    notices.update(why={}, error="", subject="", text="", claimed_by=None)
