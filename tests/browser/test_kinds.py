"""Each kind that is typed or matched, by keys alone, with scripts and without."""

import pytest

from course.models import LessonPage
from quizzes.kinds import kind_of
from quizzes.models import Answer, Question
from tests.browser.accessibility import faults_of
from tests.browser.walking import answer_wrong, check_answer, go_back, tab_to
from tests.browser.writing import open_tab, publish, sign_in, wait_until_watched
from tests.factories import QuestionFactory

TYPED_OR_MATCHED = ("numeric", "short_text", "matching")
LESSON = "risks"


@pytest.fixture
def lesson(site):
    """A live lesson that asks one question of each of these kinds and no other."""
    lesson = LessonPage.objects.get(slug=LESSON)
    lesson.questions.all().delete()
    for kind in TYPED_OR_MATCHED:
        QuestionFactory(lesson=lesson, **{kind: True})
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def asked_on(page):
    key = page.locator("input[name=question]").get_attribute("value")
    return Question.objects.get(translation_key=key).frozen()


def press_continue(page):
    tab_to(page, "button[type=submit]")
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != before)


def fill_in_by_keys(page, response):
    """Type or choose the response, and send it, without a pointer."""
    for name, value in in_order(page, response):
        control = f"[name$='.{name}']"
        tab_to(page, control)
        if name == "typed":
            page.keyboard.press("Control+A")
            page.keyboard.type(value)
        else:
            choose_by_keys(page, control, value)
    press_continue(page)


def in_order(page, response):
    """Return name and value of each control, as they stand on the page."""
    question = asked_on(page)
    fields = kind_of(question).fields_of(question, response)
    names = page.locator("form.app-question [name]").evaluate_all(
        "all => all.map(el => el.name.split('.').at(-1))"
    )
    return [(name, fields[name][0]) for name in names if name in fields]


def fill_in(page, response):
    for name, value in in_order(page, response):
        control = page.locator(f"[name$='.{name}']")
        if name == "typed":
            control.fill(value)
        else:
            control.select_option(value)
    check_answer(page)


def choose_by_keys(page, control, value):
    values = page.locator(control).evaluate("el => [...el.options].map(o => o.value)")
    page.keyboard.press("Home")
    for _step in range(values.index(value)):
        page.keyboard.press("ArrowDown")
    assert page.locator(control).input_value() == value


def answers_of(question):
    kind = kind_of(question)
    return kind.wrong_responses(question)[0], kind.right_response(question)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_each_is_asked_answered_and_explained_by_keys(open_page, lesson, scripts):
    page = open_page(f"{lesson.url}quiz/", scripts=scripts)
    for _kind in TYPED_OR_MATCHED:
        press_continue(page)
        page.get_by_role("heading", name="There is a problem").wait_for()
        wrong, _right = answers_of(asked_on(page))
        fill_in_by_keys(page, wrong)
        page.get_by_text("Not quite").wait_for()
    page.get_by_role("button", name="missed").first.click()
    for _kind in TYPED_OR_MATCHED:
        _wrong, right = answers_of(asked_on(page))
        fill_in_by_keys(page, right)
        page.get_by_text("That is right").wait_for()
    assert Answer.objects.count() == 2 * len(TYPED_OR_MATCHED)


def states(page, lesson):
    """Walk through each kind, naming each state that a learner sees."""
    page.goto(f"{lesson.url}quiz/")
    for kind in TYPED_OR_MATCHED:
        yield f"{kind}, asked"
        check_answer(page)
        yield f"{kind}, error"
        wrong, right = answers_of(asked_on(page))
        fill_in(page, wrong)
        yield f"{kind}, wrong"
        go_back(page)
        fill_in(page, right)
        yield f"{kind}, two answers"
        page.get_by_role("button", name="Use this answer").click()
        yield f"{kind}, right"
    answer_wrong(page)
    page.goto(f"{lesson.url}quiz/1/")
    yield "over"


def test_axe_finds_nothing_on_any_of_them(open_page, lesson):
    QuestionFactory(
        lesson=lesson
    )  # So that the quiz is not over with the last of them.
    page = open_page("/")
    found = {state: faults_of(page) for state in states(page, lesson)}
    assert len(found) == 5 * len(TYPED_OR_MATCHED) + 1
    assert not {state: faults for state, faults in found.items() if faults}


def test_not_sure_needs_nothing_typed(open_page, lesson):
    page = open_page(f"{lesson.url}quiz/")
    for _kind in TYPED_OR_MATCHED:
        answer_wrong(page)
    assert Answer.objects.filter(not_sure=True).count() == len(TYPED_OR_MATCHED)


def test_what_was_typed_is_there_again_after_back(open_page, lesson):
    page = open_page(f"{lesson.url}quiz/")
    page.get_by_label("Your answer").fill("4")
    page.get_by_role("link", name="Back to the lesson").click()
    page.go_back()
    assert page.get_by_label("Your answer").input_value() == "4"


def test_the_editor_shows_the_fields_of_the_kind_chosen(open_page, lesson, site):
    page = open_page("/healthz", width=1280)
    sign_in(page, site)
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    wait_until_watched(page)
    open_tab(page, "Quiz")
    number = page.locator("#inline_child_questions-0")
    fields = {
        "tolerance": number.locator("[name$='-tolerance']"),
        "match": number.locator("[name$='-value-match']"),
        "right": number.locator("[name$='-value-right']"),
    }
    assert number.locator("[name$='-stem']").is_visible()
    seen = {name: field.is_visible() for name, field in fields.items()}
    assert seen == {"tolerance": True, "match": False, "right": False}
    number.get_by_text("Give the right number as the only option.").wait_for()
    number.locator("[name$='-kind']").select_option("single_choice")
    fields["right"].wait_for()
    # What is filled in stays to be seen, for it is to be taken out.
    assert fields["tolerance"].is_visible()
    fields["tolerance"].fill("")
    number.locator("[name$='-kind']").select_option("matching")
    fields["match"].wait_for()
    assert number.locator("[name$='-stem']").is_visible()
    assert not fields["tolerance"].is_visible()
    publish(page)
    message = (
        "Question 1 (“{}”): Give at least two pairs that belong to different things."
    )
    stem = lesson.questions.first().stem
    page.get_by_text(message.format(stem)).first.wait_for()
