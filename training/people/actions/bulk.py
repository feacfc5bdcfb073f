"""Doing something for many people: at once, or in parts that can be watched."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from jobs.actions.chains import start_job
from jobs.kinds import MOST_ROWS, JobKind, NextStep, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job
from training.people.actions.undoing import UndoVerb, begin_act, do_and_note
from training.people.actions.verbs import (
    AskAgainVerb,
    AssignVerb,
    BulkVerb,
    ExtendVerb,
    InviteVerb,
    MoveVerb,
    RemindVerb,
    TakeOutVerb,
    Terms,
    UnableToAct,
    WaiveVerb,
)
from training.people.models import BulkAct
from training.people.queries.acts import last_undoable
from training.people.wording import describe_outcomes
from training.teams.rules.bulk import BulkOutcome

# More people than this are a job.
MOST_AT_ONCE = 100


class UnableToStartBulk(Exception):
    """The same person is doing this for many people at the moment."""


class BulkJob(JobKind):
    """Does something for people who were chosen, some at a time.

    `job.result` has the primary keys of those who wait, the terms, and the counts.
    """

    verb: ClassVar[BulkVerb]
    link = gettext_lazy("Open the list of people")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Do it for the next people, if whoever started it still may."""
        by, waiting = job.started_by, job.result["people"]
        if not (by and by.is_active):
            raise UnableToContinue(_("The account of whoever started this is closed."))
        now, rest = waiting[:MOST_ROWS], waiting[MOST_ROWS:]
        counts = Counter(job.result["counts"])
        try:
            counts += self._do(job, now, by, at)
        except UnableToAct as problem:
            raise UnableToContinue(str(problem)) from None
        job.result = job.result | {"people": rest, "counts": dict(counts)}
        return PartOutcome(len(now), is_last=not rest)

    def _do(self, job, keys, by, at):
        act = BulkAct.objects.filter(job=job).select_related("by").first()
        return do_and_note(self.verb, keys, job.result["terms"], by, at, act)

    def title_of(self, job: Job) -> str:
        people = ngettext("%(n)d person", "%(n)d people", job.total)
        return people % {"n": job.total}

    def page_of(self, job: Job) -> str:
        return reverse("people:index")

    def describe_result(self, job: Job) -> str:
        counts = {BulkOutcome(name): n for name, n in job.result["counts"].items()}
        return " ".join(describe_outcomes(self.verb.code, counts))

    def offer_next(self, job: Job, user: User, at: dt.datetime) -> NextStep | None:
        """Return the way to undo it, as the list of people does."""
        act = last_undoable(user, at)
        if act is None or act.job != job:
            return None
        return NextStep(reverse("people:undo"), _("Undo"))

    def forget(self, job: Job) -> None:
        """Forget who was chosen, and what was written to them."""
        job.result = job.result | {"people": [], "terms": {}}
        job.save(update_fields=["result"])


class RemindingPeople(BulkJob):
    """Reminds people of what they still have to do."""

    code = "reminding_people"
    label = gettext_lazy("reminding people")
    verb = RemindVerb()


class InvitingPeople(BulkJob):
    """Invites people again who never came in."""

    code = "inviting_people"
    label = gettext_lazy("inviting people again")
    verb = InviteVerb()


class ExtendingForPeople(BulkJob):
    """Gives people a later due date for one assignment."""

    code = "extending_for_people"
    label = gettext_lazy("extending due dates")
    verb = ExtendVerb()


class WaivingForPeople(BulkJob):
    """Waives one assignment for people."""

    code = "waiving_for_people"
    label = gettext_lazy("waiving an assignment")
    verb = WaiveVerb()


class AssigningToPeople(BulkJob):
    """Asks people for an assignment that there is."""

    code = "assigning_to_people"
    label = gettext_lazy("giving people an assignment")
    verb = AssignVerb()


class AskingPeopleAgain(BulkJob):
    """Asks people again for what they have done."""

    code = "asking_people_again"
    label = gettext_lazy("asking people again")
    verb = AskAgainVerb()


class MovingPeople(BulkJob):
    """Moves people to another team."""

    code = "moving_people"
    label = gettext_lazy("moving people")
    verb = MoveVerb()


class TakingOutPeople(BulkJob):
    """Takes people out of their teams."""

    code = "taking_out_people"
    label = gettext_lazy("taking people out of teams")
    verb = TakeOutVerb()


class UndoingForPeople(BulkJob):
    """Undoes what the same person did last for many people."""

    code = "undoing_for_people"
    label = gettext_lazy("undoing what was done for people")
    verb = UndoVerb()


JOB_KINDS: dict[str, BulkJob] = {
    kind.verb.code: kind
    for kind in (
        RemindingPeople(),
        InvitingPeople(),
        AssigningToPeople(),
        AskingPeopleAgain(),
        ExtendingForPeople(),
        WaivingForPeople(),
        MovingPeople(),
        TakingOutPeople(),
        UndoingForPeople(),
    )
}


def act_on_people(
    *, verb: str, keys: Sequence[int], terms: Terms, by: User, at: dt.datetime
) -> Counter[BulkOutcome] | Job:
    """Do it for these memberships; return what became of how many, or the job.

    Many people are a job, if a worker is there to do it. Raises UnableToStartBulk
    and UnableToAct.
    """
    kind = JOB_KINDS[verb]
    if rows_for_worker(len(keys), most=MOST_AT_ONCE, at=at):
        return _start(kind, keys, terms, by, at)
    counts: Counter[BulkOutcome] = Counter()
    act = begin_act(verb=verb, terms=terms, by=by, at=at)
    for start in range(0, len(keys), MOST_ROWS):
        some = keys[start : start + MOST_ROWS]
        counts += do_and_note(kind.verb, some, terms, by, at, act)
    return counts


@transaction.atomic
def _start(kind, keys, terms, by, at):
    # Somebody who presses the button twice waits here.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if running_job(kind=kind.code, about=by.pk):
        raise UnableToStartBulk
    job = start_job(kind=kind, about=by.pk, total=len(keys), by=by, at=at)
    job.result = {"people": list(keys), "terms": dict(terms), "counts": {}}
    job.save(update_fields=["result"])
    act = begin_act(verb=kind.verb.code, terms=terms, by=by, at=at)
    if act:
        act.job = job
        act.save(update_fields=["job"])
    return job


def undo_last(*, by: User, at: dt.datetime) -> Counter[BulkOutcome] | Job:
    """Undo what the user did last for many people; return as `act_on_people` does.

    Raises UnableToStartBulk if there is nothing, or it was undone already.
    """
    act = last_undoable(by, at)
    undone = act and BulkAct.objects.filter(pk=act.pk, undone_at=None)
    if not (undone and undone.update(undone_at=at)):
        raise UnableToStartBulk
    return act_on_people(
        verb=UndoVerb.code, keys=act.people, terms={"act": act.pk}, by=by, at=at
    )
