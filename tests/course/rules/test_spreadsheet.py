"""No cell of an export is a formula."""

import pytest

from course.rules.spreadsheet import without_formula


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_would_be_calculated_is_quoted(start):
    assert without_formula(f"{start}1+1") == f"'{start}1+1"


def test_other_cells_stay():
    assert without_formula("Risks = many") == "Risks = many"
