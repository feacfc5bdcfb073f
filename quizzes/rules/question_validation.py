"""What a question still needs before learners may be asked it. Pure.

What options and feedback it needs is for its kind to say; here is what all share.
"""

import re
from collections.abc import Collection, Iterator

from quizzes.kinds import kind_of
from quizzes.rules.paper import FrozenQuestion
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw


def split_sources(text: str) -> tuple[str, ...]:
    """Return the ids of sources that an author typed, in their order."""
    return tuple(re.findall(r"[^\s,;\[\]]+", text))


def find_flaws(
    draft: FrozenQuestion, *, sources: Collection[str], places: Collection[str] | None
) -> list[Flaw]:
    """Return what is to be fixed, in the order of the fields; any text may be missing.

    `sources` are the ids that the course has; `places` the passages of the lesson as
    `answered_in` names them, or None where they are not known.
    """
    return [
        *_of_question(draft),
        *_of_kind(draft),
        *_of_sources(draft, sources),
        *_of_passage(draft, places),
    ]


def _of_question(draft: FrozenQuestion) -> Iterator[Flaw]:
    if not draft.kind:
        yield Flaw("kind", _("choose what kind of question it is."))
    if not draft.stem.strip():
        yield Flaw("stem", _("write the question."))


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
        yield Flaw("sources", _("name a source, such as S1."))
    for source in draft.sources:
        if source not in known:
            fix = _("the course has no source “%(what)s”: add it there, or fix the id.")
            yield Flaw("sources", fix, what=source)


def _of_passage(
    draft: FrozenQuestion, places: Collection[str] | None
) -> Iterator[Flaw]:
    if not draft.answered_in.strip():
        yield Flaw("answered_in", _("name the passage that answers it."))
    elif places is not None and draft.answered_in not in places:
        fix = _(
            "“%(what)s” is neither an anchor of this lesson nor one of its FAQ entries."
        )
        yield Flaw("answered_in", fix, what=draft.answered_in)
