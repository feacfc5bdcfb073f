"""“I have five minutes”: one page made from the lessons themselves."""

import json

import pytest

from tests.factories import QuestionToAskFactory, lessons_of

TAKEN = [
    {
        "type": "checklist",
        "value": {"title": "To ask a clinic", "points": ["Who makes it? [S2]"]},
    },
    {"type": "questions_to_ask", "value": {"title": "To take with you"}},
    {"type": "fold", "value": {"title": "More", "anchor": "more"}},
    {
        "type": "checklist",
        "value": {"title": "For myself", "points": ["Do I mind?"]},
    },
]


@pytest.fixture
def page(client, course):
    last = lessons_of(course)[-1]
    last.body = json.dumps(TAKEN)
    QuestionToAskFactory(lesson=last, text="Who do I call?")
    last.save()
    return client.get(f"{course.url}short/").text


def test_it_has_each_main_message_with_its_lesson(page, course):
    for lesson in lessons_of(course):
        assert lesson.main_message.split(" [")[0] in page
        assert f'href="{lesson.url}"' in page


def test_it_has_what_the_last_lesson_does_not_fold(page):
    assert "Who makes it?" in page
    # Once to read, and once in the link that puts it on a list.
    assert page.count("Who do I call?") == 2
    assert "Do I mind?" not in page


def test_it_lists_the_sources_of_what_it_shows(page):
    assert 'id="source-S2"' in page


def test_it_says_whether_a_clinician_checked_the_course(page):
    assert "Not yet clinically reviewed" in page


def test_the_course_page_leads_to_it(client, course):
    assert f'href="{course.url}short/"' in client.get(course.url).text


def test_there_is_none_for_a_course_that_is_not_live(client, course):
    course.unpublish()
    assert client.get(f"{course.url}short/").status_code == 404
