"""From files, good and hostile, to people and problems. No database."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.rosters import BROKEN, HEADER, TODAY, broken_roster
from training.roster import columns, dates, plan, reading, rows, words
from training.roster.plan import Deed, Known
from training.roster.problems import FileProblem, RowProblem, UnableToRead
from training.roster_views import is_address

# Only an account knows of these.
OF_ACCOUNTS = {RowProblem.CLOSED_ACCOUNT, RowProblem.OWN_ROLE}


def parsed(content, encoding="utf-8"):
    data = content if isinstance(content, bytes) else content.encode(encoding)
    return rows.parse(reading.read(data), TODAY, is_address)


def refused(content):
    with pytest.raises(UnableToRead) as caught:
        parsed(content)
    assert words.of_file(caught.value)
    return caught.value.kind


def workbook(*lines, sheets=()):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for title in sheets:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def people(found):
    return [(row.email, row.first_name, row.last_name) for row in found.rows]


def test_there_are_thirty_kinds_of_broken_rows_and_words_for_each():
    assert set(BROKEN) == {kind.value for kind in RowProblem}
    assert len(BROKEN) == 30
    assert set(words.OF_ROW) == set(RowProblem)
    assert set(words.OF_FILE) == set(FileProblem)


@pytest.mark.parametrize(
    "kind", [kind for kind in RowProblem if kind not in OF_ACCOUNTS]
)
def test_a_broken_row_is_found_with_its_number(kind):
    found = parsed(broken_roster())
    number = 3 + list(BROKEN).index(kind)
    assert [row.kind for row in found.problems if row.row == number] == [kind]
    assert number not in {row.number for row in found.rows}
    problem = next(row for row in found.problems if row.row == number)
    assert "%" not in words.of_row(problem)


def test_only_the_sound_rows_become_people():
    found = parsed(broken_roster())
    assert people(found)[0] == ("good@x.org", "Gwen", "Good")
    assert {row.email for row in found.rows} == {
        "good@x.org",
        "closed@x.org",
        "tess@x.org",
    }


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_however_it_was_saved(sign, encoding):
    text = "E-mail,Vorname,Apellidos,Rôle\njose@x.org,José María,Peña Núñez,TRAINER\n"
    found = parsed(text.replace(",", sign), encoding)
    assert people(found) == [("jose@x.org", "José María", "Peña Núñez")]
    assert found.rows[0].role == "trainer"
    assert found.is_guess is (encoding == "cp1252")


def test_excels_own_hint_and_quotes_are_understood():
    text = 'sep=;\r\nMail;Name\r\n"a@x.org";"Roe; the younger, Ann"\r\n'
    assert people(parsed(text)) == [("a@x.org", "Ann", "Roe; the younger")]


def test_empty_rows_do_not_count_and_numbers_stay_right():
    found = parsed("\n,\nemail,role\n\n ,\na@x.org,\n,\nb,\n")
    assert [row.number for row in found.rows] == [6]
    assert [row.row for row in found.problems] == [8]


def test_columns_that_nobody_knows_are_named():
    assert parsed("Email,Shoe size,\na@x.org,42,\n").ignored == ("Shoe size",)


@pytest.mark.parametrize(
    "name",
    ["E-MAIL", " e_mail ", "Correo electrónico", "E-Mail-Adresse", "email address"],
)
def test_the_address_may_be_called_many_things(name):
    assert columns.places(["Name", name])["email"] == 1


@pytest.mark.parametrize(
    ("header", "name", "names"),
    [
        ("Email,Name", "Ann Mary Roe", ("Ann", "Mary Roe")),
        ("Email,Full name", '"Roe,  Ann"', ("Ann", "Roe")),
        ("Email,Name", "Ann", ("Ann", "")),
        ("Email,Name,Surname", "Ann,Roe", ("Ann", "Roe")),
    ],
)
def test_names_are_taken_apart(header, name, names):
    assert people(parsed(f"{header}\na@x.org,{name}\n"))[0][1:] == names


def test_xlsx_is_read_with_its_dates_and_numbers():
    found = parsed(
        workbook(
            ["E-mail", "Name", "Joined", "Nr"],
            ["a@x.org", "Ann Roe", dt.date(2026, 1, 15), 7.0],
            [None, None, None, None],
            ["b@x.org", "Bob", "2026-02-30", None],
            sheets=["Old"],
        )
    )
    assert found.rows[0].joined_on == dt.date(2026, 1, 15)
    assert [(row.row, row.kind) for row in found.problems] == [
        (4, RowProblem.NO_SUCH_DAY)
    ]
    assert found.left_out == ("Old",)
    assert found.ignored == ("Nr",)


def bomb(size=80_000_000):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * size)
    return out.getvalue()


def entities():
    """Return a workbook whose sheet swells when its entities are put in."""
    out = io.BytesIO()
    lol = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    sheet = "xl/worksheets/sheet1.xml"
    sound = zipfile.ZipFile(io.BytesIO(workbook(["Email"], ["a@x.org"])))
    with sound, zipfile.ZipFile(out, "w") as archive:
        for part in sound.namelist():
            archive.writestr(part, lol if part == sheet else sound.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileProblem.EMPTY),
        (b" \n,,\n", FileProblem.EMPTY),
        (b"a" * (reading.LARGEST + 1), FileProblem.TOO_LARGE),
        (b"email\n" + b"a@x.org\n" * 5_001, FileProblem.TOO_MANY_ROWS),
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


def test_twenty_thousand_rows_are_read():
    lines = "\n".join(f"p{number}@x.org" for number in range(5_000))
    assert len(parsed(f"email\n{lines}\n").rows) == 5_000


@given(st.binary(max_size=300))
def test_no_file_whatever_breaks_the_reading(content):
    try:
        found = parsed(content)
    except UnableToRead as error:
        said = words.of_file(error)
    else:
        said = found.rows or found.problems
    assert said


@given(st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=6))
def test_each_row_is_a_person_or_a_problem(lines):
    header = (1, tuple(HEADER.split(",")))
    body = ((number, tuple(line)) for number, line in enumerate(lines, start=2))
    table = rows.Table((header, *body))
    try:
        found = rows.parse(table, TODAY, is_address)
    except UnableToRead:
        assert not lines
        return
    seen = {row.number for row in found.rows} | {row.row for row in found.problems}
    assert seen == {number for number, _cells in table.rows[1:]}
    emails = [row.email for row in found.rows]
    assert len(set(emails)) == len(emails)


@given(st.dates(min_value=dates.EARLIEST, max_value=TODAY))
def test_days_are_read_as_they_were_written(day):
    assert dates.read_day(day.isoformat(), TODAY) == day
    assert dates.read_day(f"{day.day}.{day.month}.{day.year}", TODAY) == day
    stroke = dates.read_day(f"{day.day}/{day.month}/{day.year}", TODAY)
    assert stroke in {day, RowProblem.UNCLEAR_DATE}


def a_plan(text, *known):
    return plan.make(parsed(text), {person.email: person for person in known})


def test_the_plan_tells_new_added_changed_and_unchanged_apart():
    made = a_plan(
        "email,first name,role\nnew@x.org,Nia,\nin@x.org,Ida,\nout@x.org,Otto,trainer\n"
        "up@x.org,,trainer\n",
        Known("in@x.org", "Ida", role="member"),
        Known("out@x.org"),
        Known("up@x.org", "Una", role="member"),
        Known("gone@x.org", role="member"),
    )
    assert [step.deed for step in made.steps] == [
        Deed.INVITED,
        Deed.UNCHANGED,
        Deed.ADDED,
        Deed.CHANGED,
    ]
    assert made.steps[3].names == ("Una", "")
    assert [person.email for person in made.absent] == ["gone@x.org"]


def test_who_has_no_role_in_the_file_keeps_theirs():
    made = a_plan("email\nt@x.org\n", Known("t@x.org", role="trainer"))
    assert made.steps[0].deed == Deed.UNCHANGED


def test_the_plan_renames_nobody_who_works_elsewhere_or_is_strange_to_the_team():
    made = a_plan(
        "email,first name,last name\na@x.org,New,Name\nb@x.org,New,Name\nc@x.org,New,Name\n",
        Known("a@x.org", "Old", "Name", role="member", names_fixed=True),
        Known("b@x.org", "Old", "Name"),
        Known("c@x.org"),
    )
    assert [step.names for step in made.steps] == [
        ("Old", "Name"),
        ("Old", "Name"),
        ("New", "Name"),
    ]


def test_the_plan_does_not_remove_who_uploads():
    made = a_plan(
        "email\na@x.org\n", Known("me@x.org", role="trainer", role_fixed=True)
    )
    assert made.absent == ()


def test_the_fingerprint_changes_with_the_team():
    text = "email\na@x.org\n"
    assert a_plan(text).fingerprint == a_plan(text).fingerprint
    assert a_plan(text).fingerprint != a_plan(text, Known("a@x.org")).fingerprint
