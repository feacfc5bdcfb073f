"""Anybody says whether a lesson was clear, and nobody is asked who they are."""

import datetime as dt
import re
import uuid

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts.actions.retention import apply_retention
from accounts.models import Learner
from clarity.models import ClarityAnswer
from clarity.queries import ClarityCount, count_clarity
from tests.clarity.answers import said
from tests.factories import UserFactory
from tests.roles import a_person

pytestmark = pytest.mark.django_db
REPORT = "/admin/reports/was-this-clear/"
KEY = re.compile(r'name="form_key" value="([^"]+)"')


def address(lesson):
    return f"{lesson.url}clear/"


def form_key_on(response):
    return KEY.search(response.text)[1]


def say(client, lesson, clear="yes", **fields):
    key = form_key_on(client.get(address(lesson)))
    sent = {"form_key": key, "clear": clear, "words": ""} | fields
    return client.post(address(lesson), sent)


def test_each_lesson_leads_to_the_question(client, lesson):
    assert f'href="{address(lesson)}"' in client.get(lesson.url).text
    assert "<form" not in client.get(lesson.url).text


def test_yes_or_no_and_words_are_kept_and_nothing_about_who(client, lesson):
    response = say(client, lesson, "no", words="Too many numbers")
    assert response.status_code == 302
    assert "Thank you" in client.get(response.url).text
    answer = ClarityAnswer.objects.get()
    assert (answer.is_clear, answer.words) == (False, "Too many numbers")
    assert answer.lesson_key == lesson.translation_key
    names = {field.name for field in ClarityAnswer._meta.get_fields()}
    assert not names & {"learner", "user", "ip", "given_at"}
    assert not Learner.objects.exists()
    assert "learner" not in client.cookies


def test_the_same_form_sent_twice_is_one_answer(client, lesson):
    key = str(uuid.uuid4())
    for _time in range(2):
        say(client, lesson, form_key=key)
    assert ClarityAnswer.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"clear": ""}, "Choose “Yes” or “No”."),
        ({"clear": "perhaps"}, "Choose “Yes” or “No”."),
        ({"words": "x" * 301}, "Shorten what you wrote to 300 letters."),
    ],
)
def test_an_error_is_shown_by_get_and_keeps_what_was_typed(
    client, lesson, fields, error
):
    response = say(client, lesson, **{"words": "xx"} | fields)
    assert response.status_code == 302
    page = client.get(response.url).text
    assert error in page
    assert "xx" in page
    assert not ClarityAnswer.objects.exists()


def test_a_flood_is_stopped_and_says_so(client, lesson):
    found = [say(client, lesson).status_code for _time in range(22)]
    assert found[:20] == [302] * 20
    assert found[-1] == 429
    assert ClarityAnswer.objects.count() == 20
    cache.clear()
    assert say(client, lesson).status_code == 302


def test_a_lesson_that_is_not_live_is_not_judged(client, lesson):
    path = address(lesson)
    lesson.unpublish()
    assert client.get(path).status_code == 404
    assert client.post(path, {"clear": "yes"}).status_code == 404


def test_staff_read_the_words_and_find_those_of_one_lesson(client, lesson):
    said(lesson, words="Too many numbers")
    said(lesson, words="Well said", is_clear=True)
    client.force_login(UserFactory(administrator=True))
    assert "Too many numbers" in client.get(REPORT).text
    page = client.get(f"{REPORT}?lesson_key={lesson.translation_key}&is_clear=True")
    assert "Well said" in page.text
    assert "Too many numbers" not in page.text
    export = client.get(f"{REPORT}?export=csv").getvalue().decode()
    assert "Too many numbers" in export
    assert lesson.title in export


def test_who_works_on_no_lesson_reads_nothing(client, lesson):
    said(lesson, words="Too many numbers")
    client.force_login(a_person("Trainer"))
    response = client.get(REPORT)
    assert response.status_code in (302, 403)
    assert "Too many numbers" not in response.text


def test_answers_go_after_a_year(lesson, settings):
    settings.RETENTION_CLARITY_MONTHS = 12
    today = timezone.localdate()
    said(lesson, day=today - dt.timedelta(days=380))
    said(lesson, day=today - dt.timedelta(days=300))
    apply_retention(at=timezone.now(), dry_run=False)
    assert ClarityAnswer.objects.count() == 1


def test_lessons_are_counted_in_one_query(lesson, django_assert_num_queries):
    said(lesson)
    said(lesson, is_clear=True)
    with django_assert_num_queries(1):
        found = count_clarity([lesson.translation_key, uuid.uuid4()])
    assert found == {lesson.translation_key: ClarityCount(people=2, clear=1)}
