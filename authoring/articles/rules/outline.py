"""Outlines: the lessons of a course, and the words that assign a section to one. Pure.

Each outline is a YAML file in `outlines/`. `OutlineLesson.points` is the scoring rule.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from course.rules.prose import split_words

FIVE_LESSONS, BY_HEADING = "five-lessons", "one-lesson-per-heading"
_FOLDER = Path(__file__).with_name("outlines")
_HEADING_POINTS = 10


@dataclass(frozen=True)
class OutlineLesson:
    slug: str
    title: str
    words: tuple[str, ...]

    def points(self, heading: str, text: str) -> float:
        """Return how well a section fits the lesson.

        The score is 10 for each of the lesson's words in the heading, plus the
        percentage of words in the text that are the lesson's words.
        """
        in_text = 100 * self._count(text) / max(len(split_words(text)), 1)
        return _HEADING_POINTS * self._count(heading) + in_text

    def _count(self, text: str) -> int:
        return len(_pattern(self.words).findall(text.lower()))


@dataclass(frozen=True)
class Outline:
    """The lessons of a course.

    `least` is the lowest score that assigns a section to a lesson. `introduction` is
    the slug of the lesson for text before the first heading.
    """

    name: str
    title: str
    lessons: tuple[OutlineLesson, ...] = ()
    least: float = 0.0
    introduction: str = ""

    @property
    def is_by_heading(self) -> bool:
        return not self.lessons

    def best(self, heading: str, text: str) -> str:
        """Return the slug of the lesson with the highest score, "" below `least`."""
        points = {lesson.slug: lesson.points(heading, text) for lesson in self.lessons}
        slug = max(points, key=lambda slug: points[slug])
        return slug if points[slug] >= self.least else ""


@cache
def _pattern(marks: tuple[str, ...]) -> re.Pattern[str]:
    alternatives = (
        re.escape(mark.rstrip("*")) + (r"\w*" if mark.endswith("*") else r"\b")
        for mark in marks
    )
    return re.compile(rf"\b(?:{'|'.join(alternatives)})")


def outline_names() -> list[str]:
    """Return the names of all outlines, the default one first."""
    found = sorted(file.stem for file in _FOLDER.glob("*.yaml"))
    return sorted(found, key=lambda name: name != FIVE_LESSONS)


@cache
def outline_named(name: str) -> Outline:
    """Return the outline of this name. Raises KeyError if there is none."""
    if name not in outline_names():
        raise KeyError(name)
    held = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    lessons = tuple(
        OutlineLesson(entry["slug"], entry["title"], tuple(entry["words"]))
        for entry in held.pop("lessons", ())
    )
    return Outline(name=name, lessons=lessons, **held)
