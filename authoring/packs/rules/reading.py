"""Read a folder as a pack and find every problem before anything is written."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from authoring.packs.rules import checks, citation_checks, document, option_checks
from authoring.packs.rules.content import (
    CoursePack,
    LessonPiece,
    PackBlock,
    PackCourse,
    PackLesson,
    blocks_of,
)
from authoring.packs.rules.document import Fence, Report
from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.problems import BrokenPackError, PackProblem
from authoring.packs.rules.reference_schema import Glossary, PackOptions, Sources
from authoring.packs.rules.schema import (
    FENCES,
    CourseMeta,
    LessonMeta,
    PackFaqEntry,
    PackQuestion,
    PackQuestionToAsk,
    Strict,
)
from authoring.packs.rules.validation import Model, read_as
from authoring.packs.rules.yaml_text import YamlText

COURSE, SOURCES, GLOSSARY = "course.md", "sources.md", "glossary.md"
OPTIONS = "options.md"
_LOCALE = re.compile(r"^locale:\s*[\"']?(?P<code>[\w-]+)", re.MULTILINE)
_REFERENCE_FILES = (COURSE, SOURCES, GLOSSARY, OPTIONS)
Entries = TypeVar("Entries", Sources, Glossary, PackOptions)


@dataclass(frozen=True)
class PackReading:
    """A pack as far as it could be read. Parts that are missing or broken are None."""

    course: PackCourse | None
    sources: Sources | None
    glossary: Glossary | None
    options: PackOptions | None
    lessons: tuple[PackLesson, ...]
    problems: tuple[PackProblem, ...]


def parse_pack(folder: Path) -> CoursePack:
    """Return the pack in the folder. Raises BrokenPackError with all its problems."""
    reading = read_pack(folder)
    course, sources, glossary = reading.course, reading.sources, reading.glossary
    if reading.problems or not (course and sources and glossary):
        raise BrokenPackError(reading.problems)
    choices = reading.options or PackOptions.model_construct(options=(), statements=())
    return CoursePack(
        course,
        sources.sources,
        glossary.terms,
        choices.options,
        choices.statements,
        reading.lessons,
        folder,
    )


def read_pack(folder: Path) -> PackReading:
    """Return the content of the folder, with its problems sorted by file and line."""
    reader = _PackReader(folder)
    return reader.read()


def pack_language(folder: Path) -> str:
    """Return the code that `course.md` names as its language, or "" if it names none."""
    course = folder / COURSE
    text = course.read_text(encoding="utf-8-sig") if course.is_file() else ""
    named = _LOCALE.search(text)
    return named["code"] if named else ""


def lesson_files(folder: Path) -> list[str]:
    """Return the file names of the lessons in teaching order."""
    names = (path.name for path in folder.glob("*.md"))
    return sorted(
        (name for name in names if name not in _REFERENCE_FILES), key=_by_number
    )


def _by_number(name: str) -> tuple[int, int, str]:
    digits = name.split("-", 1)[0]
    return (0, int(digits), name) if digits.isdecimal() else (1, 0, name)


class _PackReader:
    def __init__(self, folder: Path):
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.yaml_of: dict[str, YamlText] = {}
        self.problems: set[PackProblem] = set()

    def read(self) -> PackReading:
        course = self.course()
        sources = self.list_in(SOURCES, Sources)
        glossary = self.list_in(GLOSSARY, Glossary)
        options = self.options(sources)
        names = lesson_files(self.folder)
        if not names:
            self.report(
                "1-….md", 1, "The pack has no lessons. Add a file for each lesson."
            )
        lessons = tuple(filter(None, [self.lesson(name) for name in names]))
        self.problems.update(checks.of_pack(course, sources, glossary, lessons))
        self.problems.update(checks.of_keys(self.texts))
        if not self.problems:
            self.problems.update(checks.of_guessing(lessons))
        if sources:
            self.check_citations(sources)
        problems = tuple(sorted(self.problems))
        return PackReading(course, sources, glossary, options, lessons, problems)

    def report(self, file: str, line: int, message: str) -> None:
        self.problems.add(PackProblem(file, line, message))

    def course(self) -> PackCourse | None:
        meta, yaml, body, line = self.front_matter(COURSE, CourseMeta)
        if not (meta and yaml):
            return None
        course = PackCourse(meta, Markdown(body), line, yaml)
        self.problems.update(checks.of_course(COURSE, course))
        return course

    def options(self, sources: Sources | None) -> PackOptions | None:
        """Return options.md, or None if the course has none or it is broken."""
        if not (self.folder / OPTIONS).exists():
            return None
        options = self.list_in(OPTIONS, PackOptions)
        if options and sources:
            line_of = self.yaml_of[OPTIONS].line_of
            for path, message in option_checks.of_options(options, sources):
                self.report(OPTIONS, line_of(path), message)
        return options

    def list_in(self, file: str, model: type[Entries]) -> Entries | None:
        entries, yaml, body, line = self.front_matter(file, model)
        if body.strip():
            self.report(
                file,
                line,
                "Remove the text below the front matter. This file holds front matter "
                "only.",
            )
        self.problems.update(checks.of_entries(file, entries, yaml))
        if yaml:
            self.yaml_of[file] = yaml
        return entries

    def lesson(self, file: str) -> PackLesson | None:
        meta, yaml, body, first_line = self.front_matter(file, LessonMeta)
        report = partial(self.report, file)
        pieces = list(document.split_body(body, first_line, report))
        blocks = [self.block(p, report) if isinstance(p, Fence) else p for p in pieces]
        lesson = _lesson(file, meta, yaml, [block for block in blocks if block])
        self.problems.update(checks.of_lesson(lesson))
        if None not in blocks:
            self.problems.update(checks.of_references(lesson))
        self.check_files(lesson)
        return lesson if meta else None

    def block(self, fence: Fence, report: Report) -> PackBlock[Strict] | None:
        model = FENCES.get(fence.name)
        if not model:
            known = ", ".join(FENCES)
            report(
                fence.line, f"There is no block “{fence.name}”. Known blocks: {known}."
            )
            return None
        value, yaml = read_as(model, fence.yaml, fence.line + 1, report)
        return PackBlock(fence.name, fence.line, value, yaml) if value else None

    def front_matter(
        self, file: str, model: type[Model]
    ) -> tuple[Model | None, YamlText | None, str, int]:
        text = self.text(file)
        if text is None:
            return None, None, "", 1
        report = partial(self.report, file)
        front, body, first_line = document.split_front_matter(text, report)
        if front is None:
            return None, None, body, first_line
        value, yaml = read_as(model, front, 2, report)
        return value, yaml, body, first_line

    def text(self, file: str) -> str | None:
        try:
            raw = (self.folder / file).read_bytes()
            self.texts[file] = _decoded(raw)
        except FileNotFoundError:
            self.report(file, 1, "This file is missing. Add it.")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self.report(file, line, "Save the file as UTF-8. This line is not UTF-8.")
        return self.texts.get(file)

    def check_files(self, lesson: PackLesson) -> None:
        for block in lesson.images:
            if not (self.folder / block.value.file).is_file():
                message = f"There is no file {block.value.file}. Add it to the pack."
                self.report(lesson.file, block.line_of("file"), message)

    def check_citations(self, sources: Sources) -> None:
        kinds = sources.kinds_of_evidence
        for file, text in self.texts.items():
            self.problems.update(citation_checks.of_citations(file, text))
            self.problems.update(
                citation_checks.of_unknown_citations(file, text, kinds)
            )
            self.problems.update(citation_checks.of_rungs(file, text, kinds))


def _decoded(raw: bytes) -> str:
    """Return the text with every line ending as a newline, as Markdown counts lines."""
    return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _lesson(
    file: str, meta: Any, yaml: Any, found: Sequence[LessonPiece]
) -> PackLesson:
    """Return the lesson; `meta` and `yaml` may be None, and the rest is checked."""
    faq, questions = blocks_of(PackFaqEntry, found), blocks_of(PackQuestion, found)
    to_ask = blocks_of(PackQuestionToAsk, found)
    body = tuple(piece for piece in found if piece not in faq + to_ask + questions)
    return PackLesson(file, meta, yaml, body, faq, to_ask, questions)
