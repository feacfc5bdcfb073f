"""The packs of the project, read once. No test here needs a database."""

from functools import cache
from pathlib import Path

import pytest

from authoring.packs.rules import reading
from tests.content.translated import Translation

CONTENT = Path(__file__).parents[2] / "course" / "content"
FOLDERS = sorted(path.parent for path in CONTENT.glob("*/course.md"))


@cache
def reading_of(folder):
    return reading.read_pack(folder)


def locale_of(folder):
    return reading_of(folder).course.meta.locale


def translations_in(folders):
    """Return each pack that is in another language than the first one of its course."""
    originals = {
        reading_of(folder).course.meta.pack: folder
        for folder in folders
        if locale_of(folder) == "en"
    }
    return [
        Translation(folder, originals[reading_of(folder).course.meta.pack])
        for folder in folders
        if locale_of(folder) != "en"
    ]


TRANSLATIONS = translations_in(FOLDERS)


def pytest_generate_tests(metafunc):
    if "translation" in metafunc.fixturenames:
        names = [each.folder.name for each in TRANSLATIONS]
        metafunc.parametrize("translation", TRANSLATIONS, ids=names)
    if "folder" in metafunc.fixturenames:
        metafunc.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
    if "lesson_file" in metafunc.fixturenames:
        files = [folder / n for folder in FOLDERS for n in reading.lesson_files(folder)]
        metafunc.parametrize("lesson_file", files, ids=_name_of)


def _name_of(lesson_file):
    return f"{locale_of(lesson_file.parent)}-{lesson_file.stem}"


@pytest.fixture
def language(lesson_file):
    return locale_of(lesson_file.parent)


@pytest.fixture
def lesson(lesson_file):
    lessons = reading_of(lesson_file.parent).lessons
    found = [lesson for lesson in lessons if lesson.file == lesson_file.name]
    if not found:
        pytest.fail(f"{lesson_file.name}:1: the front matter cannot be read")
    return found[0]


def pytest_terminal_summary(terminalreporter):
    reports = [
        r for kind in ("passed", "failed") for r in terminalreporter.stats.get(kind, [])
    ]
    lines = sorted(
        v for r in reports for name, v in r.user_properties if name == "reading"
    )
    for line in lines:
        terminalreporter.write_line(line)
