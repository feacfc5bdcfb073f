"""What the day of the next check means, and what readers are told of it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.models import CoursePage, LessonPage
from course.rules.review_dates import DEFAULT_GRACE_DAYS, is_past, last_day_of_quiz
from tests.factories import a_course, lessons_of

DAY = dt.date(2027, 5, 1)
PAST = "Past its review date"


@given(st.dates(max_value=dt.date(2900, 1, 1)), st.integers(1, 3650))
def test_a_quiz_is_asked_for_the_days_of_grace_after_the_check_was_due(due, days):
    last = last_day_of_quiz(due, days)
    assert (last - due).days == days
    assert is_past(due, last)


def test_the_day_itself_is_not_past_yet():
    assert not is_past(DAY, DAY)
    assert is_past(DAY, DAY + dt.timedelta(days=1))


def test_a_course_that_says_nothing_has_the_usual_grace():
    assert (last_day_of_quiz(DAY, None) - DAY).days == DEFAULT_GRACE_DAYS


@pytest.mark.django_db
@pytest.mark.parametrize("below", ["", "print/"])
def test_readers_are_told_from_the_day_after(client, time_machine, below):
    course = a_course(lessons=1)
    lesson = lessons_of(course)[0]
    time_machine.move_to(dt.datetime(2027, 5, 1, 12, tzinfo=dt.UTC))
    assert PAST not in client.get(lesson.url + below).text
    time_machine.move_to(dt.datetime(2027, 5, 2, 12, tzinfo=dt.UTC))
    page = client.get(lesson.url + below).text
    assert PAST in page
    assert "checked again by 1 May 2027" in " ".join(page.split())
    LessonPage.objects.update(next_check=dt.date(2028, 1, 1))
    assert PAST not in client.get(lesson.url + below).text
    assert PAST in client.get(course.url + below).text
    CoursePage.objects.update(next_check=dt.date(2028, 1, 1))
    assert PAST not in client.get(course.url + below).text
