"""The shipped course, which rests from 21 August 2027 on, and who is asked for it."""

import datetime as dt
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction

from course.models import CoursePage
from tests.factories import a_home
from tests.training.assignments.pausing.years import (
    BEGIN,
    live_until,
    newest,
    on,
)
from tests.training.moments import clock_at
from tests.training.outbox import run_worker
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Assignment

SHIPPED = Path("course/content/stem-cell-therapy-for-hair-loss")
clock = clock_at(BEGIN, autouse=False)


@pytest.fixture(scope="package")
def loaded(django_db_setup, django_db_blocker):
    """Load the shipped course once; each test undoes what it did to it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(BEGIN, tick=False),
        transaction.atomic(),
    ):
        a_home()  # A test with real transactions may have emptied PostgreSQL.
        call_command("load_course", str(SHIPPED), verbosity=0)
        with django_db_blocker.block():
            yield
        transaction.set_rollback(True)


@pytest.fixture
def course(loaded, clock, db):
    return CoursePage.objects.get()


@pytest.fixture
def team(clock):
    return a_team(
        manager_name="Mona", manager_email="mona@example.org", time_zone="UTC"
    )


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="tess@example.org")


@pytest.fixture
def rule(course, team, trainer):
    """The shipped course, due on 31 August 2027 and every year again."""
    return an_assignment(
        course,
        team,
        title="Safety",
        due_on=dt.date(2027, 8, 31),
        recurs_every_months=12,
        recurs_from=Assignment.RecursFrom.COMPLETION,
        escalate_after_days=7,
    )


@pytest.fixture
def ann(team):
    return a_member(team, email="ann@example.org", first_name="Ann")


@pytest.fixture
def bob(team):
    return a_member(team, email="bob@example.org", first_name="Bob")


@pytest.fixture
def carl(team):
    return a_member(team, email="carl@example.org", first_name="Carl")


@pytest.fixture
def dora(team):
    return a_member(team, email="dora@example.org", first_name="Dora")


@pytest.fixture
def resting(clock, rule, bob):
    """It is 25 August 2027, and the quizzes have rested for five days."""
    run_worker()
    live_until(clock, on(2027, 8, 25))
    return newest(bob)
