"""Lessons and questions are read aloud by a voice of the device."""

import pytest

from tests.browser.accessibility import faults_of
from tests.browser.patience import wait_until_true
from tests.browser.walking import (
    COURSE,
    answer_wrong,
    check_answer,
    on_phones_and_screens,
)

LESSON = f"{COURSE}risks/"
QUIZ = f"{COURSE}stem-cell-basics/quiz/"

# Browsers without a screen have no voices, so this one says what it is given to say.
VOICES = """
window.said = [];
window.rates = [];
let waiting = null;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "%s", localService: %s, name: "Own" }],
    addEventListener() {},
    cancel() { waiting = null; },
    speak(utterance) {
        said.push(utterance.text);
        rates.push(utterance.rate);
        waiting = utterance;
    },
} });
window.finishSentence = () => waiting?.onend();
"""
MARKED = """[...(CSS.highlights.get("spoken") ?? [])].map(range => range.toString())"""


def listen(open_page, path, *, language="en-GB", is_local=True, **kwargs):
    page = open_page("/healthz", **kwargs)
    page.add_init_script(VOICES % (language, str(is_local).lower()))
    page.goto(path)
    return page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def hear(page, number):
    """Let the device say so many sentences, and return all that it has said."""
    wait_until_true(page, "said.length")
    for _sentence in range(number - 1):
        page.evaluate("finishSentence()")
    return page.evaluate("said")


@on_phones_and_screens
def test_a_lesson_is_read_aloud_and_the_sentence_is_marked(open_page, width):
    page = listen(open_page, LESSON, width=width)
    assert page.get_by_role("button", name="Stop").count() == 0
    press(page, "Listen")
    said = hear(page, 3)
    assert page.get_by_role("heading", level=1).inner_text() in said
    (marked,) = page.evaluate(MARKED)
    assert " ".join(marked.split()) == said[-1]
    press(page, "Pause")
    press(page, "Go on")
    again = "text => said.filter(each => each === text).length === 2"
    wait_until_true(page, again, said[-1])
    assert not faults_of(page, schemes=("light",))
    page.keyboard.press("Escape")
    assert page.evaluate(MARKED) == []
    assert page.get_by_role("button", name="Listen").is_visible()


@on_phones_and_screens
def test_a_question_is_read_with_its_options_and_then_the_feedback(open_page, width):
    page = listen(open_page, QUIZ, width=width)
    options = page.locator("form.app-question label").all_inner_texts()
    press(page, "Listen")
    said = " ".join(hear(page, 12))
    assert all(" ".join(option.split()) in said for option in options)
    answer_wrong(page)
    page.evaluate("said.length = 0")
    press(page, "Listen")
    assert "Not sure yet?" in " ".join(hear(page, 6))


def test_nothing_is_read_that_the_page_does_not_show(open_page):
    page = listen(open_page, LESSON)
    press(page, "Listen")
    said = " ".join(hear(page, 400))
    assert "Back to the text" not in said
    assert not any(f"[S{number}]" in said for number in range(9))
    assert page.get_by_role("button", name="Listen").is_visible()


def test_the_speed_changes_while_listening(open_page):
    page = listen(open_page, LESSON)
    press(page, "Listen")
    hear(page, 1)
    page.get_by_label("Speed").select_option("Slow")
    assert page.evaluate("rates") == [1, 0.7]


@on_phones_and_screens
def test_the_speed_is_kept_for_the_next_page_until_it_is_the_usual_one(
    open_page, width
):
    page = listen(open_page, LESSON, width=width)
    press(page, "Listen")
    hear(page, 1)
    page.get_by_label("Speed").select_option("Fast")
    page.goto(f"{COURSE}options/")
    press(page, "Listen")
    hear(page, 1)
    assert page.evaluate("rates") == [1.3]
    page.get_by_label("Speed").select_option("Usual")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("kept", ["nonsense", "99", ""])
def test_nonsense_that_was_kept_as_speed_is_the_usual_one(open_page, kept):
    page = listen(open_page, LESSON)
    page.evaluate("kept => localStorage.setItem('anteroom.listening', kept)", kept)
    press(page, "Listen")
    hear(page, 1)
    assert page.evaluate("rates") == [1]


@on_phones_and_screens
def test_without_scripts_nothing_is_offered(open_page, width):
    page = open_page(LESSON, scripts=False, width=width)
    assert page.get_by_role("button", name="Listen").count() == 0


@pytest.mark.parametrize(
    ("language", "is_local"), [("de-DE", True), ("en-GB", False)], ids=["other", "sent"]
)
def test_a_voice_that_does_not_fit_or_sends_the_text_away_is_none(
    open_page, language, is_local
):
    page = listen(open_page, LESSON, language=language, is_local=is_local)
    assert page.get_by_role("button", name="Listen").count() == 0


def test_going_on_to_the_next_page_ends_it(open_page):
    page = listen(open_page, QUIZ)
    press(page, "Listen")
    hear(page, 1)
    check_answer(page)
    page.get_by_role("alert").wait_for()
    assert page.evaluate(MARKED) == []


@on_phones_and_screens
def test_options_are_read_aloud_too(open_page, width):
    page = listen(open_page, f"{COURSE}options/", width=width)
    press(page, "Listen")
    assert "Compare the options" in hear(page, 3)
