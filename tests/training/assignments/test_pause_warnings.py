"""Who can prevent that quizzes pause is told before, by mail and on the start page."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from course.models import CoursePage, LessonPage
from tests.factories import a_course
from tests.roles import a_person
from tests.training.moments import clock_at
from tests.training.outbox import run_worker
from tests.training.staff import a_member, a_team, a_trainer, an_assignment

pytestmark = pytest.mark.django_db

# The course's review is due on 1 May 2027: 90 days later is 30 July.
FIRST_PAUSED = dt.datetime(2027, 7, 31, 9, tzinfo=dt.UTC)


def before(days):
    return FIRST_PAUSED - dt.timedelta(days=days)


clock = clock_at(before(200))


@pytest.fixture
def trainer():
    team = a_team()
    trainer = a_trainer(team, email="tess@example.org")
    a_member(team)
    an_assignment(a_course(lessons=2, questions=1), team, due_on=dt.date(2027, 12, 1))
    return trainer


def sent_to(address, clock, *numbers):
    """Return days before the pause → subjects of mail, of days with any."""
    found = {}
    for number in numbers:
        clock.move_to(before(number))
        run_worker()
        subjects = [m.subject for m in mail.outbox if address in m.to]
        mail.outbox.clear()
        if subjects:
            found[number] = subjects
    return found


DAYS = (90, 61, 60, 59, 31, 30, 8, 7, 1, 0)


@pytest.mark.sweep
def test_trainers_hear_60_30_and_7_days_before(clock, trainer):
    run_worker()
    title = CoursePage.objects.get().title
    found = sent_to(trainer.email, clock, *DAYS)
    said = {n: [f"Quizzes will pause in {n} days: {title}"] for n in (60, 30, 7)}
    assert found == said


def test_the_warning_names_the_quizzes_and_what_follows(clock, trainer):
    clock.move_to(before(30))
    run_worker()
    words = next(m.body for m in mail.outbox if trainer.email in m.to)
    assert "available until 30 July 2027 and then pause" in words
    assert all(lesson.title in words for lesson in LessonPage.objects.all())
    assert "During that time it is not due" in words


def test_who_trains_nobody_who_needs_it_hears_nothing(clock, trainer):
    other = a_trainer(a_team("Other"), email="ted@example.org")
    assert sent_to(other.email, clock, 60, 30, 7) == {}


def test_a_renewed_date_ends_the_warnings(clock, trainer):
    assert list(sent_to(trainer.email, clock, 60)) == [60]
    LessonPage.objects.update(next_check=dt.date(2028, 5, 1))
    assert sent_to(trainer.email, clock, 30, 7) == {}


def test_trainers_find_it_on_their_start_page(client, clock, trainer):
    def start_page(days):
        clock.move_to(before(days))
        client.force_login(trainer)
        return client.get(reverse("wagtailadmin_home")).text

    assert "Paused quizzes" not in start_page(61)
    assert "available until 30 July 2027, then paused" in start_page(60)
    assert "paused since the end of 30 July 2027" in start_page(0)


@pytest.mark.sweep
@pytest.mark.parametrize("role", ["Author", "Reviewer"])
def test_authors_and_reviewers_hear_it_too(client, clock, trainer, role):
    person = a_person(role)
    CoursePage.objects.update(next_check=dt.date(2030, 1, 1))
    found = sent_to(person.email, clock, *DAYS)
    pauses = {days: ["2 quizzes will pause"] for days in (60, 30, 7)}
    overdue = found.pop(90, None) or found.pop(61, None)
    assert found == pauses
    is_author = role == "Author"
    assert overdue == (["2 pages are past their review date"] if is_author else None)
    clock.move_to(before(20))
    client.force_login(person)
    page = client.get(reverse("wagtailadmin_home")).text
    assert "The quiz is open until 30 July 2027" in page
