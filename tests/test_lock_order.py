"""Verbs that lock two rows never wait for each other: each pair of them, at once.

SQLite has one lock for all; only PostgreSQL can tell. Each statement that locks is
followed by a little rest, so that verbs with another order meet every time.
"""

import datetime as dt
import json
import os
import time
import uuid
from contextlib import suppress
from functools import partial
from itertools import combinations_with_replacement

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.actions.learners import attach_learning, erase_learner, erase_person
from accounts.identity import Identity
from accounts.models import Learner
from course.models import LessonPage
from progress.actions import enrolments as progress_actions
from progress.models import Certificate, Enrolment
from quizzes.actions import answering, beginning, regrading
from quizzes.models import Attempt, Grade, Question
from tests.factories import a_course, a_home, a_lesson, lessons_of
from tests.quizzes.test_actions import all_at_once, give, right
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions import exceptions
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import ExceptionEntry
from training.teams.actions import rosters, teams
from training.teams.actions.invitations import accept_invitation, send_invitations
from training.teams.actions.memberships import join_team, leave_team
from training.teams.models import Invitation
from training.teams.readers.rosters import read_roster
from training.teams.rules.rosters import rows
from training.teams.views.rosters import is_address

ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_POSTGRESQL, reason="Locks of rows are NOT tested: no PostgreSQL here."
    ),
]


class Place:
    """A team that was asked to do a course, its trainer, and another team."""

    def __init__(self, course):
        self.course = course
        self.lesson, self.other, self.reading = lessons_of(course)
        self.team, self.second_team = a_team(), a_team("Ward 4")
        self.deputy = a_member(self.team)
        self.trainer = a_trainer(self.team, self.second_team)
        self.assignment = an_assignment(course, self.team, self.second_team)


class Person:
    """Somebody with an open and a submitted quiz, on a device and with an account."""

    def __init__(self, place):
        self._place = place
        self._learner = a_member(place.team)
        self._obligation = self._learner.obligations.get()
        self._identity = Identity(uuid.uuid4(), self._learner.user)
        self._device = Identity(uuid.uuid4())
        self._give(place.lesson, self._identity)
        self._give(place.other, self._identity)
        self._give(place.other, self._device)

    def _give(self, lesson, identity, question=0):
        asked = lesson.questions.all()[question]
        give(lesson, None, asked, right(asked), identity=identity)

    def finish(self):
        self._give(self._place.other, self._identity, question=1)

    def answer_on_the_device(self):
        self._give(self._place.other, self._device, question=1)

    def begin_again(self):
        beginning.begin_again(
            lesson=self._place.lesson,
            learner=self._learner,
            which="all",
            at=timezone.now(),
        )

    def begin_course_again(self):
        beginning.begin_course_again(
            learner=self._learner,
            course_key=self._place.course.translation_key,
            at=timezone.now(),
        )

    def show_result(self):
        attempt = Attempt.objects.filter(learner=self._learner).earliest("pk")
        answering.grade_attempt(attempt=attempt, at=timezone.now())

    def _before_show_result(self):
        """Leave the first attempt submitted and not marked, as a crash does."""
        Grade.objects.filter(attempt__learner=self._learner).delete()

    def catch_up(self):
        key = self._place.course.translation_key
        progress_actions.catch_up(course_key=key, at=timezone.now())

    def _before_catch_up(self):
        """Leave a course in which all is done that is there now, and not completed."""
        self.finish()
        self.read()
        mine = Enrolment.objects.filter(learner=self._learner)
        Certificate.objects.filter(enrolment__in=mine).delete()
        mine.update(completed_at=None)

    def read(self):
        answering.mark_as_read(
            lesson=self._place.reading, identity=self._identity, at=timezone.now()
        )

    def delete_progress(self):
        erase_learner(learner=self._learner, at=timezone.now())

    def erase(self):
        user = self._learner.user
        erase_person(learner=self._learner, user=user, at=timezone.now())

    def delete_progress_on_the_device(self):
        learner = Learner.objects.get(token=self._device.token)
        erase_learner(learner=learner, at=timezone.now())

    def sign_in(self):
        token, user = self._device.token, self._learner.user
        attach_learning(user=user, token=token, at=timezone.now())

    def _before_regrade(self):
        """Make another option the right one, so that there is something to mark anew."""
        for question in Question.objects.filter(lesson=self._place.lesson):
            options = question.options.get_prep_value()
            for option in options[:2]:
                option["value"]["right"] = not option["value"]["right"]
            Question.objects.filter(pk=question.pk).update(options=json.dumps(options))

    def regrade(self):
        regrading.regrade_lesson(
            lesson=LessonPage.objects.get(pk=self._place.lesson.pk),
            choice="re_mark",
            before=None,
            actor=None,
            at=timezone.now(),
        )

    def extend(self):
        exceptions.extend_due_date(
            obligation=self._obligation,
            due_on=timezone.localdate() + dt.timedelta(days=60),
            **self._by_the_trainer(),
        )

    def hand_over(self):
        deputy = self._place.deputy
        exceptions.hand_over(
            obligation=self._obligation, deputy=deputy, **self._by_the_trainer()
        )

    def waive(self):
        exceptions.waive_obligation(
            obligation=self._obligation, **self._by_the_trainer()
        )

    def take_back(self):
        entry = ExceptionEntry.objects.filter(obligation=self._obligation).first()
        # Of what is done already there is nothing to except.
        if entry:
            exceptions.revoke_exception(
                entry=entry, at=timezone.now(), by=self._place.trainer
            )

    def _before_take_back(self):
        with suppress(exceptions.UnableToExcept):
            self.extend()

    def _by_the_trainer(self):
        return {
            "reason": "Ill",
            "key": uuid.uuid4(),
            "at": timezone.now(),
            "by": self._place.trainer,
        }

    def join(self):
        team = self._place.second_team
        join_team(team=team, learner=self._learner, role=Role.MEMBER, at=timezone.now())

    def come_by_roster(self):
        team, by = self._place.second_team, self._place.trainer
        table = read_roster(f"email\n{self._learner.user.email}\n".encode())
        parsed = rows.parse_roster(table, timezone.localdate(), is_address)
        fingerprint = rosters.plan_roster(team=team, parsed=parsed, by=by).fingerprint
        terms = {"team": team, "parsed": parsed, "fingerprint": fingerprint, "by": by}
        rosters.apply_roster(**terms, remove_absent=False, at=timezone.now())

    def come_in(self):
        invitation = Invitation.objects.filter(learner=self._learner).last()
        accept_invitation(
            invitation=invitation, password="a long phrase", at=timezone.now()
        )

    def _before_come_in(self):
        team, at = self._place.team, timezone.now()
        send_invitations(team, [self._learner], by=None, at=at)

    def archive(self):
        team = {"team": self._place.second_team, "by": self._place.trainer}
        teams.archive_team(**team, at=timezone.now())
        teams.bring_back_team(**team, at=timezone.now())

    def leave(self):
        leave_team(team=self._place.team, learner=self._learner, at=timezone.now())

    def reconcile(self):
        reconcile_obligations(at=timezone.now())


VERBS = [name for name in vars(Person) if not name.startswith("_")]
LOCKS = ("UPDATE", "INSERT", "DELETE")


def slowly(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql.startswith(LOCKS) or "FOR UPDATE" in sql or "FOR NO KEY" in sql:
        time.sleep(0.004)
    return result


def slow(verb):
    with connection.execute_wrapper(slowly):
        verb()


@pytest.fixture
def course():
    a_home()
    course = a_course(lessons=0)
    for questions in (1, 2, 0):
        a_lesson(course, questions=questions)
    return course


PAIRS = list(combinations_with_replacement(VERBS, 2))
# Emptying the database after a test takes longer than a dozen pairs.
SHARES = 12


@pytest.mark.parametrize("share", range(SHARES))
def test_no_two_verbs_wait_for_each_other(course, share):
    place, stuck = Place(course), {}
    for pair in PAIRS[share::SHARES]:
        person = Person(place)
        for name in pair:
            getattr(person, f"_before_{name}", lambda: None)()
        found = all_at_once(*(partial(slow, getattr(person, name)) for name in pair))
        problems = [p for p in found if isinstance(p, DatabaseError)]
        if problems:
            stuck[pair] = str(problems[0])
    assert not stuck
