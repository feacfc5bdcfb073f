"""The changes that an author can make to a plan. Each keeps every sentence. Pure."""

from collections.abc import Callable
from dataclasses import replace

from authoring.articles.rules.document import Certainty
from authoring.articles.rules.plan import (
    SET_ASIDE,
    UNPLACED,
    ArticlePlan,
    PlannedFaq,
    PlannedLesson,
    PlannedSection,
    slug_for_lesson,
)
from course.rules.free_names import free_name
from course.rules.prose import split_line

EXCLUDED = "left out by the author"


class UnableToEdit(Exception):
    """The change cannot be made to this plan; the message says why."""


def move_part(plan: ArticlePlan, part: str, place: str) -> ArticlePlan:
    """Return the plan with the section or question moved to another place.

    The place is a lesson's slug, UNPLACED or SET_ASIDE. Raises UnableToEdit if there is
    no such place.
    """
    if place not in {UNPLACED, SET_ASIDE, *(lesson.slug for lesson in plan.lessons)}:
        raise UnableToEdit(f"There is no lesson “{place}”.")
    why = EXCLUDED if place == SET_ASIDE else ""
    moved = _changed(
        plan,
        part,
        lambda held: (
            held if held.place == place else replace(held, place=place, why=why)
        ),
    )
    faq = tuple(
        replace(entry, place=place) if entry.id == part else entry for entry in plan.faq
    )
    return replace(moved, faq=faq)


def rename_section(plan: ArticlePlan, part: str, heading: str) -> ArticlePlan:
    """Return the plan with a new heading for the section."""
    return _changed(plan, part, lambda held: replace(held, heading=heading.strip()))


def rename_lesson(plan: ArticlePlan, slug: str, title: str) -> ArticlePlan:
    """Return the plan with a new title for the lesson. A blank title changes nothing."""
    lessons = tuple(
        replace(lesson, title=title.strip() or lesson.title)
        if lesson.slug == slug
        else lesson
        for lesson in plan.lessons
    )
    return replace(plan, lessons=lessons)


def rename_course(plan: ArticlePlan, title: str) -> ArticlePlan:
    """Return the plan with a new title. A blank title changes nothing."""
    return replace(plan, title=title.strip() or plan.title)


def merge_with_previous(plan: ArticlePlan, part: str) -> ArticlePlan:
    """Return the plan with the section's blocks added to the section above it.

    The section's heading is dropped. Raises UnableToEdit if it is the first section of
    its lesson.
    """
    own = section_of(plan, part)
    earlier = plan.sections_at(own.place)
    before = earlier[earlier.index(own) - 1] if earlier[0] != own else None
    if before is None:
        raise UnableToEdit(f"“{own.name}” is the first section of its lesson.")
    joined = replace(before, blocks=before.blocks + own.blocks)
    kept = (joined if held == before else held for held in plan.sections if held != own)
    return replace(plan, sections=tuple(kept))


def split_section(plan: ArticlePlan, part: str, after: int) -> ArticlePlan:
    """Return the plan with the section split after block number `after`.

    The second half has no heading. Raises UnableToEdit if a half would be empty.
    """
    own = section_of(plan, part)
    if not 0 < after < len(own.blocks):
        raise UnableToEdit(
            f"“{own.name}” cannot be split after paragraph {after}. It has "
            f"{len(own.blocks)} paragraphs."
        )
    first = replace(own, blocks=own.blocks[:after])
    second = replace(
        own, id=_free_id(plan, part), heading="", blocks=own.blocks[after:]
    )
    place = plan.sections.index(own)
    halves = (*plan.sections[:place], first, second, *plan.sections[place + 1 :])
    return replace(plan, sections=halves)


def make_question(plan: ArticlePlan, part: str) -> ArticlePlan:
    """Return the plan with the section as a question: its heading, answered by its text.

    Raises UnableToEdit if it has no heading.
    """
    own = section_of(plan, part)
    if not own.heading:
        raise UnableToEdit(
            f"“{own.name}” has no heading. Write the question as its heading first."
        )
    asked = PlannedFaq(own.id, own.heading, own.blocks, Certainty.SURE, own.place)
    kept = tuple(held for held in plan.sections if held != own)
    total = plan.total + len(split_line(own.heading))
    return replace(plan, sections=kept, faq=(*plan.faq, asked), total=total)


def make_section(plan: ArticlePlan, part: str) -> ArticlePlan:
    """Return the plan with the question as the last section of its lesson.

    Raises UnableToEdit if there is no such question.
    """
    own = next((entry for entry in plan.faq if entry.id == part), None)
    if own is None:
        raise UnableToEdit(
            "This question is not in the plan. The plan has been changed."
        )
    section = PlannedSection(
        own.id, own.question, 2, own.answer, Certainty.SURE, own.place
    )
    after = [n for n, held in enumerate(plan.sections, 1) if held.place == own.place]
    cut = after[-1] if after else len(plan.sections)
    return replace(
        plan,
        sections=(*plan.sections[:cut], section, *plan.sections[cut:]),
        faq=tuple(entry for entry in plan.faq if entry != own),
        total=plan.total - len(split_line(own.question)),
    )


def add_lesson(plan: ArticlePlan, title: str) -> ArticlePlan:
    """Return the plan with an empty lesson added at the end."""
    lesson = PlannedLesson(slug_for_lesson(title, plan.lessons), title.strip())
    return replace(plan, lessons=(*plan.lessons, lesson))


def remove_lesson(plan: ArticlePlan, slug: str) -> ArticlePlan:
    """Return the plan without the lesson. Its sections and questions become unplaced."""
    for part in plan.parts:
        if part.place == slug:
            plan = move_part(plan, part.id, UNPLACED)
    kept = tuple(lesson for lesson in plan.lessons if lesson.slug != slug)
    return replace(plan, lessons=kept)


def section_of(plan: ArticlePlan, part: str) -> PlannedSection:
    """Return the section with this id. Raises UnableToEdit if there is none."""
    found = next((held for held in plan.sections if held.id == part), None)
    if found is None:
        raise UnableToEdit(
            "This section is not in the plan. The plan has been changed."
        )
    return found


def _changed(
    plan: ArticlePlan, part: str, change: Callable[[PlannedSection], PlannedSection]
) -> ArticlePlan:
    sections = (change(held) if held.id == part else held for held in plan.sections)
    return replace(plan, sections=tuple(sections))


def _free_id(plan: ArticlePlan, part: str) -> str:
    return free_name(part, {held.id for held in plan.parts})
