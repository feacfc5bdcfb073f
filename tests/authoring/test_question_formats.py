"""Questions there and back in each format, what others make of them, and bad files."""

import uuid
from importlib import import_module

import pytest
from defusedxml import ElementTree
from hypothesis import example, given, settings
from hypothesis import strategies as st

from authoring.questions import formats
from authoring.questions.formats import gift, moodle_xml
from authoring.questions.items import BrokenQuestionsError, Item, Option, read_tags

LESSON = uuid.uuid4()

TEXT = st.text(
    st.one_of(
        st.sampled_from("aé \n~=#{}:\\%[]<>&\"'/-$*"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn"]),
    ),
    max_size=12,
).map(str.strip)
WORDS = TEXT.map(lambda text: text or "a")
OPTION = st.builds(Option, text=WORDS, right=st.booleans(), feedback=TEXT)
STEP = st.builds(Option, text=WORDS, feedback=TEXT)


def _items(kind, options):
    return st.builds(
        Item,
        kind=st.just(kind),
        stem=WORDS,
        options=options.map(tuple),
        handle=st.from_regex(r"[a-z]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True),
        key=st.uuids(),
        feedback=TEXT,
        critical=st.booleans(),
        sources=st.lists(st.sampled_from(["S1", "S22"]), unique=True).map(tuple),
        answered_in=st.sampled_from(["", "#what-it-is", "faq:is-it-safe"]),
        standing=st.sampled_from(["", "to_check", "left_out"]),
    )


def _truths(right):
    words = st.sampled_from([("True", "False"), ("Yes", "No"), ("False", "True")])
    return st.tuples(words, TEXT, TEXT).map(
        lambda drawn: [
            Option(text, place == right, why)
            for place, (text, why) in enumerate(
                zip(drawn[0], drawn[1:], strict=True), start=0
            )
        ]
    )


OPTIONS = st.lists(OPTION, min_size=2, max_size=4)
ITEM = st.one_of(
    _items("single_choice", OPTIONS),
    _items("multiple_response", OPTIONS),
    _items("true_false", st.integers(0, 1).flatmap(_truths)),
    _items("ordering", st.lists(STEP, min_size=2, max_size=4)),
)


def there_and_back(form, items):
    written = form.write(items, title="Risks/benefits", lesson_key=LESSON)
    return form.read(written.text)


@settings(max_examples=60)
@given(st.lists(ITEM, max_size=3))
def test_moodle_xml_brings_back_every_question_whole(items):
    parsed = there_and_back(moodle_xml, items)
    assert list(parsed.items) == items
    assert parsed.lesson_key == LESSON


def _sayable_in_gift(item):
    right = [option.right for option in item.options]
    return item.kind == "multiple_response" or (
        item.kind != "ordering" and not all(right)
    )


@settings(max_examples=60)
@given(st.lists(ITEM, max_size=3))
@example([Item("single_choice", "a", (Option("%50%", right=True), Option("%")))])
def test_gift_brings_back_all_but_keys_and_names_what_it_leaves_out(items):
    parsed = there_and_back(gift, items)
    kept = [item for item in items if _sayable_in_gift(item)]
    assert [(i.content, i.handle, i.critical, i.sources) for i in parsed.items] == [
        (i.content, i.handle, i.critical, i.sources) for i in kept
    ]
    assert [(i.answered_in, i.standing) for i in parsed.items] == [
        (i.answered_in, i.standing) for i in kept
    ]
    notes = gift.write(items, title="", lesson_key=LESSON).notes
    left_out = [note for note in notes if "is left out" in note]
    assert len(left_out) == len(items) - len(kept)


SINGLE = Item(
    "single_choice",
    "What is 5 > 3: {true}?",
    (Option("It is #1", True, "Yes = right"), Option("No ~", feedback="Why: no")),
    handle="bigger",
    key=uuid.uuid4(),
    feedback="All in all [S1].",
)
MULTIPLE = Item(
    "multiple_response",
    "Which two?",
    (Option("One", True), Option("Two", True), Option("Three")),
    handle="two",
    key=uuid.uuid4(),
)
TRUTH = Item(
    "true_false",
    "Is it so?",
    (Option("True", feedback="No, it is not"), Option("False", True, "Right")),
    handle="so",
    key=uuid.uuid4(),
)
ORDER = Item(
    "ordering",
    "In what order?",
    (Option("First"), Option("Second")),
    handle="order",
    key=uuid.uuid4(),
)
ALL = [SINGLE, MULTIPLE, TRUTH, ORDER]


# The parser is old, and says so when it is imported.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
def test_a_foreign_gift_parser_reads_ours_alike():
    foreign_gift = import_module("pygiftparser.parser")
    text = gift.write(ALL, title="Risks", lesson_key=LESSON).text
    assert "5 > 3\\: \\{true\\}?" in text
    single, multiple, truth = foreign_gift.parseFile(text.splitlines(keepends=True))
    assert [q.title for q in (single, multiple, truth)] == ["bigger", "two", "so"]
    assert all(q.valid for q in (single, multiple, truth))
    assert [type(q.answers).__name__ for q in (single, multiple, truth)] == [
        "SelectSet",
        "MultipleChoicesSet",
        "TrueFalseSet",
    ]
    assert [a.fraction for a in single.answers.answers] == [100, 0]
    assert [a.fraction for a in multiple.answers.answers] == [50, 50, -100]
    assert truth.answers.answer is False
    assert truth.answers.feedbackWrong == "No, it is not"
    assert single.generalFeedback == "All in all [S1]."


def test_moodle_xml_has_the_shape_that_moodle_reads():
    text = moodle_xml.write(ALL, title="A/B", lesson_key=LESSON).text
    category, *questions = ElementTree.fromstring(text)
    assert category.findtext("category/text") == "$course$/top/A//B"
    assert [q.get("type") for q in questions] == [
        "multichoice",
        "multichoice",
        "truefalse",
        "ordering",
    ]
    assert [q.findtext("single") for q in questions[:2]] == ["true", "false"]
    for question, item in zip(questions, ALL, strict=True):
        assert question.findtext("name/text") == item.handle
        assert question.findtext("idnumber") == str(item.key)
    fractions = [[a.get("fraction") for a in q.findall("answer")] for q in questions]
    assert fractions == [["100", "0"], ["50", "50", "-100"], ["0", "100"], ["1", "2"]]
    assert questions[2].findtext("answer/text") == "true"


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
    parsed = formats.read(FOREIGN_GIFT.encode())
    tomb, gap, moon = parsed.items
    assert tomb.stem == "Who is buried in Grant's tomb?"
    assert [o.right for o in tomb.options] == [True, True, False]
    assert tomb.options[0].feedback == "Yes"
    assert gap.stem == "Grant is _____ in Grant's tomb."
    assert [(o.text, o.right, o.feedback) for o in moon.options] == [
        ("True", False, "No, of stone."),
        ("False", True, "Well done."),
    ]
    assert moon.feedback == "Think of Apollo."
    assert [(note.line, note.text.split(":")[0][:40]) for note in parsed.notes] == [
        (2, "The category “$course$/top/Basics” is no"),
        (4, "Markup is not kept"),
        (4, "Part of a mark is not kept."),
        (4, "The tag “hair” is not kept."),
        (10, "A short answer question is left out"),
        (14, "A numerical question is left out"),
        (18, "An essay question is left out"),
        (20, "A matching question is left out"),
        (22, "A text without answers is left out"),
    ]


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
    parsed = formats.read(FOREIGN_XML.encode())
    (item,) = parsed.items
    assert item.stem == "What is it?"
    assert [(o.text, o.right) for o in item.options] == [
        ("Right", True),
        ("Part", True),
    ]
    assert {(note.line, note.text) for note in parsed.notes} == {
        (4, "A question of the type “essay” is left out: “Write”."),
        (5, "The id number “17” is not kept."),
        (5, "The tag “hair” is not kept."),
        (7, "Markup is not kept: em, script."),
        (7, "Pictures and files are not kept."),
        (14, "“correctfeedback” is not kept."),
        (16, "Part of a mark is not kept."),
        (1, "How Moodle shows and weighs questions is not kept: penalty."),
    }


def test_characters_that_xml_cannot_hold_are_left_out_and_told():
    item = Item("ordering", "a\x0bb", (Option("c"), Option("d")), "odd", uuid.uuid4())
    written = moodle_xml.write([item], title="", lesson_key=LESSON)
    assert moodle_xml.read(written.text).items[0].stem == "ab"
    assert "“odd”: invisible characters that XML cannot hold." in written.notes


def test_aiken_is_read_with_its_lines():
    text = "\r\nWhat is it?\r\nA. This\r\nB) That\r\nANSWER: B\r\n\r\nAnd this?\r\nA. a\r\nB. b\r\nANSWER: A\r\n"
    first, second = formats.read(text.encode("utf-8-sig")).items
    assert (first.line, second.line) == (2, 7)
    assert first.content == (
        "single_choice",
        "What is it?",
        (Option("This"), Option("That", right=True)),
        "",
    )


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    "<quiz>&b;</quiz>"
)
OUTSIDE = '<!DOCTYPE q SYSTEM "http://example.org/q.dtd"><quiz/>'


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        (BOMB.encode(), 1, "take that out"),
        (OUTSIDE.encode(), 1, "take that out"),
        (b"<quiz>\n<question></quiz>", 2, "not well-formed"),
        (b"<quiz>&nbsp;</quiz>", 1, "not well-formed"),
        (b"<html></html>", 1, "no Moodle quiz"),
        (b"<quiz></quiz>", 1, "no question"),
        (
            b'<quiz><question type="multichoice"><answer fraction="x"/></question></quiz>',
            1,
            "must be a number",
        ),
        (b"", 1, "no question"),
        (b"PK\x03\x04\x00", 1, "not a text file"),
        (b"one\ntwo \xff\xfe", 2, "UTF-8"),
        (b"x" * 1_000_001, 1, "larger than 1 MB"),
        (b"\n::a:: b {=c ~d", 2, "one “{” and one “}”"),
        (b"::a:: b {=c {~d}}", 1, "one “{” and one “}”"),
        (b"b {c}", 1, "Begin each answer"),
        (b"What?\nA. a\nB. b\nANSWER: C", 4, "name one of its options"),
        (b"What?\nA. a\nB. b\nANSWER: A\n\nMore?\nA. a", 6, "no “ANSWER: ”"),
    ],
)
def test_a_bad_file_says_where_and_what_to_do(content, line, told):
    with pytest.raises(BrokenQuestionsError) as error:
        formats.read(content)
    assert [p.line for p in error.value.problems] == [line]
    assert told in error.value.problems[0].text


def test_tags_nested_ten_thousand_deep_do_no_harm():
    deep = "<b>" * 10_000
    html = f"<quiz><question type='multichoice'><questiontext><text><![CDATA[{deep}]]></text></questiontext></question></quiz>"
    assert formats.read(html.encode()).items[0].stem == ""
    elements = f"<quiz>{'<a>' * 10_000}{'</a>' * 10_000}</quiz>"
    assert formats.read(elements.encode()).items == ()


@pytest.mark.parametrize(
    "tag", ["source:x", "source:S1234567890123", "answered-in:there", "kind:essay"]
)
def test_a_tag_that_does_not_fit_its_field_is_unknown(tag):
    assert read_tags([tag]).unknown == (tag,)
