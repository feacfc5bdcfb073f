"""A lesson long past its review date asks nothing, and what was answered stays."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from accounts.identity import Identity
from course.models import CoursePage, LessonPage
from progress.models import LessonProgress
from quizzes.actions.answering import give_answer
from quizzes.actions.beginning import QuizIsPaused
from quizzes.models import Answer, Attempt, Grade
from tests.taking_quizzes import answer, finish, form_of

pytestmark = pytest.mark.django_db

PAUSED = "until somebody has checked the lesson"
START = "Start the questions"


@pytest.fixture
def make_overdue(lesson):
    """Return a function that sets the lesson's check some days back."""

    def overdue(days):
        day = timezone.localdate() - dt.timedelta(days=days)
        LessonPage.objects.filter(pk=lesson.pk).update(next_check=day)

    return overdue


def test_the_quiz_is_asked_until_the_grace_of_the_course_is_over(
    client, lesson, quiz_url, make_overdue
):
    CoursePage.objects.update(grace_days=10)
    make_overdue(10)
    assert START in client.get(lesson.url).text
    assert "Question 1 of 2" in client.get(quiz_url, follow=True).text
    make_overdue(11)
    page = client.get(lesson.url).text
    assert PAUSED in page
    assert START not in page
    quiz = client.get(quiz_url)
    assert PAUSED in quiz.text
    assert "Question 1" not in quiz.text
    assert not quiz.cookies


@pytest.mark.parametrize(("days", "is_paused"), [(90, False), (91, True)])
def test_a_course_that_says_nothing_gives_ninety_days(
    client, quiz_url, make_overdue, days, is_paused
):
    make_overdue(days)
    assert (PAUSED in client.get(quiz_url, follow=True).text) is is_paused


def test_an_answer_sent_too_late_is_refused_and_what_was_kept_stays(
    client, lesson, quiz_url, make_overdue
):
    answer(client, quiz_url, "Right")
    form = form_of(client, quiz_url)
    make_overdue(400)
    late = form.send(client, choice="not-sure", follow=True)
    assert PAUSED in late.text
    assert "The answer you just sent was not saved." in late.text
    assert Answer.objects.count() == 1
    assert Attempt.objects.open().count() == 1
    make_overdue(0)
    assert "Question 2 of 2" in client.get(quiz_url, follow=True).text


def test_whoever_had_finished_keeps_it_and_sees_it(
    client, lesson, quiz_url, make_overdue
):
    finish(client, quiz_url, ["Right", "Wrong"])
    before = [list(m.objects.values()) for m in (Attempt, Answer, Grade)]
    progress = list(LessonProgress.objects.values())
    make_overdue(400)
    result = client.get(quiz_url, follow=True).text
    assert "1 of 2 understood" in result
    assert PAUSED in result
    assert "again/" not in result
    again = client.post(f"{quiz_url}again/", {"which": "missed"}, follow=True)
    assert PAUSED in again.text
    assert [list(m.objects.values()) for m in (Attempt, Answer, Grade)] == before
    assert list(LessonProgress.objects.values()) == progress


def test_the_verb_itself_refuses(lesson, make_overdue):
    make_overdue(400)
    with pytest.raises(QuizIsPaused):
        give_answer(
            lesson=LessonPage.objects.get(pk=lesson.pk),
            identity=Identity(token=uuid.uuid4()),
            question_key=str(uuid.uuid4()),
            read=lambda question: pytest.fail("nothing is read"),
            seen=0,
            client_uuid=uuid.uuid4(),
            at=timezone.now(),
        )


def test_nobody_is_led_on_to_a_quiz_that_rests(client, lesson, quiz_url, make_overdue):
    answer(client, quiz_url, "Right")
    course = lesson.get_parent()
    assert quiz_url in client.get(course.url).text
    make_overdue(400)
    assert quiz_url not in client.get(course.url).text


def test_what_was_asked_before_the_pause_is_taken_for_a_week(
    client, quiz_url, make_overdue
):
    make_overdue(90)
    form = form_of(client, quiz_url)
    for days, saved in ((98, 0), (97, 1)):
        make_overdue(days)
        before = timezone.localdate() - dt.timedelta(days=days - 90)
        form.send(client, choice="not-sure", hidden={"asked_on": before.isoformat()})
        assert Answer.objects.count() == saved, days
    assert PAUSED in client.get(quiz_url, follow=True).text


def test_what_was_asked_after_the_pause_is_not_taken(client, quiz_url, make_overdue):
    form = form_of(client, quiz_url)
    make_overdue(91)
    page = form.send(client, choice="not-sure", follow=True)
    assert "The answer you just sent was not saved." in page.text
    assert not Answer.objects.exists()
