"""From files, good and hostile, to people and problems. No database."""

import datetime as dt
import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.bounded_reading import BeyondBounds
from tests.training.rosters import BROKEN, HEADER, OF_CELLS, TODAY, broken_roster
from training.roster import columns, dates, plan, reading, rows, words
from training.roster.plan import Deed, Known
from training.roster.problems import FileProblem, RowProblem, UnableToRead
from training.roster_views import is_address

# Only an account knows of these.
OF_ACCOUNTS = {
    RowProblem.CLOSED_ACCOUNT,
    RowProblem.OWN_ROLE,
    RowProblem.NUMBER_OF_ANOTHER,
    RowProblem.ADDRESS_IN_USE,
}
# Asked about for the whole column.
OF_COLUMNS = {RowProblem.UNCLEAR_DATE}
# Told by where it stands: `test_roster_files.py`.
OF_PLACES = {RowProblem.ABOVE_HEAD}


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


def test_there_is_a_broken_row_of_each_kind_and_words_for_it():
    assert set(BROKEN) == {kind.value for kind in set(RowProblem) - OF_PLACES}
    assert set(words.OF_ROW) == set(RowProblem)
    assert set(words.OF_FILE) == set(FileProblem)


@pytest.mark.parametrize(
    "kind", [k for k in RowProblem if k not in OF_ACCOUNTS | OF_COLUMNS | OF_PLACES]
)
def test_a_broken_row_is_found_with_its_number(kind):
    found = parsed(broken_roster())
    number = 3 + list(BROKEN).index(kind)
    is_optional = kind in OF_CELLS
    wrong = found.empties if is_optional else found.problems
    assert [row.kind for row in wrong if row.row == number] == [kind]
    assert (number in {row.number for row in found.rows}) is is_optional
    problem = next(row for row in wrong if row.row == number)
    assert "%" not in words.of_row(problem)


def test_no_row_is_refused_for_a_cell_that_need_not_be_filled():
    found = parsed(broken_roster())
    assert people(found)[0] == ("good@x.org", "Gwen", "Good")
    kinds = OF_CELLS | OF_ACCOUNTS | OF_COLUMNS
    assert len(found.rows) == len(kinds) + 1
    assert found.unclear == "03/04/2026"


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
    assert columns.fields_of(["Name", name], [])[1] == "email"


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
    assert [(row.row, row.kind) for row in found.empties] == [
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


@pytest.mark.parametrize(
    "text",
    [
        *("31-Mar-2024", "31 March 2024", "31. März 2024", "31 mars 2024"),
        *("31 de marzo de 2024", "Mar 31, 2024", "2024-03-31T00:00:00Z", "31 mrt 2024"),
    ],
)
def test_a_month_may_be_written_as_a_word(text):
    assert dates.read_day(text, TODAY, None) == dt.date(2024, 3, 31)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01/05/2023", "17/05/2023"], dates.Order.DAY),
        (["01/05/2023", "05/17/2023", "n/a"], dates.Order.MONTH),
        (["01/05/2023", "02/02/2023", "31.3.2023"], None),
        (["17/05/2023", "05/17/2023"], None),
    ],
)
def test_the_whole_column_settles_what_stands_first(texts, order):
    assert dates.settled_order(texts) is order


HR = """Work E-mail Address;Surname;First name;Start date;Role
nadia.k@clinic.example;Kovač;Nadia;01/05/2023;Nurse
ole.b@clinic.example;Bråten;Ole;17/05/2023;Porter
mia.l@clinic.example;Lang;Mia;31-Mar-2024;Nurse
jon.p@clinic.example;Pryce;Jon;n/a;Physio
eva.s@clinic.example;Sá;Eva;2024-01-01 09:30;Manager
"""


def test_a_list_of_a_personnel_office_is_read():
    found = parsed(HR)
    assert found.problems == ()
    assert [row.joined_on for row in found.rows] == [
        dt.date(2023, 5, 1),
        dt.date(2023, 5, 17),
        dt.date(2024, 3, 31),
        None,
        dt.date(2024, 1, 1),
    ]
    assert [(row.row, row.value) for row in found.empties] == [(5, "n/a")]
    assert {row.role for row in found.rows} == {""}
    assert found.ignored == ("Role",)


def test_the_names_of_the_columns_are_found_below_titles():
    found = parsed(
        "\ufeffClinic staff list\r\nPrinted 2 November 2026\r\n\r\n"
        "E-Mail,Name,Department\r\n"
        '"amir.r@clinic.example","Rahimi, Amir",Theatre\r\n'
        "zoe.t@clinic.example,Dr. med. Zoe Tan,Ward 3\r\n"
    )
    assert people(found) == [
        ("amir.r@clinic.example", "Amir", "Rahimi"),
        ("zoe.t@clinic.example", "Zoe", "Tan"),
    ]
    assert [row.number for row in found.rows] == [5, 6]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Courriel;Nom;Prénom\na@x.org;Marchand;Lou\n", ("Lou", "Marchand")),
        ("E-Mail;Vorname;Name\na@x.org;Dr. Lou;Marchand\n", ("Lou", "Marchand")),
        ("Email,Name\na@x.org,سارا نی\u200cای\n", ("سارا", "نی\u200cای")),  # noqa: RUF001
        ("Email,Name\na@x.org,\u200f عمر حداد \ufeff\n", ("عمر", "حداد")),
        ("a@x.org\nb@x.org\n", ("", "")),
    ],
)
def test_names_come_out_right(text, names):
    assert people(parsed(text))[0] == ("a@x.org", *names)


def test_the_column_of_addresses_is_known_by_its_cells():
    found = parsed("Contact,Who\na@x.org,Ann\nb@x.org,Bob\n")
    assert [row.email for row in found.rows] == ["a@x.org", "b@x.org"]


def test_a_row_that_is_said_to_be_beyond_the_last_is_refused():
    out = io.BytesIO()
    far = (
        b'<worksheet><sheetData><row r="2000000000"><c/></row></sheetData></worksheet>'
    )
    sheet = "xl/worksheets/sheet1.xml"
    sound = zipfile.ZipFile(io.BytesIO(workbook(["Email"], ["a@x.org"])))
    with sound, zipfile.ZipFile(out, "w") as archive:
        for part in sound.namelist():
            archive.writestr(part, far if part == sheet else sound.read(part))
    assert refused(out.getvalue()) == FileProblem.TOO_MANY_ROWS


def test_what_asks_for_too_much_work_is_refused(monkeypatch):
    def never(*_arguments):
        raise BeyondBounds

    monkeypatch.setattr(reading, "read_within", never)
    with pytest.raises(UnableToRead) as caught:
        reading.read_bounded(b"email\na@x.org\n")
    assert "more work" in words.of_file(caught.value)


def test_reading_happens_within_bounds():
    table = reading.read_bounded(HR.encode())
    assert len(table.rows) == 6


@pytest.mark.sweep
def test_a_sheet_of_empty_rows_is_read_or_refused_within_the_bounds():
    rows_of_it = b"".join(b'<row r="%d"/>' % n for n in range(1, 1_000_000))
    sheet = b"<worksheet><sheetData>" + rows_of_it + b"</sheetData></worksheet>"
    out = io.BytesIO()
    part = "xl/worksheets/sheet1.xml"
    sound = zipfile.ZipFile(io.BytesIO(workbook(["Email"], ["a@x.org"])))
    with sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            archive.writestr(name, sheet if name == part else sound.read(name))
    with pytest.raises(UnableToRead) as caught:
        reading.read_bounded(out.getvalue())
    assert caught.value.kind in {FileProblem.TOO_MUCH_WORK, FileProblem.EMPTY}


@given(st.dates(min_value=dates.EARLIEST, max_value=TODAY))
def test_days_are_read_as_they_were_written(day):
    for text in (
        day.isoformat(),
        f"{day} 09:30",
        f"{day:%Y/%m/%d}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d-%b-%Y}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        assert dates.read_day(text, TODAY, None) == day
    stroke = f"{day.day}/{day.month}/{day.year}"
    assert dates.read_day(stroke, TODAY, None) in {day, RowProblem.UNCLEAR_DATE}
    assert dates.read_day(stroke, TODAY, dates.Order.DAY) == day


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
