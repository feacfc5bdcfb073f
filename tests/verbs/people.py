"""What people and trainers do with one person's rows, each as a verb without arguments.

`Person` is a person with a quiz begun, an obligation and a team. Each public method is a
verb; `_before_<verb>` prepares what it needs. Tests race them and look at their locks.
"""

import datetime as dt
import uuid

from django.utils import timezone

from accounts.identity import Identity
from tests.factories import lessons_of
from tests.quizzes.test_actions import give, right
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from tests.verbs.accounts import HavingAnAccount
from tests.verbs.learning import Learning
from tests.verbs.training import BeingTrained
from training.teams.actions.join_links import make_join_link


class Place:
    """A team that was asked to do a course, its trainer, and another team."""

    def __init__(self, course):
        self.course = course
        self.lesson, self.other, self.reading = lessons_of(course)
        self.team, self.second_team = a_team(), a_team("Ward 4")
        self.deputy = a_member(self.team)
        self.trainer = a_trainer(self.team, self.second_team)
        terms = {"by": self.trainer, "at": timezone.now()}
        tomorrow = terms["at"] + dt.timedelta(days=1)
        self.link = make_join_link(team=self.second_team, expires_at=tomorrow, **terms)
        self.assignment = an_assignment(course, self.team, self.second_team)


class Person(Learning, HavingAnAccount, BeingTrained):
    """Somebody with an open and a submitted quiz, on a device and with an account."""

    def __init__(self, place):
        self._place = place
        self._learner = a_member(place.team)
        self._obligation = self._learner.obligations.get()
        self._identity = Identity(uuid.uuid4(), self._learner.user)
        self._device = Identity(uuid.uuid4())
        self._form_key = uuid.uuid4()
        self._give(place.lesson, self._identity)
        self._give(place.other, self._identity)
        self._give(place.other, self._device)

    def _give(self, lesson, identity, question=0, **sent):
        asked = lesson.questions.all()[question]
        give(lesson, None, asked, right(asked), identity=identity, **sent)


VERBS = [
    name for part in Person.__bases__ for name in vars(part) if not name.startswith("_")
]
