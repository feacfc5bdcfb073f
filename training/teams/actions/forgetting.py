"""What happens to teams and the log when a person is erased.

The rows are kept for counts, on a learner without an identity; anything that could
identify the person is removed.
"""

import datetime as dt

from django.db import transaction
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from accounts.queries.mentions import ERASED, text_mentions
from training.teams import log
from training.teams.actions.memberships import take_trainer_role
from training.teams.actions.roster_uploads import forget_rosters_naming
from training.teams.models import Team


@transaction.atomic
def forget_member(learner: Learner, at: dt.datetime) -> None:
    """End the learner's memberships, and blank anything that could identify them."""
    learner.memberships.filter(left_at=None).end(at)
    learner.memberships.update(staff_number="", job_title="", site="")
    learner.invitations.update(address="")
    log.entries_about(learner).update(label=ERASED, data={})
    _blank_log(learner.user)
    if learner.user:
        take_trainer_role(learner.user)


@transaction.atomic
def forget_manager(user: User, at: dt.datetime) -> None:
    """Remove the account's address from the teams it manages and from rosters."""
    forget_rosters_naming(user.email)
    Team.objects.filter(manager_email__iexact=user.email).update(
        manager_name="", manager_email=""
    )
    Team.objects.filter(text_mentions("contact", user)).update(contact="")


def _blank_log(user: User | None) -> None:
    """Blank log entries about other people that name the user."""
    for entry in log.training_entries().filter(text_mentions("data", user)):
        whom = {"learner": entry.data["learner"]} if "learner" in entry.data else {}
        ModelLogEntry.objects.filter(pk=entry.pk).update(data=whom)
