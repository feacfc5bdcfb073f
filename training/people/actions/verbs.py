"""What can be done for many people at once. Each verb is one class."""

import datetime as dt
import uuid
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from accounts.models import User
from training.assignments.actions.asking_again import AskingAgain, ask_people_again
from training.assignments.actions.assignments import UnableToChange
from training.assignments.actions.exceptions import (
    Days,
    extend_several,
    waive_several,
)
from training.assignments.actions.for_people import add_to_assignment, except_people
from training.assignments.actions.reminding import remind_people
from training.teams.access import teams_run_by
from training.teams.actions.many import (
    invite_all_again,
    move_people,
    take_out_people,
)
from training.teams.models import Membership
from training.teams.rules.bulk import BulkOutcome

Terms = Mapping[str, Any]


class UnableToAct(Exception):
    """It cannot be done for anybody; the text says why."""


class BulkVerb(ABC):
    """Something to do for each of many people; `terms` are plain values."""

    code: ClassVar[str]

    @abstractmethod
    def do(
        self, people: Sequence[Membership], terms: Terms, by: User, at: dt.datetime
    ) -> Counter[BulkOutcome]:
        """Do it for those for whom it is possible; return what became of how many.

        Raises UnableToAct.
        """


class RemindVerb(BulkVerb):
    """Remind them of what they still have to do."""

    code = "remind"

    def do(self, people, terms, by, at):
        return remind_people(people=people, words=terms.get("words", ""), by=by, at=at)


class InviteVerb(BulkVerb):
    """Invite those again who never came in."""

    code = "invite"

    def do(self, people, terms, by, at):
        return invite_all_again(people=people, by=by, at=at)


class ExtendVerb(BulkVerb):
    """Give them a later due date for one assignment."""

    code = "extend"

    def do(self, people, terms, by, at):
        return except_people(
            make=extend_several,
            people=people,
            assignment=terms["assignment"],
            due_on=dt.date.fromisoformat(terms["due_on"]),
            **_reason(terms),
            by=by,
            at=at,
        )


class WaiveVerb(BulkVerb):
    """Let them off one assignment, for some days or the whole cycle."""

    code = "waive"

    def do(self, people, terms, by, at):
        since, until = (
            terms[name] and dt.date.fromisoformat(terms[name])
            for name in ("since", "until")
        )
        return except_people(
            make=waive_several,
            people=people,
            assignment=terms["assignment"],
            days=Days(since or None, until or None),
            **_reason(terms),
            by=by,
            at=at,
        )


class AssignVerb(BulkVerb):
    """Ask them for an assignment that there is."""

    code = "assign"

    def do(self, people, terms, by, at):
        try:
            return add_to_assignment(
                people=people, assignment=terms["assignment"], by=by, at=at
            )
        except UnableToChange:
            text = _("The assignment has ended, or you may not add people to it.")
            raise UnableToAct(text) from None


class AskAgainVerb(BulkVerb):
    """Ask them again for what they have done."""

    code = "ask-again"

    def do(self, people, terms, by, at):
        due_on = dt.date.fromisoformat(terms["due_on"])
        try:
            return ask_people_again(
                people=people,
                assignment=terms["assignment"],
                terms=AskingAgain(due_on, **_reason(terms)),
                by=by,
                at=at,
            )
        except UnableToChange:
            raise UnableToAct(_("The assignment has ended.")) from None


class MoveVerb(BulkVerb):
    """Move them to another team."""

    code = "move"

    def do(self, people, terms, by, at):
        team = teams_run_by(by).current().filter(pk=terms["team"]).first()
        if team is None:
            raise UnableToAct(_("The team is archived, or you may not change it."))
        reason = terms["reason"]
        return move_people(people=people, team=team, reason=reason, by=by, at=at)


class TakeOutVerb(BulkVerb):
    """End their time in the team."""

    code = "take-out"

    def do(self, people, terms, by, at):
        return take_out_people(people=people, reason=terms["reason"], by=by, at=at)


def _reason(terms):
    return {"reason": terms["reason"], "key": uuid.UUID(terms["key"])}


def do_for_people(
    verb: BulkVerb, keys: Sequence[int], terms: Terms, by: User, at: dt.datetime
) -> Counter[BulkOutcome]:
    """Do it for the memberships with these primary keys that the user may change now.

    The teams are asked for again, because the user's role may have ended meanwhile.
    """
    teams = teams_run_by(by).current()
    people = list(Membership.objects.filter(pk__in=keys, team__in=teams))
    counts = Counter({BulkOutcome.NOT_YOURS: len(keys) - len(people)})
    return +(counts + verb.do(people, terms, by, at))
