"""Every text of a course becomes a segment for translators, and nothing else does."""

import copy
import json

import pytest
from django.core.management import call_command
from wagtail_factories import ImageFactory
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import ingest_segments
from wagtail_localize.strings import StringValue

from course.blocks.draftail import normal_form
from course.blocks.examples import EXAMPLES
from course.models import CoursePage, LessonPage
from course.rules.block_fields import BLOCK_FIELDS
from course.rules.content_fields import TRANSLATED, fields_used
from quizzes.models import Question
from tests.content.conftest import FOLDERS
from tests.factories import a_course, lessons_of

pytestmark = pytest.mark.django_db
MARK = "¶"


@pytest.fixture
def shipped():
    call_command("load_course", str(FOLDERS[0]), verbosity=0)
    return [*CoursePage.objects.all(), *LessonPage.objects.all()]


def marked(segment):
    if not isinstance(segment, StringSegmentValue):
        return segment
    text = StringValue(MARK + segment.string.data)
    return StringSegmentValue(
        segment.path, text, attrs=segment.attrs, order=segment.order
    )


def translated(page):
    """Return the page with a mark at the beginning of each of its segments."""
    other = copy.copy(page)
    segments = [marked(segment) for segment in extract_segments(page)]
    copy_synchronised_fields(page, other)
    ingest_segments(page, other, page.locale, page.locale, segments)
    return other


def content_of(page):
    return json.loads(page.to_json())


STREAMS = {"body", "in_short", "answers", "options", "fits"}


def leaves(value, path=(), name=""):
    """Yield path and name → value of everything that is no list or dictionary.

    The name has types of blocks instead of places and ids.
    """
    if isinstance(value, str) and value[:1] == "[" and name.split(".")[-1] in STREAMS:
        value = json.loads(value)
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from leaves(part, (*path, place), name)
    elif isinstance(value, dict) and {"type", "value"} <= value.keys():
        of_type = name if value["type"] == "item" else f"{name}.{value['type']}"
        yield from leaves(value["value"], path, of_type)
        yield (*path, "id"), f"{of_type} id", value.get("id")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key), f"{name}.{key}".lstrip("."))
    else:
        yield path, name, value


def content_across(page):
    """Return path and name → value, before and after everything was translated."""
    before = {(path, name): value for path, name, value in leaves(content_of(page))}
    after = {
        (path, name): value
        for path, name, value in leaves(content_of(translated(page)))
    }
    return before, after


def unmarked(content):
    return {
        place: value.replace(MARK, "") if isinstance(value, str) else value
        for place, value in content.items()
    }


def names_of_changes(before, after):
    """Return the names of all places in the body that have changed."""
    changed = {place[1] for place, value in after.items() if value != before[place]}
    return {name for name in changed if name.startswith("body.")}


BODY = {
    # As the blocks of Wagtail name them.
    "body."
    + {"table.columns": "table.columns.heading", "table.rows": "table.rows.values"}.get(
        name, name
    )
    for name, use in BLOCK_FIELDS.items()
    if use
} - {"body.image.alt", "body.image.caption"}
OTHER_STREAMS = {
    "in_short.point",
    "answers.answer.question",
    "answers.answer.answer",
    "answers.answer.text",
    "options.option.text",
    "options.option.match",
    "options.option.feedback",
    "statements.fits.fit.reason",
}


def texts_of(page):
    """Return the names of all that translators should find in the page."""
    found = set(BODY) | OTHER_STREAMS
    for name in fields_used(page, TRANSLATED):
        field = page._meta.get_field(name)
        own = fields_used(field.related_model, TRANSLATED) if field.one_to_many else ()
        found |= {f"{name}.{child}" for child in own} or {name}
    prefix = {f"questions.{name}" for name in OTHER_STREAMS if name[:7] == "options"}
    return found | prefix


def has_text(value):
    return isinstance(value, str) and any(letter.isalpha() for letter in value)


@pytest.mark.sweep
def test_the_shipped_course_comes_back_whole_from_translation(shipped):
    for page in shipped:
        before, after = content_across(page)
        assert unmarked(after) == before
        marked_ones = {place for place in after if after[place] != before[place]}
        texts = texts_of(page)
        assert {name for _path, name in marked_ones} <= texts
        assert not {
            place
            for place, value in before.items()
            if place[1] in texts and has_text(value) and place not in marked_ones
        }


def a_lesson_with_every_block():
    body = [{"type": name, "value": plain(value)} for name, value in EXAMPLES.items()]
    body[[block["type"] for block in body].index("text")]["value"] = PROSE
    [lesson] = lessons_of(a_course(lessons=1))
    blocks = LessonPage.body.field.stream_block
    # With the ids that the editor gives to blocks and to items of lists.
    whole = [block.get_prep_value() for block in blocks.to_python(body)]
    lesson.body = json.dumps(whole)
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def plain(value):
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value if isinstance(value, int) else str(value) or "Now"


PROSE = normal_form(
    "<p>About 10<sup>6</sup> cells, <b>not more</b> [S1], as "
    '<a href="https://example.org/a.b">the study</a> says.</p>'
    "<ul><li>One<ul><li>Within one</li></ul></li><li>CO<sub>2</sub></li></ul>"
)


def test_every_block_gives_its_texts_and_nothing_else():
    page = a_lesson_with_every_block()
    before, after = content_across(page)
    assert unmarked(after) == before
    assert names_of_changes(before, after) == BODY


def test_superscripts_and_links_do_not_cut_a_sentence():
    page = a_lesson_with_every_block()
    strings = [
        segment.string.data
        for segment in extract_segments(page)
        if isinstance(segment, StringSegmentValue)
    ]
    assert (
        'About 10<sup>6</sup> cells, <b>not more</b> [S1], as <a id="a1">the study</a> '
        "says."
    ) in strings
    assert {"One", "Within one", "CO<sub>2</sub>"} <= set(strings)


def test_a_picture_gives_its_description_and_its_caption():
    shown = {"image": ImageFactory().pk, "alt_text": "A scalp", "decorative": False}
    value = {"image": shown, "caption": "From a study [S1]"}
    [lesson] = lessons_of(a_course(lessons=1))
    lesson.body = json.dumps([{"type": "image", "id": "a", "value": value}])
    lesson.save()
    page = LessonPage.objects.get(pk=lesson.pk)
    before, after = content_across(page)
    assert unmarked(after) == before
    assert names_of_changes(before, after) == {
        "body.image.image.alt_text",
        "body.image.caption",
    }


def table(rows):
    return {
        "caption": "Side by side",
        "columns": [{"type": "text", "heading": name} for name in ("Option", "Harm")],
        "rows": [{"values": row} for row in rows],
    }


def places_in(rows):
    block = LessonPage.body.field.stream_block.child_blocks["table"]
    return [
        s.path for s in block.get_translatable_segments(block.to_python(table(rows)))
    ]


def test_a_row_that_is_added_moves_no_translation():
    before = places_in([["A", "Not known"], ["B", "Not known"]])
    after = places_in([["A", "Not known"], ["C", "Rare"], ["B", "Not known"]])
    assert len(set(before)) == len(before)
    assert set(before) < set(after)


def test_a_figure_that_answers_a_question_is_no_text():
    options = [
        {"type": "option", "id": text, "value": {"text": text, "right": True}}
        for text in ("12", "12 months")
    ]
    question = Question(stem="How many?", options=json.dumps(options))
    found = [s.string.data for s in extract_segments(question)]
    assert found == ["How many?", "12 months"]
