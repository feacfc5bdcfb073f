"""No cell of an export is a formula."""

from decimal import Decimal

import pytest

from course.rules.spreadsheet import csv_cell, without_formula


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_calculated_is_quoted(start):
    assert without_formula(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_stay():
    assert without_formula("Risks = many") == "Risks = many"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (1.5, "1,5"),
        (Decimal("0.25"), "0,25"),
        (-2.5, "-2,5"),
        (3, "3"),
        (None, ""),
        ("1.5", "1.5"),
        ("=1+1", "'=1+1"),
    ],
)
def test_only_numbers_take_the_decimal_separator(value, cell):
    assert csv_cell(value, ",") == cell
