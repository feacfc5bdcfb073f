"""Files that are no roster, or ask for more than a roster may: refused in words."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.tasks.bounded_reading import BeyondBounds
from tests.training.reading_rosters import parsed, refused, with_sheet
from training.teams import wording
from training.teams.readers import rosters
from training.teams.rules.rosters.problems import FileProblem, UnableToRead

pytestmark = pytest.mark.own_process


def bomb(size=80_000_000):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * size)
    return out.getvalue()


def entities():
    """Return a workbook whose sheet swells when its entities are put in."""
    lol = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    return with_sheet(lol)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileProblem.EMPTY),
        (b" \n,,\n", FileProblem.EMPTY),
        (b"a" * (rosters.LARGEST + 1), FileProblem.TOO_LARGE),
        (b"email\n" + b"a@x.org\n" * 50_001, FileProblem.TOO_MANY_ROWS),
        (b"email" + b",x" * 101 + b"\n", FileProblem.TOO_WIDE),
        (b"\xd0\xcf\x11\xe0 old", FileProblem.OLD_EXCEL),
        (b"PK\x03\x04 cut short", FileProblem.BROKEN_EXCEL),
        (b"email\n\0\0\n", FileProblem.NOT_A_TABLE),
        (b'email,name\n"a@x.org,Ann\nb@x.org,Bob\n', FileProblem.BROKEN_QUOTES),
        (b"name,role\nAnn,member\n", FileProblem.NO_EMAIL_COLUMN),
        (b"email,e-mail\na@x.org,b@x.org\n", FileProblem.COLUMN_TWICE),
        (b"email,name\n", FileProblem.NO_ROWS),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_no_roster_is_refused(content, kind):
    assert refused(content) == kind


def test_zip_bombs_and_swelling_entities_are_refused():
    assert refused(bomb()) == FileProblem.SWELLS
    assert refused(entities()) == FileProblem.BROKEN_EXCEL


@pytest.mark.sweep
def test_fifty_thousand_rows_are_read():
    lines = "\n".join(f"p{number}@x.org" for number in range(50_000))
    assert len(parsed(f"email\n{lines}\n").rows) == 50_000


@given(st.binary(max_size=300))
def test_no_file_whatever_breaks_the_reading(content):
    try:
        found = parsed(content)
    except UnableToRead as error:
        said = wording.of_file(error)
    else:
        said = found.rows or found.problems
    assert said


@pytest.mark.parametrize("row", [b"row", b"x:row"])
def test_a_row_that_is_said_to_be_beyond_the_last_is_refused(row):
    far = b'<worksheet><sheetData><%b r="2000000000"/></sheetData></worksheet>' % row
    assert refused(with_sheet(far)) == FileProblem.TOO_MANY_ROWS


def test_what_asks_for_too_much_work_is_refused(monkeypatch):
    def never(*_arguments):
        raise BeyondBounds

    monkeypatch.setattr(rosters, "read_within", never)
    with pytest.raises(UnableToRead) as caught:
        rosters.read_roster_bounded(b"email\na@x.org\n")
    assert "takes too long to read" in wording.of_file(caught.value)


@pytest.mark.sweep
def test_a_sheet_of_empty_rows_is_read_or_refused_within_the_bounds():
    rows_of_it = b"".join(b'<row r="%d"/>' % n for n in range(1, 1_000_000))
    sheet = b"<worksheet><sheetData>" + rows_of_it + b"</sheetData></worksheet>"
    with pytest.raises(UnableToRead) as caught:
        rosters.read_roster_bounded(with_sheet(sheet))
    assert caught.value.kind in {FileProblem.TOO_MUCH_WORK, FileProblem.EMPTY}
