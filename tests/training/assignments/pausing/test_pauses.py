"""What is noted of a pause: for whom, from when until when, and only once."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from course.models import LessonPage
from progress.actions.enrolments import (
    complete_lesson,
    enrol_learner,
    start_lesson,
)
from tests.training.assignments.pausing.years import (
    due_day,
    learn,
    live_until,
    newest,
    on,
    renew,
    to,
)
from tests.training.outbox import run_worker
from tests.training.staff import a_member, an_assignment
from training.assignments.actions.pauses import follow_pauses, record_last_days
from training.assignments.models import LastQuizDay, Obligation, Pause

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


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
