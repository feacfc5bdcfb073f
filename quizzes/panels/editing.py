"""What the editor shows authors about each question, read once per page."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from course.models import LessonPage
from course.queries import course_of
from quizzes.forms.publishing import draft_of
from quizzes.kinds import KINDS
from quizzes.models import Question
from quizzes.queries.statistics import QuestionStatistics, recent_of_lesson
from quizzes.rules.question_kind import OPTION_PARTS, SPECIAL_FIELDS, Flaw
from quizzes.rules.question_validation import find_flaws


@dataclass(frozen=True)
class QuestionContext:
    """What is needed to validate the questions of a lesson, and their statistics."""

    sources: frozenset[str]
    places: frozenset[str]
    statistics: dict[str, QuestionStatistics]
    answered: frozenset[str]


@dataclass(frozen=True)
class QuestionState:
    """What to show about a question. `statistics` is None if too few have answered."""

    to_fix: tuple[str, ...] = ()
    statistics: QuestionStatistics | None = None
    is_answered: bool = False

    @property
    def in_short(self) -> str:
        if not self.statistics:
            return ""
        return _("%(right)d%% right of %(people)d") % {
            "right": self.statistics.right,
            "people": self.statistics.people,
        }


def facts_of(lesson: LessonPage) -> QuestionContext:
    """Return the context of a lesson's questions, in a fixed number of queries."""
    sources = course_of(lesson).sources.values_list("handle", flat=True)
    statistics = recent_of_lesson(lesson.translation_key)
    return QuestionContext(
        sources=frozenset(sources),
        places=places_in_lesson(lesson),
        statistics={key: one for key, one in statistics.items() if one},
        answered=frozenset(statistics),
    )


def places_in_lesson(lesson: LessonPage) -> frozenset[str]:
    """Return the passages that questions of the lesson may name as their answer."""
    headings = [b for b in lesson.body if b.block_type == "heading"]
    anchors = {f"#{heading.value['anchor']}" for heading in headings}
    entries = {f"faq:{entry.handle}" for entry in lesson.faq_entries.all()}
    return frozenset(anchors | entries)


def lesson_of(question: Question) -> LessonPage | None:
    """Return the question's lesson, or None if the question is just being added."""
    try:
        lesson = question.lesson
    except ObjectDoesNotExist:
        return None
    return lesson if lesson and lesson.pk else None


def state_of(form, facts: QuestionContext) -> QuestionState:
    """Return what to show about the question in the form."""
    question = form.instance
    draft = draft_of(form) if form.is_bound else question.frozen()
    known = facts.statistics.get(str(question.translation_key))
    return QuestionState(
        to_fix=tuple(
            describe_flaw(flaw)
            for flaw in find_flaws(draft, sources=facts.sources, places=facts.places)
        ),
        statistics=known,
        is_answered=str(question.translation_key) in facts.answered,
    )


def fields_by_kind() -> dict[str, dict[str, Any]]:
    """Return kind → its texts, and the fields and option parts that it does not use."""
    return {
        name: {
            "label": _(kind.label),
            "help": _(kind.for_authors),
            "unused": sorted(
                SPECIAL_FIELDS - kind.question_fields
                | {f"options-{part}" for part in OPTION_PARTS - kind.option_fields}
            ),
        }
        for name, kind in KINDS.items()
    }


def describe_flaw(flaw: Flaw) -> str:
    """Return what to fix, in words for authors."""
    fix = _(flaw.fix) % {"what": flaw.what}
    if flaw.option:
        return _("Option %(number)d: %(fix)s") % {"number": flaw.option, "fix": fix}
    return fix[:1].upper() + fix[1:]
