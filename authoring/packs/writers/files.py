"""Convert a course to the files of a pack."""

from collections.abc import Iterator
from typing import Any

from wagtail.images.models import AbstractImage

from authoring.packs.models import LoadedPage
from authoring.packs.rules import schema
from authoring.packs.rules.reading import COURSE, GLOSSARY, OPTIONS, SOURCES
from authoring.packs.writers import entries
from authoring.packs.writers.entries import key_unless
from authoring.packs.writers.picture_files import picture_bytes, picture_file_name
from authoring.packs.writers.yaml_writing import write_yaml
from authoring.rules import content_keys
from course.models import CoursePage, LessonPage
from quizzes.models import Question
from quizzes.models.content import ReviewStatus

_HEADINGS = {"heading": "##", "fold": "###"}


def files_of_course(course: CoursePage, lessons: list[LessonPage]) -> dict[str, bytes]:
    """Return name → content for each file of the pack, including pictures."""
    pack = pack_name(course)
    texts = {
        COURSE: _course(course, pack),
        SOURCES: _list("sources", entries.of_source, course, course.sources),
        GLOSSARY: _list("terms", entries.of_term, course, course.glossary_terms),
    }
    if course.options.exists():
        texts[OPTIONS] = _options(course)
    for number, lesson in enumerate(lessons, start=1):
        texts[f"{number}-{lesson.slug}.md"] = _lesson(lesson, course, pack)
    files = {name: text.encode() for name, text in texts.items()}
    images = [image for lesson in lessons for image in pictures_in(lesson)]
    return files | {picture_file_name(image): picture_bytes(image) for image in images}


def pack_name(course: CoursePage) -> str:
    """Return the name of the pack that the course came from, or its slug.

    In any language: translations are of the same pack.
    """
    loaded = LoadedPage.objects.filter(key=course.translation_key).order_by("pk")
    packs = dict(loaded.values_list("language_code", "pack"))
    first = next(iter(packs.values()), course.slug)
    return packs.get(course.locale.language_code, first)


def pictures_in(lesson: LessonPage) -> list[AbstractImage]:
    """Return the pictures of the lesson's body, in order."""
    found = [b.value["image"] for b in lesson.body if b.block_type == "image"]
    return [image for image in found if image]


def questions_of(lesson: LessonPage) -> list[Question]:
    """Return the checked questions in order. Packs hold no others."""
    asked = lesson.questions.filter(review_status=ReviewStatus.CHECKED)
    return list(asked.order_by("sort_order"))


def _course(course, pack):
    meta = entries.of_fields(
        course,
        schema.CourseMeta,
        pack=pack,
        key=key_unless(
            course.translation_key, content_keys.derived_key(pack, "course")
        ),
        locale=course.locale.language_code,
        review=entries.of_fields(course, schema.PackReview),
    )
    return _front(meta) + _part(entries.rich_text_as_markdown(course.introduction))


def _list(name, entry_of, course, rows):
    key = course.translation_key
    return _front({name: [entry_of(row, key) for row in rows.order_by("sort_order")]})


def _options(course):
    key = course.translation_key
    return _front(
        {
            "options": [
                entries.of_treatment_option(option, key)
                for option in course.options.order_by("sort_order")
            ],
            "statements": [
                entries.of_statement(statement, key)
                for statement in course.statements.order_by("sort_order")
            ],
        }
    )


def _lesson(lesson, course, pack):
    faq = lesson.faq_entries.order_by("sort_order")
    to_ask = lesson.questions_to_ask.order_by("sort_order")
    key = lesson.translation_key
    parts = [
        *_body(lesson),
        *(_fence("faq", entries.of_faq_entry(entry, key)) for entry in faq),
        *(_fence("to-ask", entries.of_question_to_ask(row, key)) for row in to_ask),
        *(
            _fence("question", entries.of_question(question, key))
            for question in questions_of(lesson)
        ),
    ]
    return _front(_meta(lesson, course, pack)) + "".join(map(_part, parts))


def _meta(lesson, course, pack) -> dict[str, Any]:
    derived = content_keys.lesson_key(pack, lesson.slug)
    own = entries.of_fields(lesson, schema.OwnReview)
    return entries.of_fields(
        lesson,
        schema.LessonMeta,
        key=key_unless(lesson.translation_key, derived),
        review={n: value for n, value in own.items() if value != getattr(course, n)},
    )


def _body(lesson) -> Iterator[str]:
    for block in lesson.body:
        if block.block_type in _HEADINGS:
            sign, named = _HEADINGS[block.block_type], block.value
            yield f"{sign} {named['title']} {{#{named['anchor']}}}"
        elif block.block_type == "text":
            yield entries.rich_text_as_markdown(block.value.source)
        else:
            name = block.block_type.replace("_", "-")
            yield _fence(name, entries.of_block(block.block, block.value))


def _front(data):
    return f"---\n{write_yaml(data)}---\n"


def _fence(name, data):
    """Return the block, fenced with more backticks than it contains."""
    inside = write_yaml(data)
    ticks = "```"
    while ticks in inside:
        ticks += "`"
    return f"{ticks}{name}\n{inside}{ticks}"


def _part(text):
    return f"\n{text}\n" if text else ""
