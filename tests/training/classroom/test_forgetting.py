"""What is held about a person's sessions is handed out, and blanked."""

import pytest
from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.register import export_person
from tests.training.classroom.sessions import a_session, confirm, row_of, url_of
from tests.training.moments import START, clock_at
from tests.training.staff import a_member

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ann(team):
    return a_member(team, email="ann@example.org", first_name="Ann", last_name="Lee")


@pytest.fixture
def session(ann, team, course, trainer):
    return a_session(course, team, by=trainer, taught_by="Ann Lee")


def test_an_export_says_which_sessions_and_whether_they_came(door, session, ann):
    confirm(door, session, ann)
    (held,) = export_person(ann, ann.user)["classroom"]
    assert held["held_on"] == "2026-03-02"
    assert held["state"] == "attended"
    assert session.code not in str(held)


def test_erasing_blanks_the_name_and_keeps_the_count(door, session, ann):
    confirm(door, session, ann)
    erase_person(learner=ann, user=ann.user, at=timezone.now())
    session.refresh_from_db()
    assert session.taught_by == "erased"
    assert row_of(session, ann).confirmed_at
    page = door.get(url_of(session)).text
    assert "Ann Lee" not in page
    assert "Erased person" in page
