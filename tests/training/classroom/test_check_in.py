"""People in the room enter the code of the day; when it works, and for whom."""

import datetime as dt

import pytest
from django.utils import timezone

from tests.training.classroom.sessions import a_session, confirm, door_of, row_of
from tests.training.moments import START, clock_at
from tests.training.staff import a_member, a_team
from training.assignments.models import CompletionElsewhere
from training.classroom.rules.check_in import check_in_state
from training.classroom.rules.codes import READABLE, derive_code, normalise_code
from training.teams.actions.memberships import leave_team

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ann(team):
    return a_member(team, email="ann@example.org", first_name="Ann", last_name="Lee")


@pytest.fixture
def session(ann, team, course, trainer):
    return a_session(course, team, by=trainer)


@pytest.fixture
def phone(client, ann):
    client.force_login(ann.user)
    return client


def enter(phone, session, code):
    return phone.post(door_of(session), {"code": code}, follow=True)


def test_whoever_is_not_signed_in_signs_in_first_and_comes_back(client, session):
    answer = client.get(door_of(session))
    assert answer.status_code == 302
    assert door_of(session) in answer.url


def test_the_code_marks_as_present_and_a_trainer_confirms(phone, session, ann, trainer):
    page = phone.get(door_of(session)).text
    assert "Seminar room 2" in page
    assert "3 March 2026" in page
    assert session.code not in page
    written = f" {session.code[:3].lower()}-{session.code[3:]} "
    page = enter(phone, session, written)
    assert "You are marked as present. Your trainer will confirm." in page.text
    assert row_of(session, ann).present_at == timezone.now()
    assert not CompletionElsewhere.objects.exists()
    phone.force_login(trainer)
    ticks = phone.get(f"/admin/training/classroom/{session.pk}/attendance/").text
    assert ticks.count(" checked") == 1
    assert "Said to be present" in phone.get("/admin/training/reports/log/").text
    confirm(phone, session, ann)
    phone.force_login(ann.user)
    assert "has confirmed that you attended" in phone.get(door_of(session)).text


def test_a_wrong_code_is_refused_and_the_first_right_one_counts(
    phone, session, ann, clock
):
    page = enter(phone, session, "AAAAAA")
    assert "This code is incorrect." in page.text
    assert not row_of(session, ann).present_at
    enter(phone, session, session.code)
    clock.shift(60)
    enter(phone, session, session.code)
    assert row_of(session, ann).present_at == START


def test_the_code_of_another_session_opens_nothing(
    phone, session, ann, team, course, trainer
):
    other = a_session(course, team, by=trainer)
    assert other.code != session.code
    assert "incorrect" in enter(phone, session, other.code).text


def test_codes_cannot_be_guessed_at_leisure(phone, session, ann):
    for _time in range(20):
        enter(phone, session, "AAAAAA")
    assert enter(phone, session, session.code).status_code == 429
    assert not row_of(session, ann).present_at


@pytest.mark.parametrize(
    ("in_days", "text"),
    [
        (1, "You can enter the code from 3 March 2026"),
        (-1, "The code only worked until"),
    ],
)
def test_on_another_day_the_page_says_when(
    phone, ann, team, course, trainer, in_days, text
):
    session = a_session(course, team, by=trainer, in_days=in_days)
    assert text in phone.get(door_of(session)).text
    assert text in enter(phone, session, session.code).text
    assert not row_of(session, ann).present_at


def test_people_who_are_not_on_the_list_are_told_and_see_nothing_of_it(
    client, session, ann, team
):
    other = a_member(a_team("Ward 4"))
    leave_team(team=team, learner=ann, at=timezone.now())
    for person in (other, ann):
        client.force_login(person.user)
        page = client.get(door_of(session))
        assert page.status_code == 403
        assert "You are not on the list of this session." in page.text
        assert "Seminar room" not in page.text
        assert client.post(door_of(session), {"code": session.code}).status_code == 302
    assert not session.attendances.exclude(present_at=None).exists()


@pytest.mark.parametrize(
    ("hour", "state"),
    [(-1, "early"), (0, "open"), (23, "open"), (25, "open"), (26, "over")],
)
def test_the_code_works_on_the_day_of_the_zone_and_two_hours_longer(hour, state):
    # Lima is five hours behind UTC.
    midnight = dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC)
    at = midnight + dt.timedelta(hours=hour)
    assert check_in_state(dt.date(2026, 3, 2), "America/Lima", at) == state


def test_codes_are_readable_and_typed_in_any_way():
    code = derive_code(bytes(range(32)))
    assert len(code) == 6
    assert set(code) <= set(READABLE)
    assert normalise_code(f"{code[:2]} {code[2:4]}-{code[4:]}\n".lower()) == code


def test_the_code_is_stored_nowhere(session):
    stored = {str(value) for value in vars(type(session).objects.get()).values()}
    assert session.code not in "".join(stored)


def test_my_learning_leads_to_the_code_until_it_was_entered(
    phone, session, ann, team, course, trainer
):
    later = a_session(course, team, by=trainer, in_days=3, place="Aula 1")
    before = a_session(course, team, by=trainer, in_days=-1, place="Cellar")
    page = phone.get("/my-learning/").text
    assert door_of(session) in page
    assert "Aula 1" in page
    assert door_of(later) not in page
    assert "Cellar" not in page
    assert before.attendances.exists()
    enter(phone, session, session.code)
    page = phone.get("/my-learning/").text
    assert door_of(session) not in page
    assert "You are marked as present." in page


def test_my_learning_says_nothing_of_sessions_to_others(client, session):
    client.force_login(a_member(a_team("Ward 4")).user)
    assert "Classroom sessions" not in client.get("/my-learning/").text
