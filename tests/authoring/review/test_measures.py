"""The figures of a course, as a command and for each lesson."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from authoring.review.queries.measures import has_own_page, measure_lesson
from course.models import LessonPage
from tests.content.conftest import FOLDERS
from tests.factories import a_lesson

pytestmark = pytest.mark.django_db
FOLD = {"type": "fold", "value": {"title": "More", "anchor": "more"}}


def a_text(words):
    return {"type": "text", "value": f"<p>{' '.join(['hair'] * words)} [S1].</p>"}


def measured(slug, *options):
    out = StringIO()
    call_command("measure_course", slug, *options, stdout=out)
    return out.getvalue()


def with_body(course, *blocks):
    lesson = a_lesson(course)
    lesson.body = json.dumps(blocks)
    lesson.save()
    return LessonPage.objects.get(pk=lesson.pk)


def test_what_is_folded_does_not_count_for_length(course):
    bare = measure_lesson(with_body(course))
    shown = measure_lesson(with_body(course, a_text(300)))
    folded = measure_lesson(with_body(course, FOLD, a_text(300)))

    assert shown.words == bare.words + 300
    assert folded.words == bare.words + 1
    assert shown.minutes == pytest.approx(bare.minutes + 2, abs=0.1)
    assert shown.phone_heights > folded.phone_heights
    assert shown.citations == bare.citations + 1


def test_the_shipped_course_keeps_its_limits():
    call_command("load_course", str(FOLDERS[0]), stdout=StringIO())

    figures = json.loads(measured(FOLDERS[0].name, "--json"))

    assert figures["minutes"] <= 35
    assert [x["lesson"] for x in figures["lessons"] if x["phone_heights"] > 8] == []
    shares = figures["guessing"]
    assert len(shares) == 5
    assert max(shares.values()) <= figures["guessing_limit"] == 0.45
    assert all(lesson["dale_chall"] > 5 for lesson in figures["lessons"])


def test_each_source_says_if_its_link_leads_to_its_own_page(course):
    course.sources.filter(handle="S1").update(url="https://www.fda.gov")

    first, second = json.loads(measured(course.slug, "--json"))["sources"]

    assert (first["id"], first["has_own_page"]) == ("S1", False)
    assert (second["url"], second["last_seen"]) == ("", None)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.fda.gov", False),
        ("https://www.fda.gov/", False),
        ("", False),
        ("https://doi.org/10.1/x", True),
    ],
)
def test_a_home_page_is_not_a_page_of_its_own(url, expected):
    assert has_own_page(url) is expected


def test_the_command_shows_a_line_for_each_lesson(course):
    shown = measured(course.slug)

    assert shown.count("phone screens") == 2
    assert "Course: " in shown


def test_a_course_that_does_not_exist_is_named():
    with pytest.raises(CommandError, match="no-such-course"):
        measured("no-such-course")
