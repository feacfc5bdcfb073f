"""Rich text reads the same without its markup."""

# ruff: noqa: RUF001

import pytest

from course.rules.rich_text import html_lines


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("", []),
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<p>One.<br/>Two.</p>", ["One.", "Two."]),
        (
            '<ul><li data-block-key="a1">a<ul><li>b</li></ul></li><li>c</li></ul>',
            ["a", "b", "c"],
        ),
        ("<p>Under 50 × 10<sup>9</sup> per litre</p>", ["Under 50 × 10⁹ per litre"]),
        ("<p>H<sub>2</sub>O</p>", ["H₂O"]),
        ("<p><sup><b>9</b></sup></p>", ["⁹"]),
        ("<p>5 &lt; 10<sup>&lt;</sup> &amp; &nbsp;6</p>", ["5 < 10< & \xa06"]),
    ],
)
def test_blocks_stay_apart_and_powers_stay_powers(html, read):
    assert html_lines(html) == read
