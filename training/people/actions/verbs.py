"""What can be done for many people at once. Each verb is one class."""

import datetime as dt
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from accounts.models import User
from training.assignments.actions.reminding import remind_people
from training.teams.access import teams_run_by
from training.teams.actions.many import invite_all_again
from training.teams.models import Membership
from training.teams.rules.bulk import BulkOutcome

Terms = Mapping[str, Any]


class BulkVerb(ABC):
    """Something to do for each of many people; `terms` are plain values."""

    code: ClassVar[str]

    @abstractmethod
    def do(
        self, people: Sequence[Membership], terms: Terms, by: User, at: dt.datetime
    ) -> Counter[BulkOutcome]:
        """Do it for those for whom it is possible; return what became of how many."""


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
