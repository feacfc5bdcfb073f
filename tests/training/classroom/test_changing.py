"""A session is changed until attendance is confirmed, and its list at any time."""

import pytest
from django.utils import timezone

from tests.training.classroom.sessions import a_session, confirm, row_of, typed, url_of
from tests.training.moments import START, clock_at
from tests.training.staff import a_member, a_team, a_trainer
from training.classroom.models import ClassroomSession

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ann(team):
    return a_member(team, email="ann@example.org", first_name="Ann", last_name="Lee")


@pytest.fixture
def session(ann, team, course, trainer):
    return a_session(course, team, by=trainer)


def invited_to(session):
    return set(session.attendances.values_list("learner", flat=True))


def change_list(door, session, ticked, before, people=""):
    form = {
        "invited": [person.pk for person in ticked],
        "before": [person.pk for person in before],
        "people": people,
    }
    return door.post(url_of(session, "people/"), form, follow=True)


def test_date_and_place_are_changed_and_the_code_stays(door, session, course):
    code = session.code
    form = typed(course, held_on="2026-03-09", place="Aula 1")
    page = door.post(url_of(session, "edit/"), form, follow=True)
    assert "Session updated." in page.text
    assert "9 March 2026" in page.text
    changed = ClassroomSession.objects.get()
    assert (changed.place, changed.code) == ("Aula 1", code)
    assert "Classroom session changed" in door.get("/admin/training/reports/log/").text


def test_on_another_day_the_code_is_entered_again(door, session, ann, course):
    entered = session.attendances.filter(learner=ann)
    entered.update(present_at=timezone.now())
    door.post(url_of(session, "edit/"), typed(course, held_on="2026-03-02", place="B"))
    assert row_of(session, ann).present_at
    door.post(url_of(session, "edit/"), typed(course, held_on="2026-03-09"))
    assert row_of(session, ann).present_at is None


def test_once_attendance_is_confirmed_it_stays_as_it_is(door, session, ann, course):
    confirm(door, session, ann)
    assert url_of(session, "edit/") not in door.get(url_of(session)).text
    page = door.post(url_of(session, "edit/"), typed(course, place="Aula 1"))
    assert "Attendance was confirmed in the meantime." in page.text
    assert ClassroomSession.objects.get().place == "Seminar room 2"


def test_a_preview_of_another_day_is_shown_again(door, session, ann, course):
    url = url_of(session, "attendance/")
    came = {"came": [row_of(session, ann).pk]}
    plan = door.post(url, came).context["plan"]
    ClassroomSession.objects.update(held_on="2026-03-01")
    page = door.post(url, came | {"seen": plan.fingerprint}, follow=True)
    assert "Something has changed. Look again." in page.text
    assert not row_of(session, ann).completion


def test_only_who_trains_everybody_edits_it(client, team, course, trainer, ann):
    other = a_team("Ward 4")
    a_member(other)
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    session = a_session(course, team, other, by=trainer)
    client.force_login(a_trainer(other))
    assert url_of(session, "edit/") not in client.get(url_of(session)).text
    page = client.post(url_of(session, "edit/"), typed(course), follow=True)
    assert "Only someone who trains everybody can edit it." in page.text


def test_who_joined_later_is_added_and_others_are_taken_off(door, session, team, ann):
    ben = a_member(team, first_name="Ben", last_name="Moss")
    page = door.get(url_of(session, "people/")).text
    assert page.count(" checked") == 1
    assert "Ben Moss" in page
    saved = change_list(door, session, [ben], before=[ann])
    assert "The list was saved." in saved.text
    assert invited_to(session) == {ben.pk}


def test_somebody_of_another_team_is_added_by_address(door, session, ann, trainer):
    other = a_team("Ward 4")
    zoe = a_member(other, email="zoe@example.org")
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    change_list(door, session, [ann], before=[ann], people="zoe@example.org")
    assert invited_to(session) == {ann.pk, zoe.pk}
    assert row_of(session, zoe).team == other


def test_nobody_is_taken_off_who_was_not_on_the_page(door, session, team, ann):
    ben = a_member(team)
    change_list(door, session, [ann, ben], before=[ann])
    change_list(door, session, [ann], before=[ann])
    assert invited_to(session) == {ann.pk, ben.pk}


def test_who_entered_the_code_stays(door, session, team, ann):
    ben = a_member(team)
    change_list(door, session, [ann, ben], before=[ann])
    session.attendances.filter(learner=ann).update(present_at=timezone.now())
    page = change_list(door, session, [ben], before=[ann, ben])
    assert "The list was saved." in page.text
    assert ann.pk in invited_to(session)


def test_who_enters_the_code_while_the_list_is_open_does_not_stop_it(
    door, session, team, ann
):
    ben = a_member(team)
    session.attendances.filter(learner=ann).update(present_at=timezone.now())
    page = change_list(door, session, [ann, ben], before=[ann])
    assert "The list was saved." in page.text
    assert invited_to(session) == {ann.pk, ben.pk}


def test_who_leaves_the_team_while_the_list_is_open_is_not_invited(
    door, session, team, ann
):
    ben = a_member(team)
    team.memberships.filter(learner=ben).update(left_at=timezone.now())
    page = change_list(door, session, [ann, ben], before=[ann])
    assert "The list was saved." in page.text
    assert invited_to(session) == {ann.pk}


def test_the_list_is_never_left_empty(door, session, ann):
    page = change_list(door, session, [], before=[ann])
    assert "Leave somebody on the list." in page.text
    assert invited_to(session) == {ann.pk}


def test_other_trainers_and_observers_cannot_change_it(client, session, ann, team):
    for person in (a_trainer(a_team("Ward 4")), a_member(team, role="observer").user):
        client.force_login(person)
        for page in ("edit/", "people/"):
            assert client.get(url_of(session, page)).status_code == 404
