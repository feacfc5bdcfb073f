"""Files as Moodle's own exporters write them, odd content included.

Made for these tests after what `qformat_gift`, `qformat_xml` and `qtype_ordering` of
Moodle 4.5 write: texts of an ordering question go out unescaped, blank lines with them.
"""

from authoring.questions import formats

GIFT = """\
// question: 0  name: Switch category to $course$/top/Default for A
$CATEGORY: $course$/top/Default for A


// question: 11  name: A gap
// [id:gap-1] [tag:critical]


// question: 12  name: Oddly: {named}
// [id:0d7cd2b4-6c1c-4b0f-9a3e-0f8f3a6d6f01] [tag:source:S1] [tag:odd\\]tag]
::Oddly\\: \\{named\\}::[html]<p>Is 5 \\= 3 + 2?</p>\\n\\n<p>Think\\: twice \\~ or so.</p>{
\t=<p dir\\="ltr">Yes</p>#<p>It is \\#1.</p>
\t~[plain]No <b>way</b>
\t####[moodle]Sums\\nare sums.
}


// question: 13  name: Read this
::Read this::[html]<p>Only a text.</p>


// question: 14  name: Wash: steps
::Wash: steps::[html]<p>Order = what?</p>

<p>Mind {braces} & signs: # ~</p>{>2 RANDOM VERTICAL RELATIVE_TO_CORRECT SHOW abc
<p>Wet: 1 = 1 {first}</p>
SHOW soap

Rinse &lt; dry 10<sup>2</sup>
}

Put in by hand? {=y ~n}

// question: 15  name: Both
// [tag:critical]
::Both::[markdown]Which *two*?{
\t~%50%One
\t~%50%Two#[html]<b>Yes</b>
\t~%-100%Three
}


// question: 16  name: So
::So::It is so.{FALSE#No, not\\: so.#Right.}


"""


def test_moodles_gift_is_read_question_by_question():
    odd, wash, by_hand, both, so = formats.read_question_bytes(GIFT.encode()).items
    assert (odd.handle, str(odd.key)[:8]) == ("Oddly: {named}", "0d7cd2b4")
    assert odd.stem == "Is 5 = 3 + 2?\nThink: twice ~ or so."
    assert [(o.text, o.right, o.feedback) for o in odd.options] == [
        ("Yes", True, "It is #1."),
        ("No <b>way</b>", False, ""),
    ]
    assert odd.feedback == "Sums\nare sums."
    assert (odd.critical, odd.sources) == (False, ("S1",))
    assert (wash.kind, wash.critical) == ("ordering", False)
    assert wash.stem == "Order = what?\nMind {braces} & signs: # ~"
    assert [option.text for option in wash.options] == [
        "Wet: 1 = 1 {first}",
        "SHOW soap",
        "Rinse < dry 10²",
    ]
    assert by_hand.stem == "Put in by hand?"
    assert (both.stem, both.kind, both.critical) == (
        "Which two?",
        "multiple_response",
        True,
    )
    assert [option.right for option in both.options] == [True, True, False]
    assert [(o.text, o.right, o.feedback) for o in so.options] == [
        ("True", False, "No, not: so."),
        ("False", True, "Right."),
    ]


def test_what_is_left_of_moodles_gift_is_named():
    told = "\n".join(
        note.text for note in formats.read_question_bytes(GIFT.encode()).notes
    )
    assert "“Read this” (text without answers)" in told
    assert (
        "Moodle shows only some of the steps, but Anteroom shows them all: “Wash: "
        "steps”." in told
    )
    assert "Tags are not kept: “Oddly: {named}” (odd]tag)." in told


XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<!-- question: 0  -->
  <question type="category">
    <category>
      <text>$course$/top/Default for A</text>
    </category>
    <info format="moodle_auto_format">
      <text></text>
    </info>
    <idnumber></idnumber>
  </question>

<!-- question: 21  -->
  <question type="ordering">
    <name>
      <text>Steps</text>
    </name>
    <questiontext format="html">
      <text><![CDATA[<p dir="ltr">Order &amp; count]]]]><![CDATA[></p>]]></text>
    </questiontext>
    <generalfeedback format="html">
      <text></text>
    </generalfeedback>
    <defaultgrade>1.0000000</defaultgrade>
    <penalty>0.3333333</penalty>
    <hidden>0</hidden>
    <idnumber>s&lt;1</idnumber>
    <layouttype>VERTICAL</layouttype>
    <selecttype>ALL</selecttype>
    <selectcount>2</selectcount>
    <gradingtype>ABSOLUTE_POSITION</gradingtype>
    <showgrading>SHOW</showgrading>
    <numberingstyle>none</numberingstyle>
    <correctfeedback format="html">
      <text>Your answer is correct.</text>
    </correctfeedback>
    <partiallycorrectfeedback format="html">
      <text>Your answer is partially correct.</text>
    </partiallycorrectfeedback>
    <incorrectfeedback format="html">
      <text>Your answer is incorrect.</text>
    </incorrectfeedback>
    <shownumcorrect>1</shownumcorrect>
    <answer fraction="1.0000000" format="html">
      <text><![CDATA[<p>Wash</p>]]></text>
    </answer>
    <answer fraction="2.0000000" format="moodle_auto_format">
      <text>Cut</text>
    </answer>
  </question>

<!-- question: 22  -->
  <question type="multichoice">
    <name>
      <text>Bad</text>
    </name>
    <questiontext format="html">
      <text>Bad?</text>
    </questiontext>
    <single>true</single>
    <answer fraction="much" format="html"><text>x</text></answer>
  </question>

<!-- question: 23  -->
  <question type="multichoice">
    <name>
      <text>Raw</text>
    </name>
    <questiontext format="markdown">
      <text>Which *one*?</text>
    </questiontext>
    <generalfeedback>
      <text>*All* of it.</text>
    </generalfeedback>
    <single>true</single>
    <answer fraction="100" format="html">
      <text><p>Half</p><p>typed <b>by hand</b>, kept</p></text>
      <feedback format="moodle_auto_format"><text>one
two</text></feedback>
    </answer>
    <answer fraction="0" format="plain_text"><text>5 &lt; *6*</text></answer>
    <hint format="html">
      <text>Think.</text>
      <shownumcorrect/>
    </hint>
    <tags>
      <tag><text>source:S2</text>
</tag>
    </tags>
  </question>
</quiz>
"""


def test_moodles_xml_is_read_and_a_bad_question_leaves_the_others():
    parsed = formats.read_question_bytes(XML.encode())
    steps, raw = parsed.items
    assert (steps.kind, steps.stem) == ("ordering", "Order & count]]>")
    assert [option.text for option in steps.options] == ["Wash", "Cut"]
    assert (raw.stem, raw.feedback, raw.sources) == (
        "Which one?",
        "All of it.",
        ("S2",),
    )
    assert [(o.text, o.feedback) for o in raw.options] == [
        ("Half\ntyped by hand, kept", "one\ntwo"),
        ("5 < *6*", ""),
    ]
    told = {(note.line, note.text) for note in parsed.notes}
    assert (
        54,
        "“Bad” is left out. The “fraction” of an answer must be a number.",
    ) in told
    assert (66, "Parts of questions are not kept: “Raw” (hint).") in told


def test_forty_questions_lose_moodles_own_feedback_in_one_note():
    question = XML[
        XML.index('  <question type="ordering">') : XML.index("<!-- question: 22")
    ]
    many = "".join(question.replace("Steps", f"Steps {number}") for number in range(40))
    parsed = formats.read_question_bytes(f"<quiz>{many}</quiz>".encode())
    assert len(parsed.items) == 40
    notes = [n.text for n in parsed.notes if "right, partly right" in n.text]
    assert len(notes) == 1
    assert "“Steps 0”" in notes[0]
    assert "“Steps 39”" in notes[0]
    assert len(parsed.notes) <= 4
