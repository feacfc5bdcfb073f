"""Files that are nearly in a format: each question is read rightly, or named."""

import pytest

from authoring.questions import formats
from authoring.questions.formats.texts import plain_text_of


def read(text):
    return formats.read_question_bytes(text.encode())


def told(parsed):
    return "\n".join(note.text for note in parsed.notes)


def rights(parsed):
    return [[o.text for o in item.options if o.right] for item in parsed.items]


@pytest.mark.parametrize(
    "answer", ["ANSWER : B", "ANSWER: B.", "Answer: (b)", "ANSWER:\tB)", "answer:b"]
)
@pytest.mark.parametrize(
    "options", ["A. one\nB. two", "a) one\nb) two", "(A) one\n(B) two"]
)
def test_aiken_is_read_however_letters_are_set(options, answer):
    assert rights(read(f"What?\n{options}\n{answer}\n")) == [["two"]]


@pytest.mark.parametrize("end", ["\r", "\r\n"])
def test_aiken_is_known_whichever_system_wrote_it(end):
    text = "What?\n\tA. one\n\tB. two\n\tANSWER: A\n".replace("\n", end)
    assert rights(read(text)) == [["one"]]


def test_an_option_of_aiken_that_says_nothing_is_no_part_of_the_question():
    parsed = read("First?\nA. \nB. two\nANSWER: B\n\nNext?\nA. x\nB. y\nANSWER: A\n")
    assert [item.stem for item in parsed.items] == ["Next?"]
    assert "“First?” is left out. Option “A” is empty." in told(parsed)


def test_the_reason_below_an_answer_of_aiken_belongs_to_its_question():
    one = "One?\nA. x\nB. y\nANSWER: A\nFEEDBACK: Because.\n"
    bad = "Two?\nA. x\nANSWER: Z\n\nExplanation: Of two.\n"
    parsed = read(f"{one}\n{bad}\nThree?\nA. x\nB. y\nANSWER: B\n\nRationale: So.\n")
    assert [(item.stem, item.feedback) for item in parsed.items] == [
        ("One?", "Because."),
        ("Three?", "So."),
    ]


def test_words_like_an_option_stay_in_a_question_of_aiken():
    (item,) = read("When?\na.m. or later\nA. x\nB. y\nANSWER: A\n").items
    assert item.stem == "When? a.m. or later"


def test_a_title_begins_a_question_of_gift_without_a_blank_line():
    parsed = read("::a::One?{=x ~y}\n::b::Two? {\n=x {z}\n}\n::c::Three?{=x\n~y\n}\n")
    assert [item.handle for item in parsed.items] == ["a", "c"]
    assert "“b” is left out." in told(parsed)


def test_signs_that_look_like_a_title_stay_in_an_answer_of_gift():
    (item,) = read("::a::One?{\n=x \\}\n::y\n~z\n}\n").items
    assert [option.text for option in item.options] == ["x }\n::y", "z"]


def in_order(*numbers):
    answers = "".join(
        f'<answer fraction="{n}"><text>step {n}</text></answer>' for n in numbers
    )
    return read(
        '<quiz><question type="ordering"><name><text>o</text></name><questiontext>'
        f"<text>Order</text></questiontext>{answers}</question></quiz>"
    )


def test_steps_whose_numbers_contradict_their_places_are_to_be_checked():
    parsed = in_order(3, 1, 2)
    (item,) = parsed.items
    assert (item.kind, item.review_status) == ("ordering", "to_check")
    assert "do not match their order, which is kept: “o” (3, 1, 2)" in told(parsed)
    assert in_order(1, 2, 3).items[0].review_status == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("e<sup>x<sub>1</sub></sup>", "e^(x₁)"),
        ("x<sub>i<sup>2</sup></sub> 10<sup>9</sup>", "x_(i²) 10⁹"),
        ("10<sup><span style='vertical-align:super'>9</span></sup>", "10⁹"),
        ("<table><tr><th colspan=0>Dose</th></tr></table>", "Dose"),
        (
            "<table><tr><td rowspan=0>5 mg<td>a</tr><tr><td>b</tr></table>",
            "5 mg | a\n5 mg | b",
        ),
        (
            "<table><tbody><tr><td rowspan=3>A<td>1</tr></tbody>"
            "<tbody><tr><td>B<td>2</tr></tbody></table>",
            "A | 1\nB | 2",
        ),
    ],
)
def test_html_that_is_seldom_written_says_the_same(html, text):
    assert plain_text_of(html, "html").text == text
