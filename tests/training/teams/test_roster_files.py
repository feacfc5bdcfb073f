"""Files as personnel offices send them: what parts cells, sheets, names in all scripts."""

# ruff: noqa: RUF001 -- names of columns in their own scripts.

import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from tests.training.reading_rosters import parsed, people
from tests.training.rosters import TODAY
from training.teams import wording
from training.teams.rules.rosters import columns, dates
from training.teams.rules.rosters.problems import FileProblem, RowProblem, UnableToRead


def workbook(*sheets, hidden_sheets=(), hidden_rows=()):
    """Return a workbook of pairs of a title and its rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets:
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
        sheet.sheet_state = "hidden" if title in hidden_sheets else "visible"
        for row in hidden_rows:
            sheet.row_dimensions[row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


STAFF = [["Email", "Name"], ["a@x.org", "Ann Roe"], ["b@x.org", "Bob Low"]]
ANN_AND_BOB = [("a@x.org", "Ann", "Roe"), ("b@x.org", "Bob", "Low")]


@pytest.mark.parametrize(
    "text",
    [
        "Staff, as of 2 May, by HR\n\nE-Mail;Name;Ward\na@x.org;Ann Roe;3, night\n"
        "b@x.org;Bob Low;4, day\n",
        "Email|Name\na@x.org|Ann Roe\nb@x.org|Bob Low\n",
        "a;list;of;staff\nEmail,Name\na@x.org,Ann Roe\nb@x.org,Bob Low\n",
        "Email,Name\ra@x.org,Ann Roe\rb@x.org,Bob Low\r",
    ],
)
def test_the_names_of_the_columns_tell_what_parts_the_cells(text):
    assert people(parsed(text)) == ANN_AND_BOB


def test_where_no_column_is_named_addresses_tell_what_parts_the_cells():
    found = parsed("Who;Reach\nRoe, Ann, RN;a@x.org\nLow, Bob, MD;b@x.org\n")
    assert [row.email for row in found.rows] == ["a@x.org", "b@x.org"]


def test_a_row_with_odd_quotes_is_read_as_spreadsheets_read_it():
    found = parsed('Email;Name\na@x.org;Ann Roe\n"Low, Bob" <b@x.org>;\nc@x.org;Cy\n')
    assert [row.email for row in found.rows] == ["a@x.org", "c@x.org"]
    [problem] = found.problems
    assert (problem.row, problem.kind) == (3, RowProblem.NAME_IN_EMAIL)


@pytest.mark.parametrize(
    "text",
    [
        'Email;Name\na@x.org;"Ann\nb@x.org;Bob\n',
        'Email;Name\na@x.org;"Ann" "Roe\nb@x.org;"Bob" x\n',
        'Email;Name\na@x.org;"Ann\nRoe" x\n',
        f"Email;Name\na@x.org;{'A' * 200_000}\n",
    ],
)
def test_quotes_that_might_swallow_rows_are_refused(text):
    with pytest.raises(UnableToRead) as caught:
        parsed(text)
    assert caught.value.kind == FileProblem.BROKEN_QUOTES


@pytest.mark.parametrize(
    ("before", "hidden"),
    [
        ([("Read me", [["Made by hr@x.org"], ["x"]])], ()),
        ([("Sheet1", [])], ()),
        ([("Gone", [["Email", "Name"], ["gone@x.org", "Gil"]])], ("Gone",)),
    ],
)
def test_the_sheet_that_names_addresses_is_read(before, hidden):
    found = parsed(workbook(*before, ("Staff", STAFF), hidden_sheets=hidden))
    assert people(found) == ANN_AND_BOB
    assert found.left_out == (before[0][0],)


def test_of_two_sheets_of_people_the_first_is_read_and_the_other_named():
    night = [["Email", "Name"], ["c@x.org", "Cy Ho"]]
    found = parsed(workbook(("Day", STAFF), ("Night", night)))
    assert people(found) == ANN_AND_BOB
    assert found.left_out == ("Night",)


def test_rows_that_a_filter_hides_are_named():
    assert parsed(workbook(("Staff", STAFF), hidden_rows=[3])).hidden == (3,)
    assert parsed(workbook(("Staff", STAFF))).hidden == ()


def prefixed(book):
    """Return the workbook with a prefix before each name in its sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = re.sub(rb"<(/?)(?=\w)", rb"<\1x:", part)
                part = part.replace(b"xmlns=", b"xmlns:x=")
            new.writestr(name, part)
    return out.getvalue()


def test_hidden_rows_are_named_in_a_sheet_with_prefixes():
    assert parsed(prefixed(workbook(("Staff", STAFF), hidden_rows=[3]))).hidden == (3,)


@pytest.mark.parametrize("packed", [bytes, prefixed])
def test_a_formula_without_a_result_is_named_and_is_no_empty_cell(packed):
    lines = [
        ["Email", "Name"],
        ['=LOWER("A@x.org")', "Ann"],
        ["b@x.org", '="Bob"&" Low"'],
    ]
    found = parsed(packed(workbook(("Staff", lines))))
    assert [(p.row, p.kind) for p in found.problems] == [(2, RowProblem.FORMULA)]
    assert [(p.row, p.kind) for p in found.empties] == [(3, RowProblem.FORMULA)]


@pytest.mark.parametrize(
    ("head", "cells", "names"),
    [
        ("メール,氏名", "佐藤 花子", ("佐藤", "花子")),
        ("メールアドレス,姓,名", "佐藤,花子", ("花子", "佐藤")),
        ("邮箱,姓名", "王小明", ("王小明", "")),
        ("이메일,성,이름", "김,민수", ("민수", "김")),
        ("البريد الإلكتروني,الاسم", "د. لينا الخطيب", ("لينا", "الخطيب")),
        ("Эл. почта,Фамилия,Имя", "Иванова,Анна", ("Анна", "Иванова")),
        ("E-posta,Adı,Soyadı", "Ayşe,Yılmaz", ("Ayşe", "Yılmaz")),
        ("Courriel,NOM Prénom", "DE LA TOUR Zoé", ("Zoé", "DE LA TOUR")),
        ('E-Mail,"Name, Vorname"', "Müller Jörg", ("Jörg", "Müller")),
        ("Email,First name,Last name", "Hana,Na", ("Hana", "Na")),
    ],
)
def test_columns_are_known_in_the_language_of_the_file(head, cells, names):
    assert people(parsed(f"{head}\na@x.org,{cells}\n")) == [("a@x.org", *names)]


def test_no_name_of_a_column_stands_for_two_fields():
    named = [
        (columns.plain_heading(n), f) for f, ns in columns.NAMES.items() for n in ns
    ]
    assert len(dict(named)) == len(set(named))
    assert all(name for name, _field in named)


@pytest.mark.parametrize(
    "text",
    [
        "2021/04/01",
        "20210401",
        "2021. 04. 01.",
        "2021年4月1日",
        "٠١/٠٤/٢٠٢١",
        "1 apr 2021",
    ],
)
def test_days_are_read_as_other_countries_write_them(text):
    assert dates.read_day(text, TODAY, dates.Order.DAY) == dt.date(2021, 4, 1)


@pytest.mark.parametrize(
    "text", ["4. marraskuu 2021", "4 Meitheamh 2021", "4 jui 2021"]
)
def test_no_word_is_taken_for_a_month_by_its_first_letters(text):
    assert dates.read_day(text, TODAY, None) == RowProblem.NOT_A_DATE


def test_somebody_above_the_names_of_the_columns_is_not_passed_over_in_silence():
    found = parsed("z@x.org,Zoe\nEmail,Name\na@x.org,Ann Roe\n")
    assert people(found) == [("a@x.org", "Ann", "Roe")]
    assert [(p.row, p.kind) for p in found.problems] == [(1, RowProblem.ABOVE_HEAD)]
    assert "z@x.org" in wording.of_row(found.problems[0])


def test_a_row_of_a_person_names_no_columns():
    found = parsed("Reach,Prefers\na@x.org,Email\nb@x.org,Phone\n")
    assert [row.email for row in found.rows] == ["a@x.org", "b@x.org"]
