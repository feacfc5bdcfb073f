"""What readers print at their browser's own margins, on A4 and on Letter."""

import os
import shutil

import pytest

from tests.browser.engines.printing import PAPERS, printed
from tests.browser.walking import COURSE, LESSONS
from tests.factories import a_course, lessons_of
from tests.training.proof import complete
from tests.training.teams import a_member, a_team, an_assignment

# WebKit's driver prints nothing.
pytestmark = [
    pytest.mark.sweep,
    pytest.mark.parametrize("engine", ["chromium", "firefox"], indirect=True),
]
HEADINGS = ":is(h1, h2, h3, dt, caption)"
TITLES = [
    "Stem cell basics",
    "Cell types and what each has shown",
    "The procedure, healing and results",
    "Risks, rules and warning signs",
    "Alternatives, cost and deciding",
]


@pytest.fixture(autouse=True)
def pdftotext():
    if shutil.which("pdftotext"):
        return
    if os.environ.get("CI") == "true":
        pytest.fail("Reading what is printed needs poppler-utils, and this is CI.")
    pytest.skip("Reading what is printed needs poppler-utils.")


@pytest.fixture
def reader(open_reader):
    return open_reader()


def words_of(reader, css):
    return [element.get_property("textContent").split() for element in reader.all(css)]


def is_end_of(line, headings):
    """Return whether the line is a heading, or the last line of one."""
    return line in headings or (
        len(line) > 1 and any(heading[-len(line) :] == line for heading in headings)
    )


def begins_lesson(sheet, titles):
    """Return whether one of the first lines, after the kicker, begins a title."""
    return any(
        title[: len(line)] == line for line in sheet.lines[:2] for title in titles
    )


def faults_of(sheets, headings, titles):
    """Return which sheets are too empty, but for a lesson's last, or end with a heading."""
    faults = []
    for number, (sheet, after) in enumerate(
        zip(sheets, [*sheets[1:], None], strict=True), start=1
    ):
        ends_lesson = after is None or begins_lesson(after, titles)
        if sheet.filled < 0.5 and not ends_lesson:
            faults.append(f"sheet {number} is filled to {sheet.filled:.2f}")
        if not sheet.lines or is_end_of(sheet.lines[-1], headings):
            faults.append(f"sheet {number} ends with {sheet.lines[-1:]}")
    return faults


@pytest.mark.parametrize("lesson", ["", *(f"{name}/" for name in LESSONS)])
def test_lessons_fill_their_sheets_and_no_heading_stands_at_the_foot(
    reader, engine, lesson
):
    reader.go(f"{COURSE}{lesson}print/")
    headings, titles = words_of(reader, HEADINGS), words_of(reader, "h1")
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        assert not faults_of(sheets, headings, titles), paper


def test_a_comparison_is_printed_as_a_table(reader, engine):
    reader.go(f"{COURSE}alternatives/print/")
    columns = words_of(reader, ".app-comparison thead th")
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        head = [word for column in columns for word in column]
        lines = [sorted(line) for sheet in sheets for line in sheet.lines]
        heads = lines.count(sorted(head))
        assert heads > 1
        assert len(sheets) <= 12


def test_a_certificate_is_one_sheet_from_either_of_its_pages(reader, client, engine):
    learner = a_member(a_team(), first_name="Anna", last_name="Berg")
    course = a_course(lessons=len(TITLES), questions=1, title="A course on hair loss")
    for lesson, title in zip(lessons_of(course), TITLES, strict=True):
        lesson.title = title
        lesson.save_revision().publish()
    an_assignment(course, learner.memberships.get().team)
    certificate = complete(client, learner, course)
    reader.take_session(client)
    for page in ("", "print/"):
        reader.go(f"/my-learning/certificates/{certificate.serial}/{page}")
        for paper in PAPERS:
            sheets = printed(reader.driver, engine, paper)
            assert len(sheets) == 1
            assert ["Anna", "Berg"] in sheets[0].lines
