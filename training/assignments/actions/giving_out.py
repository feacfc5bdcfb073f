"""Give an assignment out to many people, in parts that can be watched and stopped."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from jobs.actions.chains import start_job
from jobs.kinds import MOST_ROWS, JobKind, PartOutcome
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job
from training.assignments.actions.obligations import (
    assign_to_audience,
    reconcile_obligations,
)
from training.assignments.actions.satisfaction import mark_obligations_satisfied
from training.assignments.models import GIVING_OUT, Assignment
from training.assignments.queries.learning import people_to_ask
from training.teams.models import Team


class GivingOut(JobKind):
    """Asks everybody who has not been asked for the assignment yet, some at a time."""

    code = GIVING_OUT
    label = _("giving out an assignment")
    link = _("Open the assignment")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Ask the next people. The last part also reconciles the assignment.

        If the assignment has ended in the meantime, nobody else is asked.
        """
        assignment = Assignment.objects.current().filter(pk=job.about).first()
        if assignment is None:
            return PartOutcome(0, is_last=True)
        made = assign_to_audience(assignment=assignment, at=at, most=MOST_ROWS)
        fresh = assignment.obligations.filter(created_at=at)
        mark_obligations_satisfied(obligations=fresh, at=at)
        if made == MOST_ROWS:
            return PartOutcome(made, is_last=False)
        reconcile_obligations(at=at, assignments=[assignment])
        return PartOutcome(made, is_last=True)

    def title_of(self, job: Job) -> str:
        titles = Assignment.objects.filter(pk=job.about).values_list("title", flat=True)
        return titles.first() or ""

    def page_of(self, job: Job) -> str:
        return reverse("assignments:inspect", args=[job.about])

    def describe_result(self, job: Job) -> str:
        asked = ngettext(
            "%(n)d person was asked.", "%(n)d people were asked.", job.done
        )
        return asked % {"n": job.done}


def give_out(*, assignment: Assignment, by: User, at: dt.datetime) -> None:
    """Ask all whom the assignment is for: after the commit, or in parts if many are new.

    Without a worker that listens, they are all asked at once.
    """
    if not _give_out_in_parts(assignment, by, at):
        transaction.on_commit(
            lambda: reconcile_obligations(at=at, assignments=[assignment])
        )


def follow_team(*, team: Team, at: dt.datetime) -> None:
    """Update the obligations of the team's current assignments, as `give_out` does."""
    few = [
        assignment
        for assignment in team.assignments.current()
        if not _give_out_in_parts(assignment, None, at)
    ]
    reconcile_obligations(at=at, assignments=few)


def _give_out_in_parts(assignment, by, at):
    """Return whether so many are new that a job asks them."""
    total = rows_for_worker(lambda: people_to_ask(assignment), most=MOST_ROWS, at=at)
    if not total:
        return False
    # One that runs asks those who were added since, too.
    if not running_job(kind=GIVING_OUT, about=assignment.pk):
        start_job(kind=GivingOut(), about=assignment.pk, total=total, by=by, at=at)
    return True
