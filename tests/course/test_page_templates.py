"""Course and lesson as whole pages, on screen and on paper."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from tests.factories import UserFactory, a_lesson, lessons_of


class Outline(HTMLParser):
    """Collects ids, heading levels and the words of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.levels, self.links, self.text = [], [], [], ""
        self.feed(html)
        self.words = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "a":
            self.links.append(attributes["href"])

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def opened(client):
    def get(url):
        response = client.get(url)
        assert response.status_code == 200
        assert not response.cookies
        return Outline(response.text)

    return get


@pytest.fixture
def addresses(course, lesson):
    return [course.url, lesson.url, course.url + "print/", lesson.url + "print/"]


def test_ids_are_unique_and_links_within_the_page_lead_somewhere(opened, addresses):
    for address in addresses:
        page = opened(address)

        assert len(page.ids) == len(set(page.ids))
        within = {link[1:] for link in page.links if link.startswith("#")}
        assert within <= set(page.ids)


def test_no_heading_level_is_skipped(opened, addresses):
    for address in addresses:
        levels = opened(address).levels

        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_a_lesson_is_told_in_its_order(opened, lesson):
    words = opened(lesson.url).words

    parts = [
        "Lesson 1 of 2",
        "One thing to remember",
        "Not yet clinically reviewed",
        "In short",
        "If you do one thing",
        "In this lesson",
        "Words to know",
        "Questions people ask",
        "Source S1",
        "For Everyone",
        "Written by",
        "Check what you understood",
        "Next lesson",
        "Print this lesson",
    ]
    places = [words.index(part) for part in parts]
    assert places == sorted(places)


FOLD = [
    {"type": "fold", "value": {"title": "Law by law", "anchor": "law-by-law"}},
    {"type": "text", "value": "<p>One law [S1].</p>"},
    {
        "type": "care_card",
        "value": {"level": "urgent", "title": "Call", "points": ["you bleed"]},
    },
]


def a_folded_lesson(course):
    lesson = a_lesson(course)
    lesson.body = json.dumps(FOLD)
    lesson.save()
    return lesson


OPEN = re.compile(r"<details[^>]*\sopen")


def test_a_fold_holds_what_follows_but_no_care_card(client, course):
    lesson = a_folded_lesson(course)

    page = client.get(lesson.url).text
    inside = page[page.index('id="law-by-law"') :].split("</details>")[0]

    assert "One law" in inside
    assert "you bleed" in page
    assert "you bleed" not in inside


def test_everything_is_open_in_print_but_the_sources(client, course):
    lesson = a_folded_lesson(course)

    page = client.get(lesson.url + "print/").text

    closed = re.findall(r"<details[^>]*>", OPEN.sub("", page))
    assert len(closed) == 1
    assert 'id="sources"' in closed[0]
    assert not OPEN.search(client.get(lesson.url).text)


def test_an_answer_that_a_question_refers_to_is_open(client, lesson):
    entry = lesson.faq_entries.get()
    lesson.questions.update(answered_in=f"faq:{entry.handle}")

    assert OPEN.search(client.get(lesson.url).text)


def test_a_lesson_leads_to_its_neighbours_its_quiz_and_its_print_view(opened, course):
    first, second = lessons_of(course)

    assert {second.url, first.url + "quiz/1/", first.url + "print/"} <= set(
        opened(first.url).links
    )
    assert {first.url, course.url} <= set(opened(second.url).links)


def test_a_lesson_without_questions_can_be_marked_as_read(opened, course):
    lesson = a_lesson(course, questions=0)

    links = opened(lesson.url).links

    assert lesson.url + "read/" in links
    assert lesson.url + "quiz/" not in links


def test_a_reviewed_lesson_names_who_reviewed_it(opened, lesson):
    lesson.clinically_reviewed_by = "Dr Example, dermatologist"
    lesson.save()

    words = opened(lesson.url).words

    assert "Not yet clinically reviewed" not in words
    assert "Dr Example, dermatologist" in words


def test_only_sources_that_are_cited_are_listed(opened, lesson):
    ids = opened(lesson.url).ids

    assert "source-S1" in ids
    assert "source-S2" not in ids


def test_a_course_offers_its_start_and_says_no_account_is_needed(opened, course):
    page = opened(course.url)

    assert "Start the course" in page.words
    assert "About 12 minutes in total." in page.words
    assert "You do not need an account" in page.words
    assert page.words.count("Not started about 6 minutes") == 2


def test_who_is_signed_in_does_not_read_that_no_account_is_needed(client, course):
    client.force_login(UserFactory())
    page = client.get(course.url).text
    assert "You do not need an account" not in page
    assert "your answers will be saved to your account" in page


def test_a_list_of_lessons_shows_no_citation_marker(opened, course):
    assert "[S1]" not in opened(course.url).words


@pytest.mark.parametrize("deed", ["quiz/", "read/"])
def test_a_printed_page_has_nothing_to_press(opened, lesson, deed):
    assert lesson.url + deed not in opened(lesson.url + "print/").links


def test_a_printed_course_holds_every_lesson(opened, course):
    page = opened(course.url + "print/")

    assert all(lesson.title in page.words for lesson in lessons_of(course))
    assert page.words.count("Questions people ask") == 2


@pytest.mark.parametrize("page", ["course", "lesson"])
def test_a_print_view_is_kept_out_of_search_engines(client, request, page):
    address = request.getfixturevalue(page).url + "print/"

    assert '<meta name="robots" content="noindex">' in client.get(address).text


OUTLINE = {
    "lessons": [{"url": "/course/first/"}],
    "total": 5,
    "done": 2,
    "minutes_left": 30,
    "has_started": True,
    "complete": False,
    "resume_url": "/course/third/quiz/",
}


def progress_part(**changes):
    context = {"outline": {**OUTLINE, **changes}}
    return Outline(render_to_string("course/parts/course_progress.html", context))


def test_a_course_begun_goes_on_where_it_stopped():
    part = progress_part()

    assert part.links == ["/course/third/quiz/"]
    assert "Continue where you left off" in part.words
    assert "About 30 minutes left." in part.words


def test_a_finished_course_says_so_and_stays_open():
    part = progress_part(done=5, complete=True)

    assert part.links == [
        reverse("my_visit"),
        "/course/first/",
        reverse("progress"),
    ]
    assert "You have finished this course." in part.words
    assert "minutes left" not in part.words
