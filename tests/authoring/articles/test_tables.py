"""Tables of an article: no value under the head of another, none lost without a word."""

import pytest

from tests.authoring.articles.test_meaning import html, table

DOSES = (
    "<tr><td>Paracetamol</td><td>4 g</td></tr><tr><td>Ibuprofen</td><td>1 g</td></tr>"
)


def told(article, words):
    return [warning for warning in article.warnings if words in warning]


def test_a_dose_in_the_first_row_is_no_heading():
    article = html(f"<table>{DOSES}</table>")
    assert table(article) == (("", ""), ("Paracetamol", "4 g"), ("Ibuprofen", "1 g"))
    assert told(article, "A table has no headings")


def test_a_heading_of_a_row_is_none_of_a_column():
    rows = DOSES.replace("<td>Para", "<th>Para").replace("<td>Ibu", "<th>Ibu")
    article = html(f"<table>{rows}</table>")
    assert table(article)[0] == ("", "")


def test_words_in_the_first_row_are_taken_for_headings_and_named():
    article = html(f"<table><tr><td>Drug</td><td>Dose</td></tr>{DOSES}</table>")
    assert table(article)[0] == ("Drug", "Dose")
    assert told(article, "first row became the header. Check it: “Drug | Dose”")


def test_headings_that_are_marked_are_not_spoken_of():
    head = "<tr><td></td><th>Adult</th></tr>"
    assert not told(html(f"<table>{head}{DOSES}</table>"), "A table")


def test_a_table_in_a_cell_keeps_rows_and_cells_apart():
    inner = (
        "<table><tr><th>Age</th><th>mg</th></tr><tr><td>10</td><td>5</td></tr></table>"
    )
    article = html(f"<table><tr><th>Dose</th></tr><tr><td>{inner}</td></tr></table>")
    assert table(article) == (("Dose",), ("Age | mg; 10 | 5",))
    assert told(article, "inside another table")


@pytest.mark.parametrize("span", ["0", "3", "99999"])
def test_a_cell_goes_down_to_the_last_row_if_it_says_so(span):
    article = html(
        f"<table><tr><th>Drug</th><th>Dose</th></tr><tr><td rowspan={span}>A</td>"
        "<td>1</td></tr><tr><td>2</td></tr><tr><td>3</td></tr></table>"
    )
    assert table(article)[1:] == (("A", "1"), ("A", "2"), ("A", "3"))


def test_a_drawing_with_words_is_named_and_an_icon_is_not():
    drawing = "<svg><text>5 mg</text></svg>"
    assert told(html(f"<p>See.</p>{drawing}"), "A drawing with words")
    assert not told(html("<p>See.</p><svg><path d=''/></svg>"), "drawing")


def test_no_cell_reaches_beyond_the_body_that_it_stands_in():
    article = html(
        "<table><thead><tr><th>Drug</th><th rowspan=9>Dose</th></tr></thead>"
        "<tbody><tr><td rowspan=3>A</td><td>1</td></tr></tbody>"
        "<tbody><tr><td>B</td><td>2</td></tr></tbody></table>"
    )
    assert table(article) == (("Drug", "Dose"), ("A", "1"), ("B", "2"))


@pytest.mark.parametrize(
    ("cell", "reads"),
    [
        ("4 g<br>2 g", "4 g; 2 g"),
        ("<p>4 g</p><p>2 g</p>", "4 g; 2 g"),
        ("<p>Rest.</p><p>Then go.</p>", "Rest. Then go."),
        ("Before:<ul><li>4 g</li><li>2 g</li></ul>", "Before: 4 g; 2 g"),
    ],
)
def test_lines_of_a_cell_stand_apart(cell, reads):
    article = html(f"<table><tr><th>Dose</th></tr><tr><td>{cell}</td></tr></table>")
    assert table(article) == (("Dose",), (reads,))
