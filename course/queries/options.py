"""Queries on what readers choose between, and on what may matter to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from course.models import CoursePage, Source, TreatmentOption, ValueStatement
from course.rules.chances import Chance, read_chance
from course.rules.content_fields import CITING, fields_used
from course.rules.markers import handles_in
from page_cache.memory import recall_part


@dataclass(frozen=True)
class OptionFigure:
    """How many of 100 an option helps or harms, and how many without it.

    Both are None if not known. If `is_more`, `chance` is the difference.
    """

    chance: Chance | None
    without: Chance | None
    is_more: bool


def course_options(course: CoursePage) -> list[TreatmentOption]:
    """Return the options of the course, in the authors' order, in one query."""
    name = ("options", course.pk)
    return recall_part(name, lambda: _in_order(course.options.all()))


def options_shown(course: CoursePage, blocks: Iterable) -> list[TreatmentOption]:
    """Return the options of the course if a block shows them; no query if none does."""
    shows = any(block.block_type == "options_table" for block in blocks)
    return course_options(course) if shows else []


def course_statements(course: CoursePage) -> list[ValueStatement]:
    """Return what may matter to readers of the course, in order, in one query."""
    name = ("statements", course.pk)
    return recall_part(name, lambda: _in_order(course.statements.all()))


def _in_order(children):
    return sorted(children, key=lambda child: child.sort_order or 0)


def option_figure(option: TreatmentOption, side: str) -> OptionFigure:
    """Return the figure for a side of the option, “benefit” or “harm”."""
    chance, without = (
        read_chance(getattr(option, f"{side}_{name}")) for name in ("chance", "without")
    )
    return OptionFigure(chance, without, getattr(option, f"{side}_is_more"))


def texts_of_options(options: Iterable[TreatmentOption]) -> str:
    """Return all texts of the options that may cite sources."""
    names = fields_used(TreatmentOption, CITING)
    return " ".join(getattr(option, name) for option in options for name in names)


def sources_of_options(
    course: CoursePage, options: Iterable[TreatmentOption]
) -> list[Source]:
    """Return what the options cite or name for their evidence, in one query."""
    options = list(options)
    cited = handles_in(texts_of_options(options))
    cited += [handle for option in options for handle in option.source_list]
    found = {s.handle: s for s in course.sources.filter(handle__in=cited)}
    return [found[handle] for handle in dict.fromkeys(cited) if handle in found]


@dataclass(frozen=True)
class OptionThatFits:
    """Why an option fits what a statement says."""

    option: TreatmentOption
    reason: str


@dataclass(frozen=True)
class StatementWithFits:
    """A statement, and the options of the course that fit it, in its order."""

    statement: ValueStatement
    fits: list[OptionThatFits]


def statements_with_fits(course: CoursePage) -> list[StatementWithFits]:
    """Return each statement with the options that fit it, in 2 queries.

    An option that the course no longer has is left out.
    """
    known = {option.handle: option for option in course_options(course)}
    return [
        StatementWithFits(statement, _fits(statement, known))
        for statement in course_statements(course)
    ]


def _fits(statement: ValueStatement, known: Mapping[str, TreatmentOption]):
    named = ((block.value["option"], block.value["reason"]) for block in statement.fits)
    return [
        OptionThatFits(known[handle], reason)
        for handle, reason in named
        if handle in known
    ]


def reasons_for(
    option: TreatmentOption, statements: Iterable[StatementWithFits]
) -> list[tuple[ValueStatement, str]]:
    """Return each statement that the option fits, with the reason."""
    return [
        (each.statement, fit.reason)
        for each in statements
        for fit in each.fits
        if fit.option.handle == option.handle
    ]
