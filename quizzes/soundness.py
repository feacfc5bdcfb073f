"""What a question still needs before learners may be asked it. Pure.

Counts of options are the rule of each kind (`kinds`); here is what all of them share.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from quizzes import kinds
from quizzes.reading import collect_for_translation as _

ORDERING = "ordering"


@dataclass(frozen=True)
class Draft:
    """A question as its author has it so far; any text may be missing.

    `options` are pairs of text and feedback with the mark for right between them.
    """

    kind: str
    stem: str
    options: tuple[tuple[str, bool, str], ...]
    feedback: str
    sources: tuple[str, ...]
    answered_in: str


@dataclass(frozen=True)
class Flaw:
    """Something to mend: in which field, in which option (from 1; 0: none), and how.

    `mend` is in English, to be translated where it is shown, and names `what`.
    """

    field: str
    mend: str
    option: int = 0
    what: str = ""


def split_sources(text: str) -> tuple[str, ...]:
    """Return the ids of sources that an author typed, in their order."""
    return tuple(re.findall(r"[^\s,;\[\]]+", text))


def flaws(
    draft: Draft, *, sources: Collection[str], places: Collection[str] | None
) -> list[Flaw]:
    """Return what is to be mended, in the order of the fields.

    `sources` are the ids that the course has; `places` the passages of the lesson as
    `answered_in` names them, or None where they are not known.
    """
    return [
        *_of_question(draft),
        *_of_options(draft),
        *_of_feedback(draft),
        *_of_sources(draft, sources),
        *_of_passage(draft, places),
    ]


def _of_question(draft: Draft) -> Iterator[Flaw]:
    if not draft.kind:
        yield Flaw("kind", _("choose what kind of question it is."))
    if not draft.stem.strip():
        yield Flaw("stem", _("write the question."))


def _of_options(draft: Draft) -> Iterator[Flaw]:
    if draft.kind:
        right: Sequence[bool] = [marked for _text, marked, _why in draft.options]
        for mend in kinds.named(draft.kind).problems(right):
            yield Flaw("options", mend)
    for number, (text, _right, _why) in enumerate(draft.options, start=1):
        if not text.strip():
            yield Flaw("options", _("write its text."), number, "text")


def _of_feedback(draft: Draft) -> Iterator[Flaw]:
    if draft.kind == ORDERING:
        if not draft.feedback.strip():
            yield Flaw("feedback", _("write in “Feedback” why this is the order."))
        return
    for number, (_text, right, why) in enumerate(draft.options, start=1):
        if not why.strip():
            mend = _("write why it is right.") if right else _("write why it is wrong.")
            yield Flaw("options", mend, number, "feedback")


def _of_sources(draft: Draft, known: Collection[str]) -> Iterator[Flaw]:
    if not draft.sources:
        yield Flaw("sources", _("name a source, such as S1."))
    for source in draft.sources:
        if source not in known:
            mend = _(
                "the course has no source “%(what)s”: add it there, or mend the id."
            )
            yield Flaw("sources", mend, what=source)


def _of_passage(draft: Draft, places: Collection[str] | None) -> Iterator[Flaw]:
    if not draft.answered_in.strip():
        yield Flaw("answered_in", _("name the passage that answers it."))
    elif places is not None and draft.answered_in not in places:
        mend = _(
            "“%(what)s” is neither an anchor of this lesson nor one of its FAQ entries."
        )
        yield Flaw("answered_in", mend, what=draft.answered_in)
