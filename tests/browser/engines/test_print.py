"""What readers print at their browser's own margins, on A4 and on Letter."""

import datetime as dt
import os
import shutil

import pytest
from django.utils import timezone
from PIL import ImageChops

from course.models import CoursePage
from tests.browser.engines.printing import PAPERS, picture, printed
from tests.browser.walking import COURSE, LESSONS
from tests.factories import a_course, lessons_of
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer, an_assignment, pass_lesson
from training.teams.actions.join_links import make_join_link

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


@pytest.fixture
def team(secure_site):
    return a_team("Ward 3")


@pytest.fixture
def enter(reader, client):
    """Return a function that opens a page as somebody who is signed in."""

    def open_as(user, path):
        client.force_login(user)
        reader.take_session(client)
        reader.go(path)

    return open_as


def printed_words(sheets):
    return [word for sheet in sheets for line in sheet.lines for word in line]


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


@pytest.mark.parametrize("path", ["/privacy/", f"{COURSE}short/", "/get-help-now/"])
def test_lines_go_across_the_whole_sheet(reader, engine, path):
    """The measure is for screens. Margins take 5% to 6% of a sheet on each side."""
    reader.go(path)
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        assert max(sheet.across for sheet in sheets) > 0.88, paper


@pytest.mark.parametrize("lesson", ["", *(f"{name}/" for name in LESSONS)])
def test_lessons_fill_their_sheets_and_no_heading_stands_at_the_foot(
    reader, engine, lesson
):
    reader.go(f"{COURSE}{lesson}print/")
    headings, titles = words_of(reader, HEADINGS), words_of(reader, "h1")
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        assert not faults_of(sheets, headings, titles), paper
        if paper == "A4":
            assert len(sheets) <= (3 if lesson else 14)


def test_a_comparison_is_printed_as_a_table(reader, engine):
    """Its head stands on each sheet. Where heads are wrapped, their last lines meet."""
    reader.go(f"{COURSE}alternatives/print/")
    first, *_others, last = words_of(reader, ".app-comparison--wide thead th")
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        lines = [set(line) for sheet in sheets for line in sheet.lines]
        assert sum({first[-1], last[-1]} <= line for line in lines) > 1
        assert len(sheets) <= 12


def test_a_certificate_is_one_sheet_from_either_of_its_pages(
    reader, client, team, engine
):
    learner = a_member(team, first_name="Anna", last_name="Berg")
    course = a_course(lessons=len(TITLES), questions=1, title="A course on hair loss")
    for lesson, title in zip(lessons_of(course), TITLES, strict=True):
        lesson.title = title
        lesson.save_revision().publish()
    an_assignment(course, team)
    certificate = complete(client, learner, course)
    reader.take_session(client)
    for page in ("", "print/"):
        reader.go(f"/my-learning/certificates/{certificate.serial}/{page}")
        for paper in PAPERS:
            sheets = printed(reader.driver, engine, paper)
            assert len(sheets) == 1
            assert ["Anna", "Berg"] in sheets[0].lines


def bar_at(understood, reader, engine):
    """Return the first sheet, as it is where so many questions were understood."""
    reader.driver.execute_script(
        "document.querySelector('progress').value = arguments[0]", understood
    )
    return picture(reader.driver, engine)


def test_the_result_of_a_quiz_shows_how_much_was_understood(
    reader, client, enter, team, engine
):
    user = a_member(team).user
    client.force_login(user)
    pass_lesson(client, lessons_of(CoursePage.objects.get())[0])
    enter(user, f"{COURSE}{LESSONS[0]}/quiz/result/")
    headings = words_of(reader, HEADINGS)
    for paper in PAPERS:
        assert not faults_of(printed(reader.driver, engine, paper), headings, []), paper
    assert ImageChops.difference(*(bar_at(n, reader, engine) for n in (0, 5))).getbbox()


def test_what_somebody_has_to_do_is_not_torn_apart(reader, enter, team, engine):
    user = a_member(team).user
    course = CoursePage.objects.get()
    for number in range(7):
        an_assignment(course, team, title=f"Safety {number}")
    enter(user, "/my-learning/")
    headings = words_of(reader, HEADINGS)
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        assert len(sheets) > 1
        assert not faults_of(sheets, headings, []), paper
        for sheet in sheets:
            # The link to all due dates is part of no card.
            lines = [line[0] for line in sheet.lines if line[:2] != ["Add", "all"]]
            cards = lines.count("Safety")
            assert lines.count("Due") == lines.count("Add") == cards, paper


def test_a_join_link_fits_a_sheet_with_nothing_else(reader, enter, team, engine):
    trainer = a_trainer(team)
    now = timezone.now()
    until = now + dt.timedelta(days=7)
    link = make_join_link(team=team, expires_at=until, by=trainer, at=now)
    enter(trainer, f"/admin/training/teams/{team.pk}/join-links/")
    address = reader.one(".training-long").text
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        assert len(sheets) == 1
        words = printed_words(sheets)
        assert address in words
        # Once in the address and once by itself, where its letters stand apart.
        assert "".join(words).count(link.code) == 2
        assert not {"Make", "Close", "Back"} & set(words)


def test_everybody_of_a_team_is_on_its_list(reader, enter, team, engine):
    names = {f"Surname{number}" for number in range(27)}
    for name in names:
        a_member(team, first_name="Ann", last_name=name)
    enter(a_trainer(team), f"/admin/training/teams/{team.pk}/")
    for paper in PAPERS:
        sheets = printed(reader.driver, engine, paper)
        assert names <= set(printed_words(sheets))
        assert all(sheet.lines for sheet in sheets)
