"""What an author pastes keeps its meaning, in rich text and in plain fields."""

# ruff: noqa: RUF001 -- typographic signs are what is pasted.

import json

import pytest

from course.models import LessonPage
from course.rules import raised
from tests.browser.writing import open_tab

PASTE = """(field, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", "what a browser says without marks");
    field.focus();
    field.dispatchEvent(new ClipboardEvent(
        "paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""
SENT = """area => area.closest("[data-draftail-editor-wrapper]").parentElement
    .querySelector("input[type=hidden]").value"""
UNITS = (
    "<p>5 × 10<sup>9</sup> per litre, H<sub>2</sub>O.</p>"
    "<p><del>Take 50 mg.</del> Take <s>75</s> 5 mg.</p>"
)
OF_A_WORD_PROCESSOR = (
    "<style><!-- .x1 {vertical-align:super;} @page {margin:1cm} --></style>"
    "<p>10<font class=x1>9</font> cells, "
    '<span style="text-decoration:line-through">50 mg</span>5 mg, '
    '<span style="vertical-align:sub;font-size:0.6em">x</span></p>'
)
SAID = [
    "9", "-6", "th", "st", "*", "†", "[1]", "[1, 2]", "a/b", "½", "TM", "(R)", "2+", "3−",
    "n", "N", "1c", "A", "max", "1,2", " 2 ", "12A", "²", "٣", "µ", "", " ", "2.5", "é", "#",
]  # fmt: skip


@pytest.fixture
def editor(admin):
    lesson = LessonPage.objects.get(slug="cell-types")
    admin.goto(f"/admin/pages/{lesson.pk}/edit/")
    admin.locator(
        "#tab-lesson [data-draftail-editor] [contenteditable=true]"
    ).first.wait_for()
    return admin


def rich_text(page, html):
    """Paste at the end of the first rich text; return its blocks as the form sends them."""
    area = page.locator(
        "#tab-lesson [data-draftail-editor] [contenteditable=true]"
    ).first
    area.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    area.evaluate(PASTE, html)
    page.wait_for_timeout(600)  # Draftail writes its field a moment later.
    return json.loads(area.evaluate(SENT))["blocks"]


def styled(block):
    return [
        (
            found["style"],
            block["text"][found["offset"] : found["offset"] + found["length"]],
        )
        for found in block["inlineStyleRanges"]
    ]


def test_raised_signs_pasted_into_rich_text_stay_and_struck_text_is_named(editor):
    *_before, units, dose = rich_text(editor, UNITS)
    assert units["text"] == "5 × 10" + "9 per litre, H2O."
    assert styled(units) == [("SUPERSCRIPT", "9"), ("SUBSCRIPT", "2")]
    assert " ".join(dose["text"].split()) == "Take 5 mg."
    note = editor.locator("[data-pasted-note]")
    note.get_by_text("“Take 50 mg.”, “75”").wait_for()


def test_what_a_style_says_counts_as_much_as_an_element(editor):
    *_before, block = rich_text(editor, OF_A_WORD_PROCESSOR)
    assert block["text"] == "109 cells, 5 mg, x"
    assert styled(block) == [("SUPERSCRIPT", "9"), ("SUBSCRIPT", "x")]


def test_other_pasted_text_is_left_to_the_editor(editor):
    *_before, block = rich_text(editor, "<p>Only <b>bold</b>.</p>")
    assert (block["text"], styled(block)) == ("Only bold.", [("BOLD", "bold")])
    assert not editor.locator("[data-pasted-note]").count()


def test_a_plain_field_gets_small_signs_and_a_word_about_struck_text(editor):
    open_tab(editor, "Quiz")
    editor.get_by_role("button", name="Expand all questions").click()
    stem = editor.locator("#id_questions-0-stem")
    stem.fill("")
    stem.evaluate(PASTE, UNITS)
    assert stem.input_value() == "5 × 10⁹ per litre, H₂O.\nTake 5 mg."
    editor.locator("[data-pasted-note]").get_by_text("“Take 50 mg.”").wait_for()
    editor.keyboard.press("Control+z")
    assert stem.input_value() == ""


def test_scripts_and_server_raise_and_lower_alike(editor):
    ask = "(texts) => texts.map(t => [anteroomPasting.sup(t), anteroomPasting.sub(t)])"
    expected = [
        [raised.to_superscript(text), raised.to_subscript(text)] for text in SAID
    ]
    assert editor.evaluate(ask, SAID) == expected
