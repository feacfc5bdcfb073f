"""Whoever waits for a paused quiz is named as such wherever trainers look."""

import datetime as dt
import uuid

import pytest
from django.core import mail
from django.utils import timezone

from course.models import CoursePage, LessonPage
from mail.models import Message
from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.training.assigning_pages import ADD, plain, typed
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker
from tests.training.reading import REPORTS, column, csv_rows
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.reports.kinds.report import ReportMail
from training.reports.models import ScheduledReport

pytestmark = [pytest.mark.django_db, pytest.mark.long]

PAUSED_SENTENCE = (
    "Of the others, 2 people cannot do it at the moment, so it is not due."
)

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team("Ward 3", time_zone="UTC")


@pytest.fixture
def trainer(team):
    return a_trainer(team, email="tess@example.org")


@pytest.fixture
def course():
    return a_course(lessons=2, questions=1)


@pytest.fixture
def paused(client, clock, team, trainer, course):
    """Three people are asked. One has done it, one half of it; quizzes paused on day 6."""
    people = {
        name: a_member(team, last_name=name, email=f"{name.lower()}@example.org")
        for name in ("Done", "Half", "Nothing")
    }
    an_assignment(course, team, title="Safety", due_on=days(8).date())
    first, second = lessons_of(course)
    for name, lesson in (("Done", first), ("Done", second), ("Half", first)):
        answer_all(lesson, people[name], "Right")
    LessonPage.objects.update(next_check=days(5).date() - dt.timedelta(days=90))
    run_worker()
    mail.outbox.clear()
    clock.move_to(days(12))
    run_worker()
    client.force_login(trainer)
    return people


def test_completion_counts_who_could_not_do_it(client, paused):
    rows = csv_rows(client, "completion")
    assert column(rows, "Asked on its last day") == ["3"]
    assert column(rows, "In date on its last day") == ["1"]
    assert column(rows, "Not in date, because paused") == ["2"]
    said = plain(client.get(f"{REPORTS}/completion/"))
    assert "3 people are asked. 1 is in date today." in said
    assert PAUSED_SENTENCE in said


def test_drop_off_says_that_some_stopped_because_they_had_to(client, paused):
    said = plain(client.get(f"{REPORTS}/drop_off/"))
    assert "stopped before" in said
    assert PAUSED_SENTENCE in said


def test_the_matrix_says_it_in_the_cell(client, paused):
    assert sorted(row[1:] for row in csv_rows(client, "matrix")[1:]) == [
        ["done", "done"],
        ["done", "quiz paused"],
        ["quiz paused", "quiz paused"],
    ]


def test_who_is_behind_counts_them_apart(client, paused):
    assert len(csv_rows(client, "behind")) == 1
    assert "2 more are paused" in plain(client.get(f"{REPORTS}/behind/"))


def test_the_report_by_mail_counts_them_apart(paused, trainer):
    at = timezone.now()
    schedule = ScheduledReport.objects.create(
        recipient=trainer, frequency=ScheduledReport.Frequency.WEEKLY, created_at=at
    )
    message = Message(recipient=trainer, why={"schedule": schedule.pk})
    words = ReportMail().write_message(message, at, None)
    assert words.subject.endswith(": 0 overdue")
    for body in (words.text, words.html):
        assert "2 more are paused" in body


def test_the_digest_counts_them_below_who_is_behind(clock, paused, team, trainer):
    plainly = a_course(lessons=1, questions=1)
    CoursePage.objects.filter(pk=plainly.pk).update(next_check=dt.date(2030, 1, 1))
    LessonPage.objects.child_of(plainly).update(next_check=dt.date(2030, 1, 1))
    an_assignment(plainly, team, title="Hygiene", due_on=days(12).date())
    # A Tuesday: what was planned for Monday goes out late.
    clock.move_to(days(13))
    run_worker()
    [digest] = [m for m in mail.outbox if m.to == [trainer.email]]
    assert "Hygiene" in digest.body
    assert "not due, because" in digest.body
    assert "Ward 3: 2" in digest.body
    assert "Safety" not in digest.body


def test_the_simulation_says_from_when_it_will_be_paused(client, team, trainer, course):
    LessonPage.objects.update(next_check=days(5).date() - dt.timedelta(days=90))
    client.force_login(trainer)
    form = typed(course, team, key=str(uuid.uuid4()))
    a_member(team)
    said = plain(client.post(ADD, form | {"step": "preview"}))
    assert "A required quiz will be paused from 10 March 2026" in said
    assert "the days are added to the due dates above" in said
