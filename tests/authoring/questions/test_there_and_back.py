"""Questions there and back in each format, and what other readers make of ours."""

import uuid
from dataclasses import replace
from importlib import import_module

import pytest
from defusedxml import ElementTree
from hypothesis import example, given
from hypothesis import strategies as st

from authoring.questions.formats.gift import write_gift
from authoring.questions.formats.gift_reading import read_gift
from authoring.questions.formats.moodle_reading import read_moodle_xml
from authoring.questions.formats.moodle_xml import write_moodle_xml
from authoring.questions.rules import items
from authoring.questions.rules.items import ExchangedItem, ExchangedOption
from quizzes import kinds
from tests.authoring.questions.made_questions import (
    ALL,
    ITEM,
    LESSON,
    MATCH,
    MULTIPLE,
    NUMBER,
    ORDER,
    WORD,
)
from tests.properties import fewer_examples

GIFT = (write_gift, read_gift)
MOODLE_XML = (write_moodle_xml, read_moodle_xml)


def there_and_back(form, items):
    write, read = form
    return read(write(items, title="Risks/benefits", lesson_key=LESSON).text)


def fields(item):
    return item.content, item.handle, item.critical, item.sources, item.answered_in


@fewer_examples(0.6)
@given(st.lists(ITEM, max_size=3))
def test_moodle_xml_brings_back_every_question_whole(items):
    parsed = there_and_back(MOODLE_XML, items)
    assert list(parsed.items) == items
    assert parsed.lesson_key == LESSON


@pytest.mark.parametrize("form", [GIFT, MOODLE_XML], ids=["gift", "moodle-xml"])
def test_a_kind_of_choices_that_no_format_names_keeps_its_kind(monkeypatch, form):
    """Whoever adds a kind with a known shape need not touch the formats."""
    monkeypatch.setitem(kinds.KINDS, "poll", kinds.KINDS["true_false"])
    monkeypatch.setattr(items, "_TAGGED", {*items._TAGGED, "poll"})
    options = ExchangedOption("Rarely", right=True), ExchangedOption("Often")
    item = ExchangedItem("poll", "How often?", options, handle="how-often")
    assert list(there_and_back(form, [item]).items) == [item]


@fewer_examples(0.6)
@given(st.lists(ITEM, max_size=3))
@example(
    [
        ExchangedItem(
            "single_choice",
            "a",
            (ExchangedOption("%50%", right=True), ExchangedOption("%")),
        )
    ]
)
@example([ORDER])
@example(
    [
        ExchangedItem(
            "true_false",
            "a",
            (
                ExchangedOption("True", right=True),
                ExchangedOption("False", feedback="="),
            ),
        )
    ]
)
@example(
    [
        ExchangedItem(
            "true_false",
            "a",
            (
                ExchangedOption("True", feedback="a -> b = ~c"),
                ExchangedOption("False", right=True, feedback="\\="),
            ),
        )
    ]
)
def test_gift_brings_back_every_question_whole(items):
    assert list(there_and_back(GIFT, items).items) == items


# The parser is old, and says so when it is imported.
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::SyntaxWarning")
def test_a_foreign_gift_parser_reads_ours_alike():
    foreign_gift = import_module("pygiftparser.parser")
    text = write_gift(ALL[:3], title="Risks", lesson_key=LESSON).text
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
    text = write_moodle_xml(ALL, title="A/B", lesson_key=LESSON).text
    category, *questions = ElementTree.fromstring(text)
    assert category.findtext("category/text") == "$course$/top/A//B"
    assert [q.get("type") for q in questions] == [
        "multichoice",
        "multichoice",
        "truefalse",
        "ordering",
        "numerical",
        "shortanswer",
        "matching",
    ]
    assert [q.findtext("single") for q in questions[:2]] == ["true", "false"]
    for question, item in zip(questions, ALL, strict=True):
        assert question.findtext("name/text") == item.handle
        assert question.findtext("idnumber") == str(item.key)
    fractions = [[a.get("fraction") for a in q.findall("answer")] for q in questions]
    assert fractions[:3] == [["100", "0"], ["50", "50", "-100"], ["0", "100"]]
    assert fractions[3] == ["1", "2", "3"]
    assert questions[2].findtext("answer/text") == "true"


def test_numbers_words_and_pairs_are_written_as_moodle_writes_them():
    text = write_moodle_xml([NUMBER, WORD, MATCH], title="", lesson_key=LESSON).text
    _category, number, word, match = ElementTree.fromstring(text)
    assert number.findtext("answer/text") == "3"
    assert number.findtext("answer/tolerance") == "0.5"
    assert number.findtext("units/unit/unit_name") == "months"
    assert (word.findtext("usecase"), word.find("answer").get("fraction")) == (
        "0",
        "100",
    )
    pairs = [
        (pair.findtext("text"), pair.findtext("answer/text"))
        for pair in match.findall("subquestion")
    ]
    assert pairs[:2] == [("Skin", "Outside"), ("Bone = hard", "Inside")]
    assert pairs[3] == (None, "Nowhere") or pairs[3] == ("", "Nowhere")


def test_numbers_words_and_pairs_are_written_as_gift_has_them():
    text = write_gift([NUMBER, WORD, MATCH], title="", lesson_key=LESSON).text
    assert "How many months? {#3:0.5\n####Hair grows slowly.\n}" in text
    assert "{\n=%100%Follicle\n=%100%Hair follicle\\: \\{1\\}\n####" in text
    assert "\n=Bone \\= hard -> Inside\n=Scalp -> Outside\n= -> Nowhere\n" in text


@pytest.mark.parametrize("form", [GIFT, MOODLE_XML])
def test_an_arrow_in_a_text_is_not_taken_for_a_pair(form):
    word = replace(WORD, options=(ExchangedOption("a -> b"), ExchangedOption("c")))
    [read] = there_and_back(form, [word]).items
    assert read.kind == "short_text"
    assert read.options[0].text in ("a → b", "a -> b")


def test_put_in_order_is_written_as_moodle_writes_it():
    """Without `shownumcorrect` Moodle makes hints that its database refuses."""
    text = write_moodle_xml([ORDER], title="", lesson_key=LESSON).text
    ordering = ElementTree.fromstring(text)[1]
    told = {child.tag: child.findtext("text", child.text) for child in ordering}
    assert told.keys() >= {
        *("layouttype", "selecttype", "selectcount", "gradingtype", "showgrading"),
        *("numberingstyle", "correctfeedback", "partiallycorrectfeedback"),
        *("incorrectfeedback", "shownumcorrect"),
    }
    assert (told["shownumcorrect"], told["selectcount"]) == ("1", "3")
    gift_text = write_gift([ORDER], title="", lesson_key=LESSON).text
    assert gift_text.endswith(
        "::order::[plain]In what order\\: \\{a\\} \\= b?"
        " {>3 ALL VERTICAL ALL_OR_NOTHING HIDE none\n"
        "First&colon; wash &lcub;both&rcub; hands\n"
        "&#48;\n"
        "&sol;/ Third &num;&num;&num;&num;<br>&lt; last\n"
        "####For germs.\n"
        "}\n"
    )


def test_characters_that_xml_cannot_hold_are_left_out_and_told():
    item = ExchangedItem(
        "ordering",
        "a\x0bb",
        (ExchangedOption("c"), ExchangedOption("d")),
        "odd",
        uuid.uuid4(),
    )
    written = write_moodle_xml([item], title="", lesson_key=LESSON)
    assert read_moodle_xml(written.text).items[0].stem == "ab"
    told = "Invisible characters that XML does not allow are removed: “odd”."
    assert told in written.notes


@pytest.mark.parametrize("write", [write_gift, write_moodle_xml])
def test_forty_questions_make_one_note_for_each_kind_of_loss(write):
    many = [replace(MULTIPLE, handle=f"two-{number}") for number in range(40)]
    _ids, *notes = write(many, title="", lesson_key=LESSON).notes
    [note] = notes
    assert note.startswith("Moodle gives part of the marks for some of the right")
    assert note.endswith(" “two-38”, “two-39”.")


@pytest.mark.parametrize("form", [GIFT, MOODLE_XML])
def test_more_right_options_than_moodle_has_marks_for_are_left_out(form):
    options = tuple(ExchangedOption(str(number), right=True) for number in range(11))
    write, read = form
    written = write(
        [replace(MULTIPLE, options=options), MULTIPLE], title="", lesson_key=LESSON
    )
    assert len(read(written.text).items) == 1
    assert "cannot mark more than ten right options" in written.notes[1]


@pytest.mark.parametrize("text", ["*", "5*3", "\\*", "a\\", "**"])
@pytest.mark.parametrize("form", [GIFT, MOODLE_XML])
def test_an_asterisk_to_type_stands_for_itself_in_moodle(form, text):
    item = replace(WORD, options=(ExchangedOption(text),))
    [back] = there_and_back(form, [item]).items
    assert back.options == item.options
    assert not any("matches any text" in change for change in back.changes)
