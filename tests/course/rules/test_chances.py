"""Figures out of 100: how they are read and drawn."""

import pytest

from course.rules.chances import Area, Chance, areas_of, read_chance


@pytest.mark.parametrize(
    ("text", "chance"),
    [
        ("26", Chance(26, 26)),
        ("0", Chance(0, 0)),
        ("10-20", Chance(10, 20)),
        ("10 – 20", Chance(10, 20)),  # noqa: RUF001
        ("", None),
    ],
)
def test_a_figure_is_a_number_a_range_or_not_known(text, chance):
    assert read_chance(text) == chance


@pytest.mark.parametrize("text", ["many", "101", "20-10", "5-5", "1.5", "-1", "26%"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError, match=text):
        read_chance(text)


@pytest.mark.parametrize("first", range(0, 101, 7))
def test_a_drawing_counts_each_person_once(first):
    for end in range(101):
        people = sum(area.width * area.height for area in areas_of(first, end)) / 100
        assert people == max(0, end - first), end


def test_people_fill_whole_rows_first():
    assert areas_of(0, 26) == [Area(0, 0, 100, 20), Area(0, 20, 60, 10)]
    assert areas_of(26, 100) == [Area(60, 20, 40, 10), Area(0, 30, 100, 70)]
