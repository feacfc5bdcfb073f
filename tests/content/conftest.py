"""The packs of the project, read once. No test here needs a database."""

from functools import cache
from pathlib import Path

import pytest

from authoring.packs.rules import reading

CONTENT = Path(__file__).parents[2] / "course" / "content"
FOLDERS = sorted(path.parent for path in CONTENT.glob("*/course.md"))


@cache
def reading_of(folder):
    return reading.read_pack(folder)


def pytest_generate_tests(metafunc):
    if "folder" in metafunc.fixturenames:
        metafunc.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
    if "lesson_file" in metafunc.fixturenames:
        files = [folder / n for folder in FOLDERS for n in reading.lesson_files(folder)]
        metafunc.parametrize("lesson_file", files, ids=lambda path: path.stem)


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
