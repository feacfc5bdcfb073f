"""Attendance is taken by ticks, previewed and confirmed; un-ticking revokes."""

from decimal import Decimal

import pytest
from django.utils import timezone

from tests.training.assigning_pages import plain
from tests.training.classroom.sessions import (
    a_session,
    confirm,
    row_of,
    tick,
    url_of,
)
from tests.training.elsewhere.recording import record
from tests.training.moments import START, clock_at
from tests.training.staff import a_member, a_team, an_assignment
from training.assignments.actions.completions import revoke_completion
from training.assignments.models import CompletionElsewhere, Obligation
from training.classroom.actions.attendance import (
    AttendanceHasChanged,
    confirm_attendance,
)
from training.classroom.queries.attendance import plan_attendance
from training.classroom.queries.sessions import people_invited
from training.teams.actions.memberships import leave_team

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def ann(team):
    return a_member(team, email="ann@example.org", first_name="Ann", last_name="Lee")


@pytest.fixture
def ben(team):
    return a_member(team, email="ben@example.org", first_name="Ben", last_name="Moss")


@pytest.fixture
def session(ann, ben, team, course, trainer):
    an_assignment(course, team, title="Induction")
    return a_session(course, team, by=trainer, hours=Decimal("1.5"))


def is_done(learner):
    return Obligation.objects.get(learner=learner).is_done_elsewhere


def test_the_preview_says_who_gets_what_and_nothing_is_saved(door, session, ann, ben):
    page = tick(door, session, ann)
    assert "It counts for “Induction”." in page.text
    assert "Get the completion (1)" in page.text
    assert not CompletionElsewhere.objects.exists()


def test_those_ticked_get_the_completion_and_no_others(door, session, ann, ben, team):
    page = confirm(door, session, ann)
    assert "1 completion was recorded." in page.text
    made = CompletionElsewhere.objects.get()
    assert made.learner == ann
    assert made.team == team
    assert made.source == "Classroom session of 2 March 2026, Seminar room 2, 1.5 hours"
    assert "who took attendance. Taught by Dr Ortega" in made.vouched_by
    assert row_of(session, ann).completion == made
    assert is_done(ann)
    assert not is_done(ben)
    record_page = plain(door.get(f"/admin/training/people/{ann.uuid}/"))
    assert "Classroom session of 2 March 2026" in record_page
    assert "Attendance confirmed" in door.get("/admin/training/reports/log/").text


def test_confirming_twice_records_once(door, session, ann):
    confirm(door, session, ann)
    page = tick(door, session, ann)
    assert "Nothing changes." in page.text
    assert "Confirm attendance" not in page.text
    assert CompletionElsewhere.objects.count() == 1


def test_who_completed_it_on_that_day_already_gets_no_second_completion(
    door, session, ann, team, course, trainer
):
    made = record(ann, team, course, trainer)
    assert "only their attendance is noted" in tick(door, session, ann).text
    confirm(door, session, ann)
    assert CompletionElsewhere.objects.get() == made
    assert row_of(session, ann).state == "known"
    confirm(door, session)
    assert row_of(session, ann).state == "invited"
    assert made.revoked_at is None


def test_unticking_asks_for_a_reason_and_revokes(door, session, ann, ben):
    confirm(door, session, ann, ben)
    page = tick(door, session, ben)
    assert "their completion is revoked" in page.text
    seen = page.context["plan"].fingerprint
    refused = tick(door, session, ben, seen=seen, reason="")
    assert "Enter a reason." in refused.text
    assert is_done(ann)
    confirm(door, session, ben, reason="Signed by a friend")
    assert not is_done(ann)
    assert is_done(ben)
    row = row_of(session, ann)
    assert row.completion.revoked_reason == "Signed by a friend"
    assert row.state == "revoked"
    confirm(door, session, ann, ben)
    assert row_of(session, ann).state == "recorded"
    assert is_done(ann)


def test_what_was_revoked_on_the_persons_record_counts_no_longer_here(
    door, session, ann, trainer
):
    confirm(door, session, ann)
    made = CompletionElsewhere.objects.get()
    revoke_completion(completion=made, reason="Wrong", by=trainer, at=timezone.now())
    assert "revoked" in door.get(url_of(session)).text
    assert row_of(session, ann).state == "revoked"


def test_people_who_left_get_nothing_and_are_named(door, session, ann, ben, team):
    leave_team(team=team, learner=ann, at=timezone.now())
    assert "nothing can be recorded" in tick(door, session, ann, ben).text
    confirm(door, session, ann, ben)
    assert CompletionElsewhere.objects.get().learner == ben


def test_a_preview_of_before_a_change_is_shown_again(door, session, ann, ben):
    seen = tick(door, session, ann).context["plan"].fingerprint
    confirm(door, session, ben)
    page = tick(door, session, ann, ben, seen=seen)
    assert "Something has changed. Look again." in page.text
    assert CompletionElsewhere.objects.count() == 1


def test_a_plan_that_is_out_of_date_records_nothing(
    session, ann, ben, team, course, trainer
):
    at, rows = timezone.now(), list(people_invited(session.attendances.all()))
    ticked = {row.pk for row in rows}
    plan = plan_attendance(session=session, rows=rows, ticked=ticked, at=at)
    record(ann, team, course, trainer)
    with pytest.raises(AttendanceHasChanged):
        confirm_attendance(session=session, plan=plan, reason="", by=trainer, at=at)
    assert CompletionElsewhere.objects.count() == 1
    assert not row_of(session, ben).confirmed_at


def test_attendance_waits_for_the_day(door, ann, team, course, trainer):
    session = a_session(course, team, by=trainer, in_days=1)
    page = door.get(url_of(session, "attendance/"))
    assert "You can take attendance from 3 March 2026" in page.text
    assert "came" not in page.text
    door.post(url_of(session, "attendance/"), {"came": [row_of(session, ann).pk]})
    assert not CompletionElsewhere.objects.exists()


def test_everybody_is_ticked_by_a_link(door, session, ann, ben):
    url = url_of(session, "attendance/")
    assert door.get(url).text.count("checked") == 0
    assert door.get(f"{url}?all").text.count(" checked") == 2


def test_a_session_of_two_teams_records_in_each(door, ann, team, course, trainer):
    other = a_team("Ward 4")
    cem = a_member(other)
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    session = a_session(course, team, other, by=trainer)
    confirm(door, session, ann, cem)
    made = CompletionElsewhere.objects.values_list("learner", "team")
    assert set(made) == {(ann.pk, team.pk), (cem.pk, other.pk)}


def test_an_assignment_that_accepts_none_from_elsewhere_says_so(
    door, ann, team, course, trainer
):
    an_assignment(course, team, title="Strict", elsewhere_counts=False)
    session = a_session(course, team, by=trainer)
    assert "It does not count for “Strict”" in tick(door, session, ann).text
    confirm(door, session, ann)
    assert not is_done(ann)


def test_unticking_several_opens_each_again_and_keeps_their_records(
    door, session, ann, ben
):
    confirm(door, session, ann, ben)
    confirm(door, session, reason="It was the wrong room")
    assert not is_done(ann)
    assert not is_done(ben)
    rows = CompletionElsewhere.objects.all()
    assert {row.revoked_reason for row in rows} == {"It was the wrong room"}
    log = plain(door.get("/admin/training/reports/log/"))
    assert log.count("Completion elsewhere revoked") >= 2
