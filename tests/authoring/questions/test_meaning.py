"""What is read means what was written: small files that once came in wrong."""

from pathlib import Path

import pytest

from authoring.questions import formats
from authoring.questions.formats.texts import plain_text_of

CASES = Path(__file__).parent / "cases"


def read(name):
    return formats.read_question_bytes((CASES / name).read_bytes())


def told(parsed):
    return "\n".join(note.text for note in parsed.notes)


def test_superscripts_stay_and_blocks_and_cells_stand_apart():
    (item,) = read("meaningful-markup.xml").items
    assert item.stem == (
        "Case 1\n"
        "A woman of 40 bleeds easily.\n"
        "Drug | Dose\n"
        "Aspirin | 75 mg\n"
        "Which count fits?\n"
        "- before\n"
        "- after"
    )
    assert [option.text for option in item.options] == [
        "20 \u00d7 10⁹ per litre",
        "300 \u00d7 10⁹ per litre",
        "900 \u00d7 10⁹ per litre",
    ]
    assert item.review_status == "check_wording"


def test_struck_text_is_left_out_and_named_by_question():
    parsed = read("struck-out.gift")
    (item,) = parsed.items
    assert [option.text for option in item.options] == ["50 mg", "20 mg"]
    assert "Struck-out text is left out: “dose” (5 mg, 10 mg)." in told(parsed)
    assert item.review_status == "check_wording"
    assert item.changes == ("Struck-out text is left out: 5 mg, 10 mg.",)


def test_rows_and_items_of_lists_stand_apart():
    parsed = read("table-and-list.gift")
    (item,) = parsed.items
    assert item.stem == (
        "Case 7\n"
        "A man of 50.\n"
        "Day | Dose\n"
        "1 | 2 mg\n"
        "2 | 3 mg\n"
        "1. Weigh\n"
        "  - standing\n"
        "What is the dose on day 2?"
    )
    assert item.review_status == "check_wording"
    assert "Tables and lists are converted to lines of text: “case”." in told(parsed)


def test_a_prefix_is_a_format_in_every_place_and_none_is_html():
    parsed = read("prefixes.gift")
    formats_, auto = parsed.items
    assert [(o.text, o.feedback) for o in formats_.options] == [
        ("A vein", "Yes"),
        ("An artery", "No"),
    ]
    assert auto.stem == "Which vessel?"
    assert formats_.review_status == auto.review_status == ""


def test_what_moodle_4_4_writes_to_put_in_order_is_read():
    parsed = read("ordering-of-moodle.gift")
    steps, fine = parsed.items
    assert (steps.kind, steps.stem) == ("ordering", "Order the steps")
    assert [option.text for option in steps.options] == ["Wash", "Cut"]
    assert fine.stem == "Is this read?"
    assert parsed.notes == ()


def test_tags_of_a_question_that_is_left_out_go_with_it():
    (item,) = read("tags-of-another.gift").items
    assert (item.handle, item.critical, item.sources) == ("B", False, ())


def test_an_option_that_gives_part_of_a_mark_is_not_a_second_right_one():
    parsed = read("half-right.gift")
    (item,) = parsed.items
    assert [option.right for option in item.options] == [True, False, False]
    assert "“first-step” (Feel the pulse, Leave)" in told(parsed)
    assert item.review_status == "to_check"


def test_markdown_is_read_and_a_formula_is_kept_as_text():
    parsed = read("markdown-latex.xml")
    (item,) = parsed.items
    assert item.stem == r"How much is \(\frac{10}{2}\)?"
    assert item.options[0].text == "5"
    assert "Formulas are kept as typed: “md”." in told(parsed)
    assert item.review_status == "check_wording"


def test_weights_are_named():
    parsed = read("weights.xml")
    (item,) = parsed.items
    assert [option.right for option in item.options] == [True, True, False]
    assert "“weights” (90 %, 10 %, -50 %)" in told(parsed)


def test_one_bad_question_of_aiken_leaves_the_others():
    parsed = read("one-bad-of-three.aiken")
    assert [item.stem for item in parsed.items] == [
        "Which one is a vein?",
        "Which one is a bone?",
    ]
    (note,) = parsed.notes
    assert note.line == 8
    assert note.text.startswith("“Which one is broken?” is left out. “ANSWER” must")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Take <del>2</del><ins>3</ins> pills</p>", "Take 3 pills"),
        ("<s>no <ul><li>one</li></ul></s>yes", "yes"),
        ('<span style="vertical-align:super">2+</span>', "²⁺"),
        ("Ca<sup>2+</sup>, H<sub>2</sub>O", "Ca²⁺, H₂O"),
        ("a<br>b<hr>c<div>d</div>e", "a\nb\nc\nd\ne"),
        ("<dl><dt>Dose</dt><dd>5 mg</dd></dl>", "Dose\n5 mg"),
        ("<ol start=3><li>c</li><li>d</li></ol>", "3. c\n4. d"),
        ("5 < 6, a<b and c>d", "5 < 6, a<b and c>d"),
        ("dose <vessel> here", "dose <vessel> here"),
        ("<!-- hidden -->seen<!-- never closed", "seen never closed"),
        ("<td>loose</td><td>cells</td>", "loose\ncells"),
        ("<img src='x' alt='5\" wide'> seen <a href=\"#\">link</a>", "seen link"),
        ("<script>if (a<b)</script>x<style>p{}</style>", "x"),
        ("a&nbsp;b &lt;c&gt; &amp;amp;", "a b <c> &amp;"),
        ("<math><mn>10</mn><mn>9</mn></math>", "10 9"),
    ],
)
def test_html_becomes_text_that_says_the_same(html, text):
    assert plain_text_of(html, "html").text == text


def test_a_cell_that_spans_is_said_under_each_of_its_heads():
    html = """<table><tr><th>Drug</th><th colspan=2>Dose</th></tr>
    <tr><td rowspan=2>Aspirin</td><td>75 mg</td><td>daily</td></tr>
    <tr><td>300 mg</td><td>once<table><tr><td>at first</td></tr></table></td></tr>
    </table>"""
    assert plain_text_of(html, "html").text.split("\n") == [
        "Drug | Dose | Dose",
        "Aspirin | 75 mg | daily",
        "Aspirin | 300 mg | once; at first",
    ]


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("html", "one two\nthree"),
        ("moodle", "one\ntwo\nthree"),
        ("markdown", "one two\nthree"),
        ("plain", "one\ntwo<br>three"),
    ],
)
def test_a_line_end_is_what_its_format_makes_of_it(form, text):
    assert plain_text_of("one\ntwo<br>three", form).text == text
