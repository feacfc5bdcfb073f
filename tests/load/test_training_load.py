"""The load is what real learning would have left, so that reports can be believed."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Learner
from progress.models import Certificate, Enrolment
from quizzes.models import Answer, Attempt, Grade
from tests.factories import a_course
from tests.load.make_training_load import HANDFUL, Command
from tests.roles import make_roles
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.actions.satisfaction import mark_obligations_satisfied
from training.assignments.models import Obligation, Status
from training.teams.models import Membership, Team

pytestmark = [pytest.mark.django_db, pytest.mark.long]

STAFF, TEAMS, ANSWERS = 40, 4, 1500


@pytest.fixture
def course():
    make_roles()
    return a_course(lessons=3, questions=4)


def make_load(**options):
    """Make the load and return what was written to standard error."""
    told = io.StringIO()
    sizes = {"staff": STAFF, "teams": TEAMS, "answers": ANSWERS}
    call_command(Command(), **sizes | options, stdout=io.StringIO(), stderr=told)
    return told.getvalue()


def test_it_makes_as_many_as_asked_for_and_tells_how_far_it_is(course):
    told = make_load()
    assert Team.objects.count() == TEAMS
    assert Membership.objects.members().count() == STAFF
    assert Membership.objects.filter(role="trainer").count() == TEAMS
    assert ANSWERS <= Answer.objects.count() < ANSWERS * 1.1
    assert Obligation.objects.count() == 3 * STAFF
    assert f"0 of {STAFF}" in told
    assert f"{'#' * 40}] {STAFF} of {STAFF}" in told


def test_the_rules_find_nothing_to_put_right(course):
    make_load()
    before = list(Obligation.objects.order_by("pk").values())
    at = timezone.now()
    assert mark_obligations_satisfied(obligations=Obligation.objects.all(), at=at) == 0
    reconcile_obligations(at=at)
    assert list(Obligation.objects.order_by("pk").values()) == before


def test_attempts_grades_and_completions_fit_together(course):
    make_load()
    submitted = Attempt.objects.submitted()
    assert Grade.objects.count() == submitted.count()
    for grade in Grade.objects.select_related("attempt"):
        asked = set(grade.attempt.asked)
        assert {key for keys in grade.marks.values() for key in keys} == asked
    done = Enrolment.objects.filter(completed_at__isnull=False)
    assert done.exists()
    assert Certificate.objects.count() == done.count()
    for enrolment in done.prefetch_related("lessons"):
        assert all(lesson.passed_at for lesson in enrolment.lessons.all())


def test_some_are_done_and_some_are_late(course):
    make_load()
    found = Obligation.objects.with_status(timezone.now())
    statuses = set(found.values_list("status", flat=True))
    assert {Status.DONE, Status.OVERDUE} <= statuses


def test_the_seed_decides_what_people_are_like(course):
    made = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            make_load(seed=seed)
            made.append(
                (
                    sorted(Learner.objects.values_list("uuid", flat=True)),
                    sorted(Grade.objects.values_list("right", "out_of")),
                )
            )
            transaction.set_rollback(True)
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_it_refuses_where_there_are_people_already_unless_told_to(course):
    at = timezone.now()
    for _person in range(HANDFUL + 1):
        Learner.objects.create(created_at=at, last_active_at=at)
    with pytest.raises(CommandError, match="--yes"):
        make_load()
    assert not Team.objects.exists()
    make_load(yes=True)
    assert Team.objects.count() == TEAMS


def test_it_asks_for_a_course_where_there_is_none(db):
    make_roles()
    with pytest.raises(CommandError, match="load_course"):
        make_load()


@pytest.mark.parametrize("sizes", [{"staff": 0}, {"teams": 0}, {"teams": STAFF + 1}])
def test_it_refuses_teams_without_anybody(course, sizes):
    with pytest.raises(CommandError, match="--staff"):
        make_load(**sizes)
