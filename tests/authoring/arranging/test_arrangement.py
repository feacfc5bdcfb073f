"""The outline as it is read from a page, and what its buttons do to it."""

import uuid

import pytest

from authoring.arranging.rules.arrangement import (
    ArrangedEntry,
    ArrangedLesson,
    Rearrangement,
    move_by_one,
    move_to_lesson,
    read_arrangement,
)


def a_question(lesson, name, **fields):
    return ArrangedEntry("question", lesson, name, name, name.title(), **fields)


def an_entry(lesson, name):
    return ArrangedEntry("faq", lesson, name, name, name.title())


def three_lessons(**of_second):
    held = (
        [a_question(1, "a"), a_question(1, "b"), an_entry(1, "x")],
        [],
        [a_question(3, "c")],
    )
    lessons = [
        ArrangedLesson(number, uuid.uuid4(), f"Lesson {number}", tuple(entries))
        for number, entries in enumerate(held, start=1)
    ]
    lessons[1] = ArrangedLesson(2, lessons[1].key, "Lesson 2", (), **of_second)
    return tuple(lessons)


def keys(lessons):
    return [(lesson.pk, "".join(e.key for e in lesson.entries)) for lesson in lessons]


def marks(lessons):
    return [
        mark
        for lesson in lessons
        for mark in (lesson.mark, *(entry.mark for entry in lesson.entries))
    ]


def test_what_a_page_posts_is_the_arrangement_that_it_shows():
    now = three_lessons()
    wanted = move_to_lesson(now, [now[0].entries[0].mark], 2)

    assert read_arrangement(now, marks(wanted)) == wanted


def test_what_is_not_named_stays_and_what_is_unknown_is_left_out():
    posted = ["question-1-a", "lesson-3", "question-9-z", "question-1-b", "nonsense"]

    assert keys(read_arrangement(three_lessons(), posted)) == [
        (3, "bc"),
        (1, "ax"),
        (2, ""),
    ]


@pytest.mark.parametrize(
    ("mark", "step", "expected"),
    [
        ("question-1-a", 1, ["bax", "", "c"]),
        ("question-1-a", -1, ["abx", "", "c"]),
        ("question-1-b", 1, ["ax", "b", "c"]),
        ("question-3-c", -1, ["abx", "c", ""]),
        ("question-3-c", 1, ["abx", "", "c"]),
        ("faq-1-x", 1, ["ab", "x", "c"]),
    ],
)
def test_an_arrow_moves_an_entry_within_its_lesson_and_then_to_the_next(
    mark, step, expected
):
    moved = move_by_one(three_lessons(), mark, step)

    assert [held for _pk, held in keys(moved)] == expected


def test_an_arrow_passes_over_a_lesson_that_cannot_change():
    now = three_lessons(why_fixed="Locked.")

    assert keys(move_by_one(now, "question-1-b", 1))[2] == (3, "bc")
    assert move_to_lesson(now, ["question-1-b"], 2) == now


def test_an_arrow_moves_a_lesson_with_all_it_holds():
    assert [pk for pk, _held in keys(move_by_one(three_lessons(), "lesson-1", 1))] == [
        2,
        1,
        3,
    ]


def change_of(first, *moved):
    """Return what moving these entries of the first lesson to the third changes."""
    lessons = three_lessons()
    now = (lessons[0].with_entries(first), *lessons[1:])
    return Rearrangement(now, move_to_lesson(now, [entry.mark for entry in moved], 3))


def test_a_question_keeps_its_passage_only_if_that_moves_along():
    entry = an_entry(1, "x")
    by_entry = a_question(1, "a", answered_in="faq:x")
    by_text = a_question(1, "b", answered_in="#part")
    all_of_it = [by_entry, by_text, entry]

    assert change_of(all_of_it, by_entry, entry).losing_passage == []
    assert change_of(all_of_it, by_entry).losing_passage == [by_entry]
    assert change_of(all_of_it, by_text).losing_passage == [by_text]
    assert change_of(all_of_it, entry).losing_where_they_are == [by_entry]


def test_an_entry_with_the_same_id_in_the_lesson_collides():
    same = ArrangedEntry("question", 1, "key", "c", "Another")
    as_entry = ArrangedEntry("faq", 1, "key", "c", "An entry")

    [collision] = change_of([same], same).collisions
    assert collision.entry == same
    assert list(change_of([as_entry], as_entry).collisions) == []
