"""From the cells of a file to people and problems. No database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.reading_rosters import parsed, people, workbook
from tests.training.rosters import BROKEN, HEADER, OF_CELLS, TODAY, broken_roster
from training.teams import wording
from training.teams.actions.roster_reviews import is_address
from training.teams.readers import rosters
from training.teams.rules.rosters import columns, dates, rows, sheets
from training.teams.rules.rosters.problems import FileProblem, RowProblem, UnableToRead

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


def test_there_is_a_broken_row_of_each_kind_and_words_for_it():
    assert set(BROKEN) == {kind.value for kind in set(RowProblem) - OF_PLACES}
    assert set(wording.OF_ROW) == set(RowProblem)
    assert set(wording.OF_FILE) == set(FileProblem)


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
    assert "%" not in wording.of_row(problem)


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


@given(st.lists(st.lists(st.text(max_size=20), max_size=6), max_size=6))
def test_each_row_is_a_person_or_a_problem(lines):
    header = (1, tuple(HEADER.split(",")))
    body = ((number, tuple(line)) for number, line in enumerate(lines, start=2))
    table = sheets.RosterTable((header, *body))
    try:
        found = rows.parse_roster(table, TODAY, is_address)
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
    assert dates.order_of_column(texts) is order


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
    jobs = ["Nurse", "Porter", "Nurse", "Physio", "Manager"]
    assert [row.job_title for row in found.rows] == jobs


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


def test_reading_happens_within_bounds():
    table = rosters.read_roster_bounded(HR.encode())
    assert len(table.rows) == 6


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
