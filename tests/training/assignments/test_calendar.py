"""Due dates for the calendar: the right day, replaced when it moves."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from icalendar import Calendar

from course.models import LessonPage
from tests.factories import UserFactory, a_course
from tests.quizzes.answering import answer_all
from tests.training.moments import clock_at
from tests.training.outbox import (
    START,
    an_exception,
    days,
    run_worker,
    the_obligation,
)
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.assignments import change_assignment
from training.assignments.actions.exceptions import (
    extend_due_date,
    revoke_exception,
    waive_obligation,
)
from training.assignments.actions.obligations import (
    reconcile_obligations,
    withdraw_obligations,
)
from training.assignments.actions.pauses import follow_pauses, record_last_days
from training.assignments.models import (
    Assignment,
    ExceptionEntry,
    LastQuizDay,
    Obligation,
)
from training.teams.models import Team

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(time_zone="Pacific/Auckland")


@pytest.fixture
def learner(client, team):
    learner = a_member(team)
    client.force_login(learner.user)
    return learner


def events(client, path="/my-learning/calendar.ics"):
    response = client.get(path)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_each_open_obligation_is_a_day_of_its_own_time_zone(client, team, learner):
    an_assignment(a_course(), team, title="Safety", due_on=dt.date(2026, 4, 3))
    assert the_obligation().due_at.date() == dt.date(2026, 4, 3)
    event = events(client)[0]
    assert event["DTSTART"].dt == dt.date(2026, 4, 3)
    assert event["DTEND"].dt == dt.date(2026, 4, 4)
    assert event["SUMMARY"] == "Due: Safety"
    assert event["UID"] == f"obligation-{the_obligation().pk}@127.0.0.1"
    assert "Pacific/Auckland" in event["DESCRIPTION"]
    assert event["SEQUENCE"] == 0


def test_the_day_is_not_that_of_the_server(client, team, learner):
    Team.objects.update(time_zone="Pacific/Kiritimati")
    an_assignment(a_course(), team, due_on=dt.date(2026, 4, 3))
    Obligation.objects.update(due_at=dt.datetime(2026, 4, 2, 10, tzinfo=dt.UTC))
    assert events(client)[0]["DTSTART"].dt == dt.date(2026, 4, 3)


def test_an_extension_keeps_the_uid_and_raises_the_sequence(
    client, team, learner, clock
):
    an_assignment(a_course(), team)
    before = events(client)[0]
    clock.move_to(days(1))
    an_exception(the_obligation(), kind="extension", due_at=days(50), ends_at=days(40))
    after = events(client)[0]
    assert after["UID"] == before["UID"]
    assert after["DTSTART"].dt > before["DTSTART"].dt
    assert after["LAST-MODIFIED"].dt == days(1)
    clock.move_to(days(40))
    client.force_login(learner.user)
    fallen_back = events(client)[0]
    assert fallen_back["DTSTART"].dt == before["DTSTART"].dt
    assert [e["SEQUENCE"] for e in (before, after, fallen_back)] == [0, 1, 2]


def test_a_moved_entry_says_which_day_it_was_before(client, team, learner, clock):
    an_assignment(a_course(), team, title="Safety", due_on=dt.date(2026, 4, 3))
    assert "was changed" not in events(client)[0]["DESCRIPTION"]
    an_exception(the_obligation(), kind="extension", due_at=days(50), ends_at=days(40))
    words = events(client)[0]["DESCRIPTION"]
    assert words.endswith("The due date has changed. It was 3 April 2026.")
    clock.move_to(days(40))
    client.force_login(learner.user)
    assert "was changed" not in events(client)[0]["DESCRIPTION"]


def test_a_date_written_anew_says_which_one_was_sent_before(client, team, learner):
    an_assignment(a_course(), team, title="Safety", due_on=dt.date(2026, 4, 3))
    Team.objects.update(quiet_from="00:00", quiet_until="00:00")
    run_worker()
    before = events(client)[0]["SEQUENCE"]
    Obligation.objects.all().revise(at=days(0), due_at=days(40))
    moved = events(client)[0]
    assert moved["DESCRIPTION"].endswith("It was 3 April 2026.")
    assert moved["SEQUENCE"] == before + 1
    run_worker()
    # That it was mailed meanwhile changes nothing in the calendar.
    assert events(client)[0]["DESCRIPTION"] == moved["DESCRIPTION"]


def test_one_obligation_can_be_had_alone(client, team, learner):
    an_assignment(a_course(), team, title="One")
    an_assignment(a_course(), team, title="Two")
    two = Obligation.objects.get(assignment__title="Two")
    assert len(events(client)) == 2
    alone = events(client, f"/my-learning/{two.pk}/calendar.ics")
    assert [event["SUMMARY"] for event in alone] == ["Due: Two"]


def test_nobody_gets_the_dates_of_others(client, team, learner):
    an_assignment(a_course(), team)
    path = f"/my-learning/{the_obligation().pk}/calendar.ics"
    assert client.get(path).status_code == 200
    client.force_login(UserFactory())
    assert client.get(path).status_code == 404
    assert events(client) == []


def test_what_is_waived_or_handed_over_is_called_off(client, team, learner):
    an_assignment(a_course(), team, title="Waived")
    an_exception(the_obligation(), kind="waiver")
    an_assignment(a_course(), team, title="Given away")
    deputy = a_member(a_team("Ward 4"))
    given = Obligation.objects.get(assignment__title="Given away")
    an_exception(given, kind="hand_over", deputy=deputy)
    assert [event["STATUS"] for event in events(client)] == ["CANCELLED"] * 2
    client.force_login(deputy.user)
    assert [(event["SUMMARY"], event["STATUS"]) for event in events(client)] == [
        ("Due: Given away", "CONFIRMED")
    ]


def test_what_fell_away_long_ago_is_left_out(client, team, learner, clock):
    an_assignment(a_course(), team, due_on=dt.date(2026, 3, 10))
    an_exception(the_obligation(), kind="waiver")
    clock.move_to(dt.datetime(2026, 5, 10, tzinfo=dt.UTC))
    client.force_login(learner.user)
    assert events(client) == []


def change_title(assignment, trainer):
    change(assignment, trainer, title="Another title")


def change_due_date(assignment, trainer):
    change(assignment, trainer, due_on=dt.date(2026, 5, 1), running_too=True)


def change(assignment, trainer, *, running_too=False, **values):
    rule = Assignment.objects.get(pk=assignment.pk)
    for name, value in values.items():
        setattr(rule, name, value)
    change_assignment(
        rule=rule,
        teams=list(rule.teams.all()),
        people=list(rule.people.all()),
        running_too=running_too,
        at=timezone.now(),
        by=trainer,
    )


def extend_it(_assignment, trainer):
    terms = {"reason": "Ill", "key": uuid.uuid4(), "at": timezone.now(), "by": trainer}
    extend_due_date(obligation=the_obligation(), due_on=dt.date(2026, 6, 1), **terms)


def waive_it(_assignment, trainer):
    terms = {"reason": "Ill", "key": uuid.uuid4(), "at": timezone.now(), "by": trainer}
    waive_obligation(obligation=the_obligation(), **terms)


def take_back(_assignment, trainer):
    entry = ExceptionEntry.objects.filter(revoked_at=None).latest("pk")
    revoke_exception(entry=entry, at=timezone.now(), by=trainer)


def withdraw_it(assignment, trainer):
    withdraw_obligations(
        obligations=assignment.obligations.all(), at=timezone.now(), by=trainer
    )


def give_it_back(assignment, _trainer):
    reconcile_obligations(at=timezone.now(), assignments=[assignment])


def do_it(assignment, _trainer):
    for lesson in LessonPage.objects.live():
        answer_all(lesson, the_obligation().learner, "Right", "Right")


CHANGES = (
    change_title,
    change_due_date,
    extend_it,
    take_back,
    waive_it,
    take_back,
    withdraw_it,
    give_it_back,
    do_it,
)


def test_each_change_of_the_entry_raises_sequence_and_last_modified(
    client, team, learner, clock
):
    trainer = a_trainer(team)
    assignment = an_assignment(a_course(), team, title="Safety")
    said = [moved_parts(client)]
    for number, change_it in enumerate(CHANGES, start=1):
        clock.shift(dt.timedelta(hours=1))
        change_it(assignment, trainer)
        now, before = moved_parts(client), said[-1]
        assert now["shown"] != before["shown"], change_it.__name__
        assert now["sequence"] > before["sequence"], change_it.__name__
        assert now["modified"] == days(0) + dt.timedelta(hours=number), (
            change_it.__name__
        )
        said.append(now)
    assert {each["uid"] for each in said} == {said[0]["uid"]}
    assert said[-1]["shown"][2] == "CANCELLED"


def test_a_pause_noted_late_raises_them_too_and_calls_nothing_off(
    client, team, learner, clock
):
    """No worker ran for days: the pause began before the last change of the entry."""
    trainer = a_trainer(team)
    assignment = an_assignment(a_course(), team, title="Safety")
    record_last_days(at=timezone.now())
    clock.shift(dt.timedelta(days=2))
    extend_it(assignment, trainer)
    said = [moved_parts(client)]
    # Its quizzes paused on the day of that change, before it.
    LastQuizDay.objects.update(last_day=dt.date(2026, 3, 5))
    LessonPage.objects.update(next_check=dt.date(2025, 12, 5))
    for change_it in (noted, renewed):
        clock.shift(dt.timedelta(days=3))
        client.force_login(learner.user)
        change_it()
        said.append(moved_parts(client))
    assert [each["shown"] for each in said] == [
        ("Due: Safety", dt.date(2026, 6, 1), "CONFIRMED"),
        ("Paused, not due: Safety", dt.date(2026, 6, 1), "CONFIRMED"),
        ("Due: Safety", dt.date(2026, 6, 8), "CONFIRMED"),
    ]
    assert [each["modified"] for each in said] == [days(2), days(5), days(8)]
    assert said[0]["sequence"] < said[1]["sequence"] < said[2]["sequence"]


def noted():
    follow_pauses(at=timezone.now())


def renewed():
    LessonPage.objects.update(next_check=dt.date(2030, 1, 1))
    record_last_days(at=timezone.now())
    noted()


def moved_parts(client):
    [event] = events(client)
    return {
        "uid": event["UID"],
        "shown": (event["SUMMARY"], event["DTSTART"].dt, event["STATUS"]),
        "sequence": event["SEQUENCE"],
        "modified": event["LAST-MODIFIED"].dt,
    }


def test_what_does_not_change_keeps_its_numbers(client, team, learner, clock):
    assignment = an_assignment(a_course(), team)
    before = moved_parts(client)
    clock.shift(dt.timedelta(hours=5))
    reconcile_obligations(at=timezone.now(), assignments=[assignment])
    assert moved_parts(client) == before
