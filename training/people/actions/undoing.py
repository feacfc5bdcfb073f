"""Undoing what somebody did last for many people. Each verb that allows it has a class."""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from training.assignments.actions.assignments import UnableToChange
from training.assignments.actions.for_people import (
    revoke_for_people,
    take_off_assignment,
)
from training.assignments.models import Assignment
from training.assignments.queries.exceptions_made import exceptions_made_with
from training.people.actions.verbs import BulkVerb, Terms, UnableToAct, do_for_people
from training.people.models import BulkAct
from training.teams.access import teams_run_by
from training.teams.actions.returning import return_people
from training.teams.models import Membership
from training.teams.rules.bulk import BulkOutcome


class Undo(ABC):
    """How one verb is undone for those for whom it was done, and nothing changed since."""

    def note_before(self, people: Sequence[Membership], terms: Terms) -> Any:
        """Return what is known only before it is done."""
        return None

    @abstractmethod
    def done_for(
        self, act: BulkAct, people: Sequence[Membership], before: Any, at: dt.datetime
    ) -> list[int]:
        """Return the primary keys of those for whom it was done at this moment."""

    @abstractmethod
    def undo(
        self, act: BulkAct, people: Sequence[Membership], at: dt.datetime
    ) -> Counter[BulkOutcome]:
        """Undo it for these people; return what became of how many."""


class UndoLeaving(Undo):
    """People who were taken out or moved are in their team again."""

    def done_for(self, act, people, before, at):
        left = Membership.objects.filter(pk__in=[row.pk for row in people], left_at=at)
        return list(left.values_list("pk", flat=True))

    def undo(self, act, people, at):
        team = None
        if "team" in act.terms:
            team = teams_run_by(act.by).filter(pk=act.terms["team"]).first()
            if team is None:
                return Counter({BulkOutcome.REFUSED: len(people)})
        return return_people(people=people, moved_to=team, by=act.by, at=at)


class UndoAssigning(Undo):
    """People are no longer named in the assignment."""

    def note_before(self, people, terms):
        return self._named(people, terms)

    def done_for(self, act, people, before, at):
        new = self._named(people, act.terms) - before
        return [row.pk for row in people if row.learner_id in new]

    def undo(self, act, people, at):
        assignment = act.terms["assignment"]
        try:
            return take_off_assignment(
                people=people, assignment=assignment, by=act.by, at=at
            )
        except UnableToChange:
            return Counter({BulkOutcome.REFUSED: len(people)})

    def _named(self, people, terms):
        named = Assignment.people.through.objects.filter(
            assignment=terms["assignment"],
            learner__in={row.learner_id for row in people},
        )
        return set(named.values_list("learner", flat=True))


class UndoExceptions(Undo):
    """The exceptions that were made are revoked."""

    def done_for(self, act, people, before, at):
        made = exceptions_made_with(people=people, **self._form(act))
        new = {each.obligation.learner_id for each in made if each.created_at == at}
        return [row.pk for row in people if row.learner_id in new]

    def undo(self, act, people, at):
        return revoke_for_people(people=people, at=at, **self._form(act))

    def _form(self, act):
        terms = act.terms
        form = uuid.UUID(terms["key"])
        return {"form": form, "assignment": terms["assignment"], "by": act.by}


UNDOS: dict[str, Undo] = {
    "assign": UndoAssigning(),
    "extend": UndoExceptions(),
    "waive": UndoExceptions(),
    "move": UndoLeaving(),
    "take-out": UndoLeaving(),
}
"""Verb → how it is undone; others cannot be."""
NEEDED = ("team", "assignment", "key")
"""The terms that undoing asks for. Reasons, which may name people, are not kept twice."""


def begin_act(*, verb: str, terms: Terms, by: User, at: dt.datetime) -> BulkAct | None:
    """Return what will hold for whom it is done, in place of the user's last one.

    None if it cannot be undone.
    """
    if verb not in UNDOS:
        return None
    BulkAct.objects.filter(by=by).delete()
    kept = {name: terms[name] for name in NEEDED if name in terms}
    return BulkAct.objects.create(by=by, verb=verb, terms=kept, done_at=at)


class UndoVerb(BulkVerb):
    """Undo what the same person did last."""

    code = "undo"

    def do(self, people, terms, by, at):
        act = BulkAct.objects.filter(pk=terms["act"], by=by).first()
        if act is None:
            raise UnableToAct(_("It can no longer be undone."))
        return UNDOS[act.verb].undo(act, people, at)


@transaction.atomic
def do_and_note(
    verb: BulkVerb,
    keys: Sequence[int],
    terms: Terms,
    by: User,
    at: dt.datetime,
    act: BulkAct | None,
) -> Counter[BulkOutcome]:
    """Do it for these memberships, and note in the act for whom it can be undone."""
    if act is None:
        return do_for_people(verb, keys, terms, by, at)
    people = list(Membership.objects.filter(pk__in=keys))
    undo = UNDOS[act.verb]
    before = undo.note_before(people, act.terms)
    counts = do_for_people(verb, keys, terms, by, at)
    act.people = act.people + undo.done_for(act, people, before, at)
    act.save(update_fields=["people"])
    return counts
