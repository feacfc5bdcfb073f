"""A list of lessons is shown in few groups, whole and in order."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.presenters.lesson_groups import group_lessons
from quizzes.queries.outline import CourseOutline, CourseOutlineLesson

STATES = ("not-started", "started", "again", "done")


def an_outline(states):
    lessons = [
        CourseOutlineLesson(
            key=str(place),
            title=f"Lesson {place}",
            summary="",
            url=f"/{place}/",
            minutes=5,
            position=place,
            question_count=1,
            is_paused=False,
            state=state,
        )
        for place, state in enumerate(states, start=1)
    ]
    return CourseOutline(SimpleNamespace(pk=1), "/", lessons, [])


def lessons_in(group):
    return (group.next,) if group.next else group.shared.lessons


@given(st.lists(st.sampled_from(STATES), max_size=40))
def test_every_lesson_is_shown_once_and_in_order(states):
    outline = an_outline(states)
    shown = [lesson for g in group_lessons(outline) for lesson in lessons_in(g)]
    assert shown == outline.lessons


@given(st.lists(st.sampled_from(STATES), max_size=40))
def test_a_shared_group_has_lessons_of_one_state(states):
    for group in group_lessons(an_outline(states)):
        assert len({lesson.state for lesson in lessons_in(group)}) == 1


@pytest.mark.parametrize("done", [1, 7, 100, 199])
def test_the_next_lesson_stands_alone_and_two_hundred_need_few_groups(done):
    outline = an_outline(["done"] * done + ["not-started"] * (200 - done))
    groups = group_lessons(outline)
    assert [g.next for g in groups if g.next] == [outline.lessons[done]]
    assert len(groups) <= 16


def test_all_of_a_course_that_nobody_began_is_one_group():
    assert len(group_lessons(an_outline(["not-started"] * 200))) == 1
