"""Trainers create classroom sessions; who is invited, and who sees them."""

import pytest
from django.utils import timezone

from tests.training.classroom.sessions import a_session, typed, url_of
from tests.training.crowds import queries_of
from tests.training.moments import START, clock_at
from tests.training.staff import Role, a_member, a_team, a_trainer
from training.classroom.models import ClassroomSession
from training.teams.actions.memberships import leave_team

pytestmark = pytest.mark.django_db

clock = clock_at(START)
SESSION = "/admin/training/people/session/"
LIST, NEW = "/admin/training/classroom/", "/admin/training/classroom/new/"


@pytest.fixture
def ann(team):
    return a_member(team, email="ann@example.org", first_name="Ann", last_name="Lee")


def test_a_trainer_invites_a_team_and_somebody_of_another(
    door, ann, team, course, trainer
):
    other = a_team("Ward 4")
    ben = a_member(other, email="ben@example.org", last_name="Moss")
    a_member(other, last_name="Not asked")
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    form = typed(course, team, people="ben@example.org")
    page = door.post(NEW, form, follow=True)
    assert "Session created." in page.text
    session = ClassroomSession.objects.get()
    invited = set(session.attendances.values_list("learner", "team"))
    assert invited == {(ann.pk, team.pk), (ben.pk, other.pk)}
    assert session.code in page.text
    assert "1.5 hours" in page.text
    assert "Ward 3, Ward 4" in door.get(LIST).text
    log = door.get("/admin/training/reports/log/").text
    assert "Classroom session created" in log


def test_a_form_sent_twice_creates_one_session(door, ann, team, course):
    form = typed(course, team)
    pages = [door.post(NEW, form, follow=True) for _time in range(2)]
    assert pages[0].redirect_chain == pages[1].redirect_chain
    assert ClassroomSession.objects.count() == 1


def test_the_form_of_another_trainer_creates_no_session(
    client, door, ann, team, course
):
    form = typed(course, team)
    door.post(NEW, form)
    client.force_login(a_trainer(team))
    assert "Something has changed. Look again." in client.post(NEW, form).text
    assert ClassroomSession.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"teams": []}, "Choose a team, or enter the people to invite."),
        ({"people": "zoe@example.org"}, "does not belong to anyone in your teams"),
        ({"start_time": "soon"}, "Enter a time such as 14:30"),
        ({"held_on": ""}, "Choose a date"),
        ({"place": ""}, "Fill in “Place”."),
        ({"hours": "0"}, "0.25"),
    ],
)
def test_what_is_wrong_is_refused_and_what_was_typed_is_kept(
    door, ann, team, course, fields, text
):
    page = door.post(NEW, typed(course, team, **fields))
    assert text in page.text
    assert "Dr Ortega" in page.text
    assert not ClassroomSession.objects.exists()


def test_teams_without_people_and_in_two_zones_are_refused(door, team, course, trainer):
    page = door.post(NEW, typed(course, team))
    assert "There is nobody in these teams." in page.text
    far = a_team("Lima", time_zone="America/Lima")
    far.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    a_member(team)
    a_member(far)
    page = door.post(NEW, typed(course, team, far))
    assert "different time zones" in page.text
    assert not ClassroomSession.objects.exists()


def test_observers_see_it_without_code_and_others_do_not_see_it(
    client, ann, team, course, trainer
):
    session = a_session(course, team, by=trainer)
    pages = ["attendance/", "sheet/", "sheet.pdf"]
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    page = client.get(url_of(session)).text
    assert "Ann Lee" in page
    assert session.code not in page
    assert not any(url_of(session, name) in page for name in pages)
    assert "New session" not in client.get(LIST).text
    assert [client.get(url_of(session, name)).status_code for name in pages] == [
        404
    ] * 3
    client.force_login(a_trainer(a_team("Ward 4")))
    assert client.get(url_of(session)).status_code == 404
    assert "Seminar room" not in client.get(LIST).text


def test_of_two_teams_a_trainer_sees_their_own_people_only(
    client, ann, team, course, trainer
):
    other = a_team("Ward 4")
    ben = a_member(other, last_name="Moss")
    theirs = a_trainer(other)
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    session = a_session(course, team, other, by=trainer)
    client.force_login(theirs)
    page = client.get(url_of(session)).text
    assert "Moss" in page
    assert "Ann Lee" not in page
    sheet = client.get(url_of(session, "sheet/")).text
    assert "Ann Lee" not in sheet
    assert str(ben.user) in sheet


def test_who_left_is_shown_as_gone(door, ann, team, course, trainer):
    session = a_session(course, team, by=trainer)
    leave_team(team=team, learner=ann, at=timezone.now())
    assert "has left" in door.get(url_of(session)).text


def test_people_ticked_in_the_list_of_people_are_invited(
    door, ann, team, course, trainer, monkeypatch
):
    ben = a_member(team, email="ben@example.org")
    ticked = team.memberships.get(learner=ann).pk
    strange = a_team("Ward 4").memberships.create(
        learner=ben, role="member", joined_at=START
    )
    assert SESSION in door.get("/admin/training/people/").text
    page = door.get(SESSION, {"person": [ticked, strange.pk]}, follow=True)
    assert page.context["form"]["people"].value() == "ann@example.org"
    page = door.get(SESSION, {"all": "on"}, follow=True)
    assert "ben@example.org" in page.context["form"]["people"].value()
    assert "You did not select anyone." in door.get(SESSION, follow=True).text
    monkeypatch.setattr("training.people.views.sessions.MOST_PEOPLE", 1)
    page = door.get(SESSION, {"all": "on"}, follow=True)
    assert "Too many people: the limit is 1." in page.text


@pytest.mark.sweep
def test_pages_make_as_many_queries_for_few_as_for_many(door, team, course, trainer):
    a_member(team)
    few = a_session(course, team, by=trainer)
    pages = ["", "attendance/", "sheet/"]
    before = [queries_of(door, url_of(few, page)) for page in pages]
    listed = queries_of(door, LIST)
    for _each in range(6):
        a_member(team)
    many = a_session(course, team, by=trainer)
    assert [queries_of(door, url_of(many, page)) for page in pages] == before
    assert queries_of(door, LIST) == listed
