"""Find what to fix before a question can be asked. Pure.

Kinds check options and feedback. The rules here apply to all kinds.
"""

import re
from collections.abc import Collection, Iterator

from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenQuestion
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw


def split_sources(text: str) -> tuple[str, ...]:
    """Return the ids of sources that an author typed, in order."""
    return tuple(re.findall(r"[^\s,;\[\]]+", text))


def find_flaws(
    draft: FrozenQuestion, *, sources: Collection[str], places: Collection[str] | None
) -> list[Flaw]:
    """Return what to fix, in the order of the fields. Any text may be missing.

    `sources` are the ids of the course's sources. `places` are the passages of the
    lesson as in `answered_in`, or None if they are not known.
    """
    return [
        *_of_question(draft),
        *_of_kind(draft),
        *_of_sources(draft, sources),
        *_of_passage(draft, places),
    ]


def _of_question(draft: FrozenQuestion) -> Iterator[Flaw]:
    if not draft.kind:
        yield Flaw("kind", _("choose a kind of question."))
    if not draft.stem.strip():
        yield Flaw("stem", _("enter the question."))


def _of_kind(draft: FrozenQuestion) -> Iterator[Flaw]:
    if not draft.kind:
        return
    kind = kind_of(draft)
    yield from kind.problems(draft)
    yield from kind.option_flaws(draft)
    yield from kind.unused_flaws(draft)
    yield from kind.feedback_flaws(draft)


def _of_sources(draft: FrozenQuestion, known: Collection[str]) -> Iterator[Flaw]:
    if not draft.sources:
        yield Flaw("sources", _("enter a source, such as S1."))
    for source in draft.sources:
        if source not in known:
            fix = _(
                "the course has no source “%(what)s”. Add it to the course, or "
                "fix the id."
            )
            yield Flaw("sources", fix, what=source)


def _of_passage(
    draft: FrozenQuestion, places: Collection[str] | None
) -> Iterator[Flaw]:
    if not draft.answered_in.strip():
        yield Flaw("answered_in", _("enter the passage that answers it."))
    elif places is not None and draft.answered_in not in places:
        fix = _(
            "“%(what)s” is not an anchor or FAQ entry of this lesson. A question cannot "
            "refer to a fold."
        )
        yield Flaw("answered_in", fix, what=draft.answered_in)
