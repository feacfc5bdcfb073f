"""A plan as a table for people, as JSON for programs, and as stored. Pure."""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from authoring.articles.rules.flags import flags_of
from authoring.articles.rules.languages import is_right_to_left
from authoring.articles.rules.outline import outline_named, outline_names
from authoring.articles.rules.plan import (
    SET_ASIDE,
    UNPLACED,
    ArticlePlan,
    PlannedFaq,
    PlannedSection,
)
from course.rules.prose import split_words

_PLAN = TypeAdapter(ArticlePlan)


def to_payload(plan: ArticlePlan) -> dict[str, Any]:
    """Return the plan as JSON-serialisable values, to store it."""
    return _PLAN.dump_python(plan, mode="json")


def from_payload(payload: dict[str, Any]) -> ArticlePlan:
    """Return the plan stored by `to_payload`."""
    return _PLAN.validate_python(payload)


def to_json(plan: ArticlePlan) -> dict[str, Any]:
    """Return the plan as `import_article --json` prints it, with unchanged sentences."""
    return {
        "title": plan.title,
        "language": plan.language,
        "direction": "rtl" if is_right_to_left(plan.language) else "ltr",
        "outline": plan.outline,
        "reason": list(plan.reason),
        "lessons": [
            {
                "slug": lesson.slug,
                "title": lesson.title,
                "sections": [_section(part) for part in plan.sections_at(lesson.slug)],
                "words": word_count(plan, lesson.slug),
                "faq": [_entry(entry) for entry in plan.faq_at(lesson.slug)],
            }
            for lesson in plan.lessons
        ],
        "unplaced": _left(plan, UNPLACED),
        "set_aside": _left(plan, SET_ASIDE),
        "sentences": plan.counts,
        "flags": [
            {"kind": flag.kind, "sentence": flag.sentence, "why": flag.why}
            for flag in flags_of(plan)
        ],
        "warnings": list(plan.warnings),
    }


def word_count(plan: ArticlePlan, place: str) -> int:
    """Return the number of words in the sections with this place, without its FAQ."""
    return sum(
        len(split_words(sentence))
        for section in plan.sections_at(place)
        for sentence in section.sentences
    )


def _section(part: PlannedSection) -> dict[str, Any]:
    return {
        "heading": part.heading,
        "certainty": part.certainty.value,
        "sentences": list(part.sentences),
    }


def _entry(entry: PlannedFaq) -> dict[str, Any]:
    asked = {"question": entry.question, "certainty": entry.certainty.value}
    return asked | {"sentences": list(entry.sentences)}


def _left(plan: ArticlePlan, place: str) -> list[dict[str, Any]]:
    sections = [_section(s) | {"why": s.why} for s in plan.sections_at(place)]
    return sections + [_entry(entry) for entry in plan.faq_at(place)]


def _outline_title(name: str) -> str:
    """Return the title of a shipped outline, or the name of one of this site."""
    return outline_named(name).title if name in outline_names() else name


def plan_table(plan: ArticlePlan) -> Iterator[str]:
    """Yield the plan as lines of a table: part, words, flags, lesson, heading."""
    flagged = [flag.part for flag in flags_of(plan)]
    names = {lesson.slug: lesson.title for lesson in plan.lessons}
    names |= {UNPLACED: "UNPLACED", SET_ASIDE: "set aside"}
    yield f"{plan.title}"
    because = "; ".join(f"“{words}”" for words in plan.reason)
    reason = f" (because of {because})" if because else ""
    yield f"outline: {_outline_title(plan.outline)}{reason}"
    yield f"{'part':6} {'words':>6} {'flags':>6}  {'lesson':34} section or question"
    for part in plan.parts:
        length = sum(len(split_words(sentence)) for sentence in part.sentences)
        what = part.question if isinstance(part, PlannedFaq) else part.heading
        yield (
            f"{part.id:6} {length:6} {flagged.count(part.id):6}  "
            f"{names[part.place][:34]:34} {what or '(before the first heading)'}"
        )
    yield from (f"warning: {text}" for text in plan.warnings)
    counts = ", ".join(f"{name} {count}" for name, count in plan.counts.items())
    yield f"sentences: {counts}"
