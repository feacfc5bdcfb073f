"""A plan assigns each section and question of an article to a lesson. Pure.

A plan holds the whole article. Parts that fit no lesson are unplaced, boilerplate is
set aside, and the author sees both.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from authoring.articles.rules.document import (
    ArticleFaq,
    ArticleSection,
    Block,
    Certainty,
    Document,
    sentences_of,
    sentences_of_faq,
)
from authoring.articles.rules.outline import Outline, OutlineLesson
from authoring.rules.slugs import slug_of
from course.rules.free_names import free_name
from course.rules.prose import split_words

UNPLACED, SET_ASIDE = "unplaced", "set-aside"


@dataclass(frozen=True)
class PlannedLesson:
    slug: str
    title: str


@dataclass(frozen=True)
class PlannedSection:
    """A section in a plan.

    `place` is a lesson's slug, UNPLACED or SET_ASIDE. `why` says why it is set aside.
    """

    id: str
    heading: str
    level: int
    blocks: tuple[Block, ...]
    certainty: Certainty
    place: str
    why: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        return sentences_of(self.blocks)

    @property
    def name(self) -> str:
        """The words that people know the section by: its heading, or how it begins."""
        return self.heading or next(iter(self.sentences), "")


@dataclass(frozen=True)
class PlannedFaq:
    id: str
    question: str
    answer: tuple[Block, ...]
    certainty: Certainty
    place: str

    @property
    def sentences(self) -> tuple[str, ...]:
        return sentences_of_faq(
            ArticleFaq(self.id, self.question, self.answer, self.certainty)
        )

    @property
    def name(self) -> str:
        """The words that people know the part by."""
        return self.question


@dataclass(frozen=True)
class ArticlePlan:
    """A plan. Sections and questions are in the article's order."""

    title: str
    outline: str
    lessons: tuple[PlannedLesson, ...]
    sections: tuple[PlannedSection, ...]
    faq: tuple[PlannedFaq, ...]
    warnings: tuple[str, ...]
    total: int
    """The number of sentences in the article."""
    language: str = ""
    """The code of the article's language, or "" if it is not known."""
    reason: tuple[str, ...] = ()
    """The words and headings for which this outline was chosen."""

    @property
    def parts(self) -> tuple[PlannedSection | PlannedFaq, ...]:
        """All sections, then all questions."""
        return self.sections + self.faq

    def sections_at(self, place: str) -> list[PlannedSection]:
        """Return the sections with this place: a lesson's slug, UNPLACED or SET_ASIDE."""
        return [section for section in self.sections if section.place == place]

    def faq_at(self, place: str) -> list[PlannedFaq]:
        """Return the questions with this place: a lesson's slug, UNPLACED or SET_ASIDE."""
        return [entry for entry in self.faq if entry.place == place]

    @property
    def is_resolved(self) -> bool:
        """Whether no part is unplaced. Only then can pages be made."""
        return not (self.sections_at(UNPLACED) or self.faq_at(UNPLACED))

    @property
    def counts(self) -> dict[str, int]:
        """The number of sentences: in total, in lesson texts, in FAQs, and left over."""
        bodies = Counter[str]()
        for section in self.sections:
            bodies[section.place] += len(section.sentences)
        asked = Counter[str]()
        for entry in self.faq:
            asked[entry.place] += len(entry.sentences)
        left = {SET_ASIDE, UNPLACED}
        return {
            "total": self.total,
            "placed": sum(n for place, n in bodies.items() if place not in left),
            "faq": sum(n for place, n in asked.items() if place not in left),
            "set_aside": bodies[SET_ASIDE] + asked[SET_ASIDE],
            "unplaced": bodies[UNPLACED] + asked[UNPLACED],
        }


_Lessons = dict[OutlineLesson, PlannedLesson]
_Placed = tuple[tuple[PlannedLesson, ...], tuple[PlannedSection, ...]]


def make_plan(document: Document, outline: Outline) -> ArticlePlan:
    """Return a plan that assigns the parts of the document to the outline's lessons."""
    parts = _in_one_lesson_each if outline.is_by_heading else _by_words
    lessons, sections = parts(document, outline)
    return ArticlePlan(
        title=document.title,
        outline=outline.name,
        lessons=lessons,
        sections=sections,
        faq=tuple(_faq(document, outline, lessons, sections)),
        warnings=document.warnings,
        total=sum(len(sentences_of(part.blocks)) for part in document.sections)
        + sum(len(sentences_of_faq(entry)) for entry in document.faq),
        language=document.language,
    )


def _by_words(document: Document, outline: Outline) -> _Placed:
    slugs = _lessons_of(outline, document.language)
    above: list[tuple[int, str]] = []
    sections = []
    for part in document.sections:
        above = [(level, place) for level, place in above if level < part.level]
        place = _best_place(part, outline, slugs, document.title) or (
            above[-1][1] if above else ""
        )
        if part.heading and not part.set_aside:
            above.append((part.level, place))
        sections.append(_planned(part, place))
    return tuple(slugs.values()), tuple(_with_bare_headings_moved(sections))


def _lessons_of(outline: Outline, language: str) -> _Lessons:
    """Return the outline's lessons with their titles in the language."""
    lessons: list[PlannedLesson] = []
    for lesson in outline.lessons:
        title = lesson.title_in(language)
        lessons.append(PlannedLesson(slug_for_lesson(title, lessons), title))
    return dict(zip(outline.lessons, lessons, strict=True))


def _best_place(
    part: ArticleSection, outline: Outline, lessons: _Lessons, title: str
) -> str:
    """Return the slug of the lesson for the section, or "".

    Text before the first heading belongs to the first lesson.
    """
    if not part.heading:
        return next(iter(lessons.values())).slug
    text = "\n".join(sentences_of(part.blocks))
    found = outline.best(part.heading, text, title=title)
    return lessons[found].slug if found else ""


def _with_bare_headings_moved(
    sections: list[PlannedSection],
) -> Iterable[PlannedSection]:
    """Return the sections, with each heading that has no text placed with the next one."""
    placed: list[PlannedSection] = []
    for section in reversed(sections):
        is_bare = not section.blocks and section.place != SET_ASIDE
        place = placed[-1].place if is_bare and placed else section.place
        placed.append(replace(section, place=place))
    return reversed(placed)


def _planned(part: ArticleSection, place: str) -> PlannedSection:
    return PlannedSection(
        id=part.id,
        heading=part.heading,
        level=part.level,
        blocks=part.blocks,
        certainty=part.certainty,
        place=SET_ASIDE if part.set_aside else place or UNPLACED,
        why=part.set_aside,
    )


def _in_one_lesson_each(document: Document, _outline: Outline) -> _Placed:
    top = min(
        (p.level for p in document.sections if p.heading and not p.set_aside), default=1
    )
    lessons: list[PlannedLesson] = []
    sections = []
    for part in document.sections:
        is_top = part.heading and part.level == top
        if not part.set_aside and (is_top or not lessons):
            title = part.heading or document.title
            lessons.append(PlannedLesson(slug_for_lesson(title, lessons), title))
        sections.append(_planned(part, lessons[-1].slug if lessons else ""))
    if not lessons:
        lessons.append(
            PlannedLesson(slug_for_lesson(document.title, lessons), document.title)
        )
    return tuple(lessons), tuple(sections)


def slug_for_lesson(title: str, lessons: Iterable[PlannedLesson]) -> str:
    """Return a slug for the title that no lesson and no other place has."""
    taken = {lesson.slug for lesson in lessons} | {
        UNPLACED,
        SET_ASIDE,
        "print",
        "short",
    }
    base = slug_of(title)[:60].strip("-") or "lesson"
    return free_name(base, taken)


def _faq(
    document: Document,
    outline: Outline,
    planned: tuple[PlannedLesson, ...],
    sections: Iterable[PlannedSection],
) -> Iterator[PlannedFaq]:
    vocabulary = _vocabularies(sections)
    lessons = _lessons_of(outline, document.language)
    only = planned[0].slug if len(planned) == 1 else ""
    for entry in document.faq:
        text = "\n".join(sentences_of(entry.answer))
        found = outline.best_for_question(entry.question, text, title=document.title)
        place = lessons[found].slug if found else ""
        place = place or only or _nearest(f"{entry.question}\n{text}", vocabulary)
        yield PlannedFaq(
            entry.id, entry.question, entry.answer, entry.certainty, place or UNPLACED
        )


def _vocabularies(sections: Iterable[PlannedSection]) -> dict[str, set[str]]:
    """Return slug → words of more than 4 letters in the lesson."""
    found: dict[str, set[str]] = {}
    for section in sections:
        if section.place not in (SET_ASIDE, UNPLACED):
            own = (section.heading, *section.sentences)
            found.setdefault(section.place, set()).update(*map(_longer_words, own))
    return found


def _longer_words(text: str) -> set[str]:
    return {word for word in split_words(text.lower()) if len(word) > 4}


def _nearest(text: str, vocabularies: dict[str, set[str]]) -> str:
    """Return the slug of the lesson that shares most words with the text, or "".

    A word counts less the more lessons use it.
    """
    spread = Counter(word for own in vocabularies.values() for word in own)
    shared = {
        slug: sum(1 / spread[word] for word in _longer_words(text) & own)
        for slug, own in vocabularies.items()
    }
    best = max(shared, key=lambda slug: shared[slug], default="")
    return best if shared.get(best) else ""
