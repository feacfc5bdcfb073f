"""Rules for the text of a lesson as a whole. Pure.

The limits are those that the project's own lessons keep. A room above converts a page
to `LessonText`, so the rules do not depend on how pages are stored.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from course.rules import prose
from course.rules.claims import Claim, find_claim_faults
from course.rules.review_dates import is_past

GRADE_LIMIT = 7.0
SENTENCE_LIMIT = 25
PARAGRAPH_LIMIT = 80
SECTION_LIMIT = 150
LESSON_LENGTH = range(250, 701)
BALANCE_LIMIT = 3.0
"""How many times more words one side of an option may have than the other."""
SLOTS = {"unknowns": "what we do not know", "next_steps": "what you can do next"}

_SHARE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:%|per ?cent\b)")
_TIMES = re.compile(
    r"\b(?:\d+(?:\.\d+)? times|twice|(?:two|three|ten)fold)\b[^.]*\blikely"
)
_WHOLE = re.compile(
    r"\b(?:of|in|out of|among) (?:the |about |all )?\d[\d,]*|\bout of\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Part:
    """The text below one heading or fold. `cites` is true if it cites a source."""

    title: str
    paragraphs: tuple[str, ...]
    cites: bool
    is_prose: bool
    is_folded: bool = False


@dataclass(frozen=True)
class ComparedOption:
    """An option in a comparison, with the words for and against it."""

    name: str
    benefits: str
    harms: str


@dataclass(frozen=True)
class LessonText:
    """A lesson in the form that the rules read.

    `own` is all that the course says in its own voice, one piece per line. `terms` maps
    the ids of glossary terms to their words. `explained` holds the ids explained by
    “Key terms” in this or an earlier lesson. `claims` are the texts that may say what is
    gained, and `kinds` maps the ids of sources to their kinds of evidence.
    """

    language: str
    main_message: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    faq: tuple[str, ...]
    own: tuple[str, ...]
    slots: frozenset[str]
    terms: dict[str, str]
    explained: frozenset[str]
    options: tuple[ComparedOption, ...]
    claims: tuple[Claim, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def running(self) -> str:
        """The opening and body, folds included."""
        return self._of_parts(self.parts)

    @property
    def unfolded(self) -> str:
        """What everybody reads, which counts for the length of the lesson."""
        return self._of_parts(part for part in self.parts if not part.is_folded)

    def _of_parts(self, parts: Iterable[Part]) -> str:
        body = (line for part in parts for line in part.paragraphs)
        return "\n".join((*self.opening, *body))

    @property
    def read(self) -> str:
        """All running text, including the FAQ."""
        return "\n".join((self.running, *self.faq))


@dataclass(frozen=True)
class ReadingLevel:
    """The readability of a text. Grades are None for languages they do not cover."""

    grade: float | None
    smog: float | None
    lix: float
    words: int
    hardest: tuple[str, ...]


@dataclass(frozen=True)
class LessonFinding:
    """A rule that the text breaks, with the reason and the words or place."""

    rule: str
    reason: str
    where: str = ""


def reading_of(text: str, language: str) -> ReadingLevel:
    """Return the readability of the text, which is only LIX outside English."""
    is_english = language.split("-", maxsplit=1)[0] == "en"
    return ReadingLevel(
        grade=prose.flesch_kincaid_grade(text) if is_english else None,
        smog=prose.smog_grade(text) if is_english else None,
        lix=prose.lix_index(text),
        words=len(prose.split_words(text)),
        hardest=tuple(prose.hardest_sentences(text)) if is_english else (),
    )


def find_lesson_faults(
    lesson: LessonText, *, next_check: dt.date | None, today: dt.date
) -> list[LessonFinding]:
    """Return the rules that the lesson breaks, missing parts first.

    An unfinished draft may not have a date for its next check yet.
    """
    return [
        *_missing(lesson),
        *_lengths(lesson),
        *_sentences(lesson),
        *_claims(lesson),
        *_terms(lesson),
        *_balance(lesson.options),
        *_review(next_check, today),
    ]


def _missing(lesson: LessonText) -> Iterator[LessonFinding]:
    if not lesson.main_message.strip():
        yield LessonFinding("missing", "The main message is missing.")
    for slot, name in SLOTS.items():
        if slot not in lesson.slots:
            yield LessonFinding("missing", f"The “{name}” block is missing.")


def _lengths(lesson: LessonText) -> Iterator[LessonFinding]:
    length = len(prose.split_words(lesson.unfolded))
    if length not in LESSON_LENGTH:
        low, high = LESSON_LENGTH[0], LESSON_LENGTH[-1]
        yield LessonFinding(
            "length",
            f"A lesson should have {low} to {high} words that are not folded. This one "
            f"has {length}.",
        )
    for part in lesson.parts:
        words = sum(len(prose.split_words(line)) for line in part.paragraphs)
        if words > SECTION_LIMIT:
            reason = (
                f"The section has {words} words. Split sections of over "
                f"{SECTION_LIMIT}."
            )
            yield LessonFinding("length", reason, part.title)
        yield from _paragraphs(part.paragraphs)
    if (grade := reading_of(lesson.read, lesson.language).grade or 0) > GRADE_LIMIT:
        reason = (
            f"The reading grade is {grade:.1f}. Aim for {GRADE_LIMIT:.0f} or lower."
        )
        yield LessonFinding("grade", reason)


def _paragraphs(paragraphs: Iterable[str]) -> Iterator[LessonFinding]:
    for text in paragraphs:
        words = len(prose.split_words(text))
        if words > PARAGRAPH_LIMIT:
            reason = f"The paragraph has {words} words. Use at most {PARAGRAPH_LIMIT}."
            yield LessonFinding("length", reason, text[:60])


def _sentences(lesson: LessonText) -> Iterator[LessonFinding]:
    for sentence in prose.split_sentences(lesson.read):
        words = len(prose.split_words(sentence))
        if words > SENTENCE_LIMIT:
            reason = f"The sentence has {words} words. Use at most {SENTENCE_LIMIT}."
            yield LessonFinding("sentence", reason, sentence)
        if _SHARE.search(sentence) and not _WHOLE.search(sentence):
            reason = "This percentage needs numbers. Say how many out of how many."
            yield LessonFinding("number", reason, sentence)
        if _TIMES.search(sentence) and not _WHOLE.search(sentence):
            reason = "“Times as likely” does not say how likely. Give both numbers."
            yield LessonFinding("number", reason, sentence)


def _claims(lesson: LessonText) -> Iterator[LessonFinding]:
    for promise in prose.find_promises("\n".join(lesson.own)):
        reason = f"“{promise.word}” sounds like a promise."
        yield LessonFinding("promise", reason, promise.sentence)
    for part in lesson.parts:
        if part.is_prose and not part.cites:
            reason = "This section cites no source, such as [S1]."
            yield LessonFinding("source", reason, part.title)
    for fault in find_claim_faults(lesson.claims, lesson.kinds):
        yield LessonFinding("evidence", fault.reason, fault.text[:60])


def _terms(lesson: LessonText) -> Iterator[LessonFinding]:
    for handle, term in lesson.terms.items():
        is_used = re.search(
            rf"(?<!\w){re.escape(term)}s?(?!\w)", lesson.read, re.IGNORECASE
        )
        if is_used and handle not in lesson.explained:
            reason = "No “Key terms” explain this word, here or in an earlier lesson."
            yield LessonFinding("term", reason, term)


def _balance(options: Iterable[ComparedOption]) -> Iterator[LessonFinding]:
    for option in options:
        good, bad = (
            len(prose.split_words(option.benefits)),
            len(prose.split_words(option.harms)),
        )
        if max(good, bad) > BALANCE_LIMIT * max(min(good, bad), 1):
            reason = (
                f"Words about benefits: {good}. Words about harms: {bad}. Balance them."
            )
            yield LessonFinding("balance", reason, option.name)


def _review(next_check: dt.date | None, today: dt.date) -> Iterator[LessonFinding]:
    if next_check and is_past(next_check, today):
        yield LessonFinding("review", f"The check was due on {next_check.isoformat()}.")
