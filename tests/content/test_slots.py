"""What every lesson must hold, and where."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from authoring.packs.queries.wording import opening_texts, split_sections
from authoring.packs.rules.content import PackBlock, texts_in
from authoring.packs.rules.document import PackHeading, Prose
from authoring.packs.rules.items import question_in_pack
from course.rules.markers import handles_in
from quizzes.rules.item_rules import find_item_faults

SUBJECT = {
    "en": frozenset(
        ["cell", "cells", "stem", "hair", "loss", "treatment", "treatments", "lesson"]
    ),
    "es": frozenset(
        ["célula", "células", "madre", "cabello", "caída", "tratamiento", "lección"]
    ),
}
REGULATED = ["procedure", "risks", "alternatives"]
REGULATION = re.compile(
    r"\b(not|no)\b[^.]*\bapproved\b|\bunapproved\b"
    r"|\b(no|ningún)\b[^.]*\baprobad[oa]s?\b",
    re.IGNORECASE,
)
REGION = re.compile(
    r"\b(US|EU|FDA|EMA|United States|European Union|Estados Unidos|Unión Europea)\b"
)
FIGURE = re.compile(r"\b\d+\b")
NUMBERED = re.compile(r"\b\d+ (?:out of|in) 100\b|\d\s?%")


def blocks(lesson, name):
    fences = [piece for piece in lesson.body if isinstance(piece, PackBlock)]
    return [block for block in fences if block.name == name]


def test_key_terms_come_first(lesson):
    first = lesson.body[0]
    assert isinstance(first, PackBlock), f"{lesson.file}: begin with key-terms"
    assert first.name == "key-terms", f"{lesson.file}: begin with key-terms"


@pytest.mark.parametrize("name", ["unknowns", "next-steps"])
def test_it_has_the_required_block(lesson, name):
    assert blocks(lesson, name), f"{lesson.file}: the block “{name}” is missing"


def test_it_answers_three_questions_at_least(lesson):
    assert len(lesson.faq) >= 3, f"{lesson.file}: {len(lesson.faq)} FAQ entries"


def test_regulation_stands_in_the_first_screen(lesson):
    """In what stands before the second heading, for lessons that need it."""
    if lesson.meta.slug not in REGULATED:
        return
    first = [
        piece for section in split_sections(lesson)[:2] for piece in section.pieces
    ]
    shown = [wording.text for wording in opening_texts(lesson)]
    shown += [text for piece in first for text in _all_text(piece)]
    shown = [text for text in shown if REGION.search(text)]
    assert any(REGULATION.search(text) for text in shown), (
        f"{lesson.file}: say before the second heading that it is not approved, and "
        "where (US, EU)"
    )


def _all_text(piece):
    if isinstance(piece, Prose):
        return [piece.markdown]
    return [text for _path, text in texts_in(piece.value)]


def test_every_section_with_prose_cites_a_source(lesson):
    bare = []
    for section in split_sections(lesson):
        if not any(isinstance(piece, Prose) for piece in section.pieces):
            continue
        shown = " ".join(text for piece in section.pieces for text in _all_text(piece))
        cited = any(getattr(p, "name", "") == "citation" for p in section.pieces)
        if not cited and not handles_in(shown):
            bare.append(
                f"{lesson.file}:{section.line}: “{section.title}” cites nothing"
            )
    assert not bare, "\n" + "\n".join(bare)


def test_no_treatment_is_an_option_like_the_others(lesson):
    """A table whose first column holds options has them all filled in alike."""
    for block in blocks(lesson, "table"):
        rows = {row[0].lower(): row for row in block.value.rows}
        empty = [name for name, row in rows.items() if not all(row)]
        assert not empty, f"{lesson.file}:{block.line}: empty cells: {', '.join(empty)}"
        if re.search(r"\b(option|opción)", block.value.columns[0], re.I):
            assert rows.keys() & {"no treatment", "sin tratamiento"}, (
                f"{lesson.file}:{block.line}: no treatment?"
            )


def test_the_last_lesson_compares_the_options(lesson):
    if lesson.meta.slug == "alternatives":
        extents = [block.value.extent for block in blocks(lesson, "options-table")]
        assert sorted(extents) == ["short", "whole"], f"{lesson.file}: the two tables"


def test_icon_arrays_say_their_numbers_in_words(lesson):
    for block in blocks(lesson, "icon-array"):
        missing = [
            group.count
            for group in block.value.groups
            if not re.search(rf"\b{group.count}\b", block.value.meaning)
        ]
        assert not missing, f"{lesson.file}:{block.line}: “meaning” lacks {missing}"


def test_a_picture_stands_where_everybody_sees_it(lesson):
    shown, is_folded = [], False
    for piece in lesson.body:
        is_folded = getattr(piece, "folds", is_folded)
        shown += [] if is_folded else [piece]
    assert any(getattr(piece, "name", "") == "illustration" for piece in shown)


def test_drawings_show_no_figure_that_their_description_lacks(lesson):
    for block in blocks(lesson, "illustration"):
        template = f"course/illustrations/{block.value.drawing}.html"
        drawn = FIGURE.findall(strip_tags(render_to_string(template)))
        missing = set(drawn) - set(FIGURE.findall(block.value.description))
        assert not missing, f"{lesson.file}:{block.line}: not described: {missing}"


def test_each_point_of_a_do_not_list_says_so(lesson):
    for block in blocks(lesson, "do-list"):
        if block.value.kind == "do-not":
            bad = [p for p in block.value.points if not p.lower().startswith("do not")]
            assert not bad, f"{lesson.file}:{block.line}: begin with “do not”: {bad}"


def test_headings_say_something(lesson):
    vague = {"overview", "introduction", "background", "summary", "more information"}
    for piece in lesson.body:
        if isinstance(piece, PackHeading):
            assert piece.title.lower() not in vague, f"{lesson.file}:{piece.line}"


def test_questions_follow_the_rules_of_item_writing(lesson, language):
    lines = {block.value.id: block.line for block in lesson.questions}
    found = [
        f"{lesson.file}:{lines[finding.handle]}: {finding.handle}: [{finding.rule}] "
        f"{finding.reason}"
        for finding in find_item_faults(
            map(question_in_pack, lesson.items), subject=SUBJECT[language]
        )
    ]
    assert not found, "\n" + "\n".join(found)


def test_critical_questions_rest_on_a_passage(lesson):
    for block in lesson.questions:
        assert block.value.answered_in, f"{lesson.file}:{block.line}"
