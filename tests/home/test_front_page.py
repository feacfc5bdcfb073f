"""The home page: answers first, the ways in, and where somebody stopped."""

import json
import re

import pytest

from home.queries import front_page
from tests.factories import a_course, lessons_of
from tests.statements import rows_read, statements_of
from tests.taking_quizzes import give_first_options

pytestmark = pytest.mark.django_db

ANSWER = {
    "question": "Does it work?",
    "answer": "Nobody knows yet",
    "text": "The studies are small [S1, S2].",
    "sign": "rung-3",
}


def answering(**changes):
    block = {"type": "answer", "id": "a1", "value": ANSWER | changes}
    return json.dumps([block])


def heading_of(page):
    return re.search(r"<h1>(.*?)</h1>", page)[1]


def test_the_only_course_answers_first_and_opens_its_doorway(client):
    course = a_course(answers=answering())

    page = client.get("/").text

    assert heading_of(page) == course.title
    assert page.index("Nobody knows yet") < page.index(f'<a href="{course.url}">')
    assert "2 lessons" in page
    assert "app-ladder--rung-3" in page


def test_an_answer_leads_to_its_sources_and_shows_no_marker(client):
    course = a_course(answers=answering())

    page = client.get("/").text

    assert "[S1" not in page
    assert f'href="{course.url}print/#source-S1"' in page
    assert 'id="source-S1"' in client.get(f"{course.url}print/").text


def test_an_only_course_without_answers_says_what_it_is_about(client):
    course = a_course()

    assert course.summary in client.get("/").text


def test_several_courses_are_listed_with_their_summaries(client):
    courses = [a_course(), a_course(lessons=1)]

    page = client.get("/").text

    for course in courses:
        assert f'<a href="{course.url}">{course.title}</a>' in page
        assert course.summary in page
    assert "1 lesson," in page


@pytest.mark.parametrize("others", [0, 1])
def test_whoever_comes_back_goes_on_where_they_stopped(client, others):
    course = a_course()
    for _ in range(others):
        a_course()
    first, second = lessons_of(course)
    assert "Welcome back" not in client.get("/").text
    give_first_options(client, first)

    page = client.get("/").text

    assert heading_of(page) == "Welcome back"
    assert second.title in page
    assert f'href="{second.url}"' in page
    assert "app-room app-open-2" in page


def test_whoever_has_finished_is_welcomed_like_anybody(client):
    course = a_course(lessons=1)
    give_first_options(client, lessons_of(course)[0])

    page = client.get("/").text

    assert heading_of(page) == course.title
    assert "app-room app-open-5" in page


def test_the_home_page_depends_on_the_cookie_of_who_asks(client):
    assert "Cookie" in client.get("/").headers["Vary"]


def test_the_number_of_queries_does_not_grow_with_that_of_courses(
    client, django_assert_max_num_queries
):
    for _ in range(5):
        a_course(lessons=1, questions=0)
    client.get("/")

    with django_assert_max_num_queries(12):
        page = client.get("/").text

    assert page.count("app-ways__item") == 5


@pytest.fixture
def many(monkeypatch):
    """Five courses, where two are on a page."""
    monkeypatch.setattr(front_page, "COURSES_A_PAGE", 2)
    return [a_course() for _ in range(5)]


def titles_on(page):
    return re.findall(r'app-ways__title"><a href="[^"]+">(.*?)</a>', page.text)


def test_many_courses_are_listed_in_pages(client, many):
    titles = [course.title for course in many]
    assert titles_on(client.get("/")) == titles[:2]
    assert titles_on(client.get("/?page=3")) == titles[4:]
    second = client.get("/?page=2").text
    assert "Page 2 of 3" in second
    assert 'href="?page=1" rel="prev"' in second
    assert 'href="?page=3" rel="next"' in second


@pytest.mark.parametrize("page", ["0", "-1", "99", "two", "", "1e400"])
def test_a_page_that_is_not_there_shows_one_that_is(client, many, page):
    assert titles_on(client.get("/", {"page": page}))


def test_whoever_comes_back_goes_on_whichever_page_the_course_is_on(client, many):
    first, second = lessons_of(many[4])
    give_first_options(client, first)
    page = client.get("/").text
    assert heading_of(page) == "Welcome back"
    assert second.title in page


def test_the_list_reads_no_more_for_many_courses_and_lessons(client, monkeypatch):
    monkeypatch.setattr(front_page, "COURSES_A_PAGE", 2)
    costs = []
    for lessons in (1, 6):
        for _course in range(3):
            a_course(lessons=lessons)
        client.get("/")
        statements = statements_of(client.get, "/")
        costs.append((len(statements), rows_read(lambda: client.get("/"))))
    assert costs[0] == costs[1]
    assert costs[0][1] > 2
