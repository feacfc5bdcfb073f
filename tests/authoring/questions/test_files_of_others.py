"""Files that others wrote, well or badly."""

import pytest

from authoring.questions import formats
from authoring.questions.rules.items import (
    BrokenQuestionsError,
    ExchangedOption,
    read_tags,
)

FOREIGN_GIFT = """\
// made elsewhere [id:17] [tag:hair]
$CATEGORY: $course$/top/Basics

::Q1:: [html]<p>Who is <b>buried</b> in Grant's tomb?</p> {
  =Grant #Yes
  ~%50%nobody # Half right
  ~Napoleon
}

Two plus two {=four =4}

Grant is {~buried =entombed} in Grant's tomb.

{#3:2}

A moon is made of cheese. {F#No, of stone.#Well done.####Think of Apollo.}

Write about it. {}

Match. {=a -> b =c -> d}

Only words.
"""


def test_gift_of_others_is_read_and_the_rest_is_listed_by_line():
    parsed = formats.read_question_bytes(FOREIGN_GIFT.encode())
    tomb, four, gap, number, moon, match = parsed.items
    assert tomb.stem == "Who is buried in Grant's tomb?"
    assert [o.right for o in tomb.options] == [True, False, False]
    assert (tomb.review_status, gap.review_status) == ("to_check", "")
    assert tomb.options[0].feedback == "Yes"
    assert gap.stem == "Grant is _____ in Grant's tomb."
    assert [(o.text, o.right, o.feedback) for o in moon.options] == [
        ("True", False, "No, of stone."),
        ("False", True, "Well done."),
    ]
    assert moon.feedback == "Think of Apollo."
    assert (four.kind, [o.text for o in four.options]) == ("short_text", ["four", "4"])
    assert (number.kind, number.tolerance) == ("numeric", "2")
    assert [(o.text, o.match) for o in match.options] == [("a", "b"), ("c", "d")]
    assert {(note.line, note.text) for note in parsed.notes} == {
        (2, "Categories are not kept: “$course$/top/Basics”."),
        (4, "Markup is not kept: “Q1” (b)."),
        (
            4,
            "Part marks are not kept, so the option counts as wrong: “Q1” (nobody).",
        ),
        (4, "Tags are not kept: “Q1” (hair)."),
        (4, "ID numbers are not kept: “Q1” (17)."),
        (
            18,
            "Kinds of question that Anteroom does not support are left out: "
            "“Write about it. {}” (an essay question), "
            "“Only words.” (text without answers).",
        ),
    }


FOREIGN_XML = """
<?xml version="1.0" encoding="ISO-8859-1"?>
<quiz>
  <question type="essay"><name><text>Write</text></name></question>
  <question type="multichoice">
    <name><text>Hair Loss!</text></name>
    <questiontext format="html">
      <text><![CDATA[<p>What <em>is</em> it?</p><script>alert(1)</script>]]></text>
      <file name="a.png" encoding="base64">AAAA</file>
    </questiontext>
    <idnumber>17</idnumber>
    <penalty>0.5</penalty>
    <single>true</single>
    <correctfeedback format="html"><text>Well done</text></correctfeedback>
    <answer fraction="100"><text>Right</text></answer>
    <answer fraction="33.33333"><text>Part</text></answer>
    <tags><tag><text>hair</text></tag></tags>
  </question>
</quiz>
"""


def test_moodle_xml_of_others_is_read_and_the_rest_is_listed_by_line():
    parsed = formats.read_question_bytes(FOREIGN_XML.encode())
    (item,) = parsed.items
    assert item.stem == "What is it?"
    assert [(o.text, o.right) for o in item.options] == [
        ("Right", True),
        ("Part", False),
    ]
    assert item.review_status == "check_wording"
    assert {(note.line, note.text) for note in parsed.notes} == {
        (
            4,
            "Kinds of question that Anteroom does not support are left out: "
            "“Write” (essay).",
        ),
        (5, "ID numbers are not kept: “Hair Loss!” (17)."),
        (5, "Tags are not kept: “Hair Loss!” (hair)."),
        (5, "Markup is not kept: “Hair Loss!” (em, script)."),
        (5, "Pictures and files are not kept: “Hair Loss!”."),
        (
            5,
            "Moodle's combined feedback for right, partly right and wrong answers is "
            "not kept: "
            "“Hair Loss!”.",
        ),
        (
            5,
            "Part marks are not kept, so the option counts as wrong: "
            "“Hair Loss!” (Part).",
        ),
        (5, "Moodle's settings for display and grading are not kept: penalty."),
    }


def test_aiken_is_read_with_its_lines():
    text = "\r\nWhat is it?\r\nA. This\r\nB) That\r\nANSWER: B\r\n\r\nAnd this?\r\nA. a\r\nB. b\r\nANSWER: A\r\n"
    first, second = formats.read_question_bytes(text.encode("utf-8-sig")).items
    assert (first.line, second.line) == (2, 7)
    assert first.content == (
        "single_choice",
        "What is it?",
        (ExchangedOption("This"), ExchangedOption("That", right=True)),
        "",
        ("", ""),
    )


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    "<quiz>&b;</quiz>"
)
OUTSIDE = '<!DOCTYPE q SYSTEM "http://example.org/q.dtd"><quiz/>'


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (BOMB.encode(), 1, "Remove them"),
        (OUTSIDE.encode(), 1, "Remove them"),
        (b"<quiz>\n<question></quiz>", 2, "not well-formed"),
        (b"<quiz>&nbsp;</quiz>", 1, "not well-formed"),
        (b"<html></html>", 1, "not a Moodle quiz"),
        (b"<quiz></quiz>", 1, "no question"),
        (
            b'<quiz><question type="multichoice"><answer fraction="x"/></question></quiz>',
            1,
            "must be a number",
        ),
        (b"", 1, "no question"),
        (b"PK\x03\x04\x00", 1, "not a text file"),
        (b"one\ntwo \xff\xfe", 2, "UTF-8"),
        (b"x" * 1_000_001, 1, "smaller than 1 MB"),
        (b"\n::a:: b {=c ~d", 2, "one “{” and one “}”"),
        (b"::a:: b {=c {~d}}", 1, "one “{” and one “}”"),
        (b"b {c}", 1, "Start a right answer"),
        (b"What?\nA. a\nB. b\nANSWER: C", 4, "name one of its options"),
        (b"More?\nA. a\n\nANSWER:", 4, "name one of its options"),
    ],
)
def test_a_bad_file_says_where_and_what_to_do(content, line, told):
    with pytest.raises(BrokenQuestionsError) as error:
        formats.read_question_bytes(content)
    assert [p.line for p in error.value.problems] == [line]
    assert told in error.value.problems[0].text


def test_tags_nested_ten_thousand_deep_do_no_harm():
    deep = "<b>" * 10_000
    html = f"<quiz><question type='multichoice'><questiontext><text><![CDATA[{deep}]]></text></questiontext></question></quiz>"
    assert formats.read_question_bytes(html.encode()).items[0].stem == ""
    elements = f"<quiz>{'<a>' * 10_000}{'</a>' * 10_000}</quiz>"
    assert formats.read_question_bytes(elements.encode()).items == ()


@pytest.mark.parametrize(
    "tag", ["source:x", "source:S1234567890123", "answered-in:there", "kind:essay"]
)
def test_a_tag_that_does_not_fit_its_field_is_unknown(tag):
    assert read_tags([tag]).unknown == (tag,)
