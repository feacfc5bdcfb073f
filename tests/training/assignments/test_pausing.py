"""A quiz that rests asks nothing of anybody: the shipped course over two years.

Its review is due on 22 May 2027 and its quizzes have 90 days of grace, so they rest from
21 August on.
"""

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from course.models import CoursePage, LessonPage
from mail.models import Message
from progress.actions.enrolments import (
    complete_lesson,
    enrol_learner,
    note_read_signed_in,
    start_lesson,
)
from tests.training.moments import clock_at
from tests.training.outbox import an_exception, run_worker
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.pauses import follow_pauses, record_last_days
from training.assignments.actions.satisfaction import mark_satisfied
from training.assignments.models import Assignment, LastQuizDay, Obligation, Pause

pytestmark = pytest.mark.django_db

BEGIN = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
SHIPPED = Path("course/content/stem-cell-therapy-for-hair-loss")


def on(year, month, day, hour=9):
    return dt.datetime(year, month, day, hour, tzinfo=dt.UTC)


clock = clock_at(BEGIN, autouse=False)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Load the shipped course once; each test undoes what it did to it."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(BEGIN, tick=False),
        transaction.atomic(),
    ):
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


def renew(next_check):
    """Publish every lesson with the day of its next check, as an author does."""
    for lesson in LessonPage.objects.live():
        lesson.next_check = next_check
        lesson.save_revision().publish()


def learn(learner, course, *, but=0):
    """Do the lessons of the course, all but so many."""
    at = timezone.now()
    enrolment = enrol_learner(learner=learner, course=course, at=at)
    lessons = list(LessonPage.objects.child_of(course).live().order_by("path"))
    for lesson in lessons[: len(lessons) - but]:
        key = lesson.translation_key
        start_lesson(enrolment=enrolment, lesson_key=key, at=at)
        complete_lesson(enrolment=enrolment, lesson_key=key, how="read", at=at)
        note_read_signed_in(enrolment=enrolment, lesson_key=key, at=at)
    mark_satisfied(learner=learner, at=at)


def live_until(clock, *moments):
    """Run the worker at each moment; return (day, address, subject) of all mail."""
    found = []
    for moment in moments:
        clock.move_to(moment)
        run_worker()
        found += [(moment.date().isoformat(), m.to[0], m.subject) for m in mail.outbox]
        mail.outbox.clear()
    return found


def each_day(first, last, *, step=1):
    """Return the moments from day to day, or every so many, and the last one."""
    numbers = range(0, (last - first).days, step)
    return [*(first + dt.timedelta(days=n) for n in numbers), last]


def to(found, name):
    address = f"{name}@example.org"
    return [(day, subject) for day, whom, subject in found if whom == address]


def newest(learner):
    rows = Obligation.objects.filter(learner=learner).newest_cycle()
    return rows.with_status(timezone.now()).get()


def due_day(learner):
    return newest(learner).effective_due_at.date()


def page(user, name, *args):
    client = Client()
    client.force_login(user)
    return client.get(reverse(name, args=args)).text


@pytest.fixture
def carl(team):
    return a_member(team, email="carl@example.org", first_name="Carl")


@pytest.fixture
def dora(team):
    return a_member(team, email="dora@example.org", first_name="Dora")


@pytest.fixture
def august(clock, course, rule, ann, bob, carl, dora):
    """It is August 2027. Ann has done it, Carl nearly, Bob nothing; Dora has longer."""
    found = live_until(clock, BEGIN)
    assert to(found, "bob") == [("2026-11-30", "To learn: Safety")]
    clock.move_to(on(2027, 6, 1))
    learn(ann, course)
    learn(carl, course, but=1)
    an_exception(newest(dora), kind="extension", due_at=on(2027, 9, 10, 23))
    live_until(clock, on(2027, 8, 10))


@pytest.fixture
def renewed(august, clock, django_capture_on_commit_callbacks):
    """The quizzes rested from 21 August, and go on since 1 October 2027."""
    live_until(clock, on(2027, 8, 17), on(2027, 8, 21))
    clock.move_to(on(2027, 10, 1, 10))
    with django_capture_on_commit_callbacks(execute=True):
        renew(dt.date(2028, 3, 1))


def test_while_quizzes_rest_nobody_is_asked_for_anything(
    clock, august, ann, bob, carl, dora
):
    found = live_until(clock, *each_day(on(2027, 8, 14), on(2027, 8, 20)))
    due_soon = [("2027-08-17", "Due on 31 August: Safety")]
    assert to(found, "ann") == []
    assert to(found, "bob") == to(found, "carl") == due_soon
    assert newest(bob).status == "due_soon"
    found = live_until(clock, *each_day(on(2027, 8, 21), on(2027, 9, 30), step=3))
    people = ("ann", "bob", "carl", "dora", "mona")
    assert [to(found, name) for name in people] == [[]] * 5
    assert not [subject for _day, subject in to(found, "tess") if "behind" in subject]
    statuses = [newest(each).status for each in (ann, bob, carl, dora)]
    assert statuses == ["done", "paused", "paused", "paused"]
    assert Obligation.objects.get(learner=ann).moved_due_at is None


def test_after_it_was_renewed_the_days_are_given_back(
    clock, renewed, course, team, bob, carl, dora
):
    # 42 days, from 21 August to 1 October.
    assert due_day(bob) == due_day(carl) == dt.date(2027, 10, 12)
    assert due_day(dora) == dt.date(2027, 10, 22)
    assert newest(bob).status == "due_soon"
    days = each_day(on(2027, 10, 2), on(2027, 10, 20))
    found = live_until(clock, on(2027, 10, 1, 11), *days)
    assert to(found, "bob") == [
        ("2027-10-01", "New due date, 12 October: Safety"),
        ("2027-10-09", "Due on 12 October: Safety"),
        ("2027-10-12", "Due today: Safety"),
        ("2027-10-13", "Overdue: Safety"),
        ("2027-10-16", "Overdue: Safety"),
        ("2027-10-19", "Overdue: Safety"),
    ]
    assert to(found, "dora") == [
        ("2027-10-01", "New due date, 22 October: Safety"),
        ("2027-10-08", "Due on 22 October: Safety"),
        ("2027-10-19", "Due on 22 October: Safety"),
    ]
    assert to(found, "mona") == [("2027-10-19", f"Long overdue in {team}: Safety")]
    assert [s for _day, s in to(found, "tess")] == ["Who is behind in your teams"]
    words = Message.objects.filter(recipient=bob.user, kind="overdue").first().text
    assert "It was due on 12 October 2027" in words
    assert "On 42 days it could not be done; these days have been added." in words
    learn(bob, course)
    found = live_until(clock, on(2027, 10, 20, 13))
    assert to(found, "bob") == [("2027-10-20", "Done: Safety")]


def test_a_renewal_that_falls_into_the_next_pause_waits_for_its_end(
    clock, renewed, team, ann, django_capture_on_commit_callbacks
):
    """Ann's year is over on 1 June 2028; the quizzes rest again from 31 May on."""
    found = live_until(clock, *each_day(on(2028, 5, 2), on(2028, 6, 30), step=4))
    assert to(found, "ann") == [
        ("2028-05-02", "To learn: Safety"),
        ("2028-05-18", "Due on 1 June: Safety"),
        ("2028-05-30", "Due on 1 June: Safety"),
    ]
    assert newest(ann).status == "paused"
    clock.move_to(on(2028, 7, 1))
    with django_capture_on_commit_callbacks(execute=True):
        renew(dt.date(2029, 6, 1))
    assert due_day(ann) == dt.date(2028, 7, 3)
    found = live_until(clock, *each_day(on(2028, 7, 1, 10), on(2028, 7, 10, 10)))
    days = [day[-2:] for day, _subject in to(found, "ann")]
    assert days == ["01", "03", "04", "07", "10"]
    assert f"Long overdue in {team}: Safety" in dict(to(found, "mona")).values()
    spans = Pause.objects.filter(obligation__learner=ann).values_list("starts_at")
    assert list(spans) == [(on(2028, 5, 31, 0),)]


@pytest.fixture
def resting(clock, rule, bob):
    """It is 25 August 2027, and the quizzes have rested for five days."""
    run_worker()
    live_until(clock, on(2027, 8, 25))
    return newest(bob)


def test_my_learning_says_that_it_is_not_due(resting, bob):
    text = page(bob.user, "my_learning")
    assert "Paused" in text
    assert "It cannot be done at the moment, so it is not due" in text
    assert "31 August 2027 without them" in text
    assert "Overdue" not in text


def test_days_given_back_stand_on_my_learning_and_on_the_trainers_page(
    resting, bob, trainer
):
    renew(dt.date(2028, 9, 1))
    run_worker()
    assert "5 days it could not be done" in page(bob.user, "my_learning")
    text = page(trainer, "assignments:obligation", resting.pk)
    assert "On 5 days it could not be done; with these days added" in text
    assert "due on 5 September 2027" in text


def test_reports_say_that_it_is_paused(resting, trainer):
    text = page(trainer, "reports:report_behind")
    assert "1 more is paused" in text
    assert "bob@example.org" not in text
    assert "paused" in page(trainer, "assignments:obligation", resting.pk)
    assert "paused" in page(trainer, "assignments:assignment", resting.assignment_id)
    assert "paused" in page(trainer, "reports:person", resting.learner.uuid)


def test_the_calendar_says_so_and_moves_on(client, resting, bob):
    def entry():
        client.force_login(bob.user)
        found = client.get(reverse("my_learning_calendar")).content
        return Calendar.from_ical(found).walk("VEVENT")[0]

    paused = entry()
    assert paused["summary"] == "Paused, not due: Safety"
    renew(dt.date(2028, 9, 1))
    run_worker()
    after = entry()
    assert after["summary"] == "Due: Safety"
    assert after["sequence"] > paused["sequence"] > 0
    assert after.decoded("dtstart") == dt.date(2027, 9, 5)


def test_evidence_says_from_when_until_when(client, clock, resting, trainer, bob):
    clock.move_to(on(2027, 9, 2))
    renew(dt.date(2028, 9, 1))
    run_worker()
    client.force_login(trainer)
    response = client.get(reverse("certificates:person_evidence", args=[bob.uuid]))
    held = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    name = next(
        n for n in held.namelist() if n.startswith("people") and n.endswith(".json")
    )
    text = held.read(name).decode()
    assert '"could_not_be_done"' in text
    assert "2027-08-21T00:00:00" in text


def test_what_is_done_is_not_opened_again(clock, course, rule, ann):
    learn(ann, course)
    live_until(clock, on(2027, 8, 25))
    assert newest(ann).status == "done"
    assert not Pause.objects.exists()


def test_only_lessons_that_are_asked_for_and_not_passed_matter(
    clock, course, team, trainer, ann, bob
):
    first, second, *_more = LessonPage.objects.child_of(course).order_by("path")
    LessonPage.objects.exclude(pk=first.pk).update(next_check=dt.date(2030, 1, 1))
    key = str(second.translation_key)
    an_assignment(course, team, lesson_keys=[key], due_on=dt.date(2027, 8, 31))
    live_until(clock, on(2027, 8, 25))
    assert newest(bob).status == "due_soon"
    both = [str(first.translation_key), key]
    Obligation.objects.update(
        requirement=Obligation.objects.first().requirement | {"lesson_keys": both}
    )
    with time_machine.travel(on(2027, 8, 20)):
        enrolment = enrol_learner(learner=ann, course=course, at=on(2027, 8, 20))
        key = first.translation_key
        start_lesson(enrolment=enrolment, lesson_key=key, at=on(2027, 8, 20))
        complete_lesson(
            enrolment=enrolment, lesson_key=key, how="passed", at=on(2027, 8, 20)
        )
    run_worker()
    assert newest(ann).status == "due_soon"
    assert newest(bob).status == "paused"


def test_a_pause_that_no_worker_saw_still_gives_its_days_back(clock, rule, bob):
    run_worker()
    clock.move_to(on(2027, 9, 4))
    renew(dt.date(2028, 9, 1))
    live_until(clock, on(2027, 9, 10))
    assert due_day(bob) == dt.date(2027, 9, 15)
    (pause,) = Pause.objects.all()
    assert (pause.starts_at, pause.ends_at) == (on(2027, 8, 21, 0), on(2027, 9, 4))


def test_a_course_that_is_not_live_is_not_due_either(clock, course, rule, bob):
    run_worker()
    course.unpublish()
    live_until(clock, on(2027, 3, 1), on(2027, 3, 5))
    assert newest(bob).status == "paused"
    course.save_revision().publish()
    live_until(clock, on(2027, 3, 10))
    assert newest(bob).status == "open"
    assert due_day(bob) == dt.date(2027, 9, 10)


def test_who_is_asked_during_a_pause_hears_of_it_after(
    clock, rule, team, django_capture_on_commit_callbacks
):
    live_until(clock, on(2027, 8, 21))
    clock.move_to(on(2027, 8, 25))
    with django_capture_on_commit_callbacks(execute=True):
        a_member(team, email="eve@example.org")
    found = live_until(clock, on(2027, 8, 26), on(2027, 9, 20))
    assert to(found, "eve") == []
    clock.move_to(on(2027, 10, 1))
    renew(dt.date(2028, 9, 1))
    found = live_until(clock, on(2027, 10, 1, 10))
    assert to(found, "eve") == [("2027-10-01", "To learn: Safety")]


def test_looking_twice_changes_nothing(resting, clock):
    rows = list(Pause.objects.values()), list(LastQuizDay.objects.values())
    for _again in range(2):
        record_last_days(at=timezone.now())
        follow_pauses(at=timezone.now())
    assert (list(Pause.objects.values()), list(LastQuizDay.objects.values())) == rows
