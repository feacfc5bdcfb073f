"""Outlines: the lessons of a course, and what the sections in each are about. Pure.

Each outline is a YAML file in `outlines/`. `choose_outline` finds the one for an article.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml

from authoring.articles.rules.questions.marks import fold_text
from authoring.articles.rules.topics.placing import topic_of_text, topics_of_heading

FIVE_LESSONS, BY_HEADING = "five-lessons", "one-lesson-per-heading"
FIRST_LANGUAGE = "en"
"""The language of the titles that each lesson has."""
AUTOMATIC = "automatic"
_ORDER = ("condition", "medicine", "procedure", "test", "device", "programme")
_FOLDER = Path(__file__).with_name("outlines")
_TITLE_POINTS = 5
_FEWEST_WORDS = 2


@dataclass(frozen=True)
class OutlineLesson:
    """A lesson of an outline. `titles` are pairs of a language and its title.

    `words` find sections besides its topics, in an outline that an author wrote. They are
    regular expressions.
    """

    titles: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    words: tuple[str, ...] = ()

    def title_in(self, language: str) -> str:
        """Return the title in the language, or in English."""
        known = dict(self.titles)
        found = known.get(language) or known.get(language.partition("-")[0])
        return found or known[FIRST_LANGUAGE]

    @property
    def title(self) -> str:
        """The title that the lesson has if there is none in a language."""
        return self.title_in(FIRST_LANGUAGE)

    def count_words(self, text: str) -> int:
        """Return how often the text has one of the lesson's own words."""
        if not self.words:
            return 0
        return len(_signs(self.words).findall(fold_text(text)))


@dataclass(frozen=True)
class Outline:
    """The lessons of a course.

    Its signs are words in an article's title, and its marks topics of headings, that
    speak for it.
    """

    name: str
    title: str
    lessons: tuple[OutlineLesson, ...] = ()
    signs: tuple[str, ...] = ()
    marks: tuple[str, ...] = field(default=())

    @property
    def is_by_heading(self) -> bool:
        return not self.lessons

    @property
    def topics(self) -> list[str]:
        return [topic for lesson in self.lessons for topic in lesson.topics]

    def best(self, heading: str, text: str, *, title: str = "") -> OutlineLesson | None:
        """Return the lesson that the section belongs to, or None if nothing says so.

        `title` is that of the article.
        """
        if own := self._with_words(heading):
            return own
        named = topics_of_heading(heading, self.topics, title=title)
        topic = named[0] if named else topic_of_text(text, self.topics)
        return self._with(topic) or self._with_words(text, fewest=_FEWEST_WORDS)

    def best_for_question(
        self, question: str, answer: str, *, title: str = ""
    ) -> OutlineLesson | None:
        """Return the lesson that the question belongs to, or None if nothing says so.

        One word of a topic is enough, because questions and answers are short.
        """
        if own := self._with_words(question):
            return own
        named = topics_of_heading(question, self.topics, title=title)
        text = f"{question}\n{answer}"
        return self._with(
            named[0] if named else topic_of_text(text, self.topics, fewest=1)
        )

    def _with_words(self, text: str, fewest: int = 1) -> OutlineLesson | None:
        """Return the lesson whose own words the text has most often, or None."""
        counts = {lesson: lesson.count_words(text) for lesson in self.lessons}
        best = max(counts, key=lambda lesson: counts[lesson], default=None)
        return best if best and counts[best] >= fewest else None

    def _with(self, topic: str) -> OutlineLesson | None:
        return next((one for one in self.lessons if topic in one.topics), None)


@dataclass(frozen=True)
class OutlineChoice:
    """The outline for an article. The title's word and the headings are the reason."""

    outline: Outline
    word: str
    headings: tuple[str, ...]

    @property
    def points(self) -> int:
        return _TITLE_POINTS * bool(self.word) + len(self.headings)


def outline_names() -> list[str]:
    """Return the names of all outlines, those for a kind of article first."""
    found = sorted(file.stem for file in _FOLDER.glob("*.yaml"))
    rank = {name: place for place, name in enumerate(_ORDER)}
    return sorted(found, key=lambda name: rank.get(name, len(rank)))


@cache
def outline_named(name: str) -> Outline:
    """Return the outline of this name. Raises KeyError if there is none."""
    if name not in outline_names():
        raise KeyError(name)
    held = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    lessons = tuple(
        OutlineLesson(tuple(entry["title"].items()), tuple(entry["topics"]))
        for entry in held.pop("lessons", ())
    )
    signs, marks = tuple(held.pop("signs", ())), tuple(held.pop("marks", ()))
    return Outline(name=name, lessons=lessons, signs=signs, marks=marks, **held)


def find_outline(name: str, own: Sequence[Outline]) -> Outline:
    """Return the outline of this name, an own or a shipped one. Raises KeyError."""
    found = (outline for outline in own if outline.name == name)
    return next(found, None) or outline_named(name)


def choose_outline(
    title: str, headings: Sequence[str], own: Sequence[Outline] = ()
) -> OutlineChoice:
    """Return the outline that the title and the headings speak for most.

    Of two equal ones, it is an own one rather than a shipped one. If nothing speaks for
    any, it is the one with a lesson for each top heading.
    """
    outlines = [*own, *map(outline_named, outline_names())]
    choices = [_choice(outline, title, headings) for outline in outlines]
    best = max(choices, key=lambda choice: choice.points)
    if best.points:
        return best
    return OutlineChoice(outline_named(BY_HEADING), "", ())


def _choice(outline: Outline, title: str, headings: Sequence[str]) -> OutlineChoice:
    sign = _signs(outline.signs).search(fold_text(title)) if outline.signs else None
    speaking = tuple(
        heading
        for heading in headings
        if (topics_of_heading(heading, outline.topics, title=title) or [""])[0]
        in outline.marks
    )
    return OutlineChoice(outline, sign[0] if sign else "", speaking)


@cache
def _signs(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:ال)?(?:{'|'.join(map(fold_text, words))})(?!\w)")
