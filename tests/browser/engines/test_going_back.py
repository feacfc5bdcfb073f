"""Nothing is ever chosen that this person did not choose for this question.

Browsers fill forms in again when somebody goes back, goes forward or reloads.
"""

import pytest

from accounts.models import Learner
from course.models import CoursePage
from quizzes.models import Answer
from tests.browser.engines.reading import both_ways
from tests.factories import QuestionFactory, UserFactory, a_lesson, options
from tests.signing_in import PASSWORD, with_password

pytestmark = pytest.mark.sweep

CHOICES = "form.app-question input:is([type=radio], [type=checkbox])"
STEPS = "form.app-question .app-order__item input"
CHECK = "Check my answer"
# Two that are alike in form follow each other: what was ticked in one fits the next.
KINDS = [
    "single_choice",
    "single_choice",
    "multiple_response",
    "true_false",
    "ordering",
]


@pytest.fixture
def quiz(secure_site):
    return a_quiz_of_each_kind()


def a_quiz_of_each_kind():
    """Return the address of a quiz that asks questions of each kind."""
    course = CoursePage.objects.get()
    lesson = a_lesson(course, questions=0, slug="going-back")
    for kind in KINDS:
        two = kind == "true_false"
        texts = ["True", "False"] if two else ["First", "Second", "Third"]
        QuestionFactory(lesson=lesson, kind=kind, options=options(*texts))
    return f"{course.url}going-back/quiz/"


def chosen(reader):
    """Return what the page shows as ticked, and the order of its steps."""
    ticked = [c.get_attribute("value") for c in reader.all(CHOICES) if c.is_selected()]
    return ticked, [step.get_attribute("value") for step in reader.all(STEPS)]


NOTHING = ([], [])


def nothing_is_ticked(reader):
    return chosen(reader)[0] == []


def choose(reader, number):
    """Choose something in the question, and return what is then chosen.

    Steps stay as they are, for without scripts each move is a page of its own.
    """
    boxes = reader.all(CHOICES)
    boxes = boxes if reader.all(STEPS) else boxes[:-1]
    boxes[number % len(boxes)].click()
    return chosen(reader)


def sign_in(reader):
    user = with_password(UserFactory(email="anna@example.org"))
    reader.go("/account/login/")
    reader.one("[name=login]").send_keys(user.email)
    reader.one("[name=password]").send_keys(PASSWORD)
    reader.press_button("Sign in")
    reader.read("You are signed in as")


@pytest.fixture
def taker(request, open_reader, quiz):
    """Somebody who has come to the first question."""
    reader = open_reader("/")
    if request.param == "member of staff":
        sign_in(reader)
    reader.go(quiz)
    return reader


# What the scripts of a page do, they do for whoever reads it: staff are asked once.
whoever_it_is = pytest.mark.parametrize(
    ("scripts", "taker"),
    [(True, "visitor"), (True, "member of staff"), (False, "visitor")],
    ids=["visitor, scripts on", "member of staff", "visitor, scripts off"],
    indirect=True,
)


@whoever_it_is
def test_each_question_shows_what_was_chosen_for_it_and_nothing_else(taker, quiz):
    given = []
    for number in range(len(KINDS)):
        assert nothing_is_ticked(taker)
        given.append(choose(taker, number))
        taker.press_button(CHECK)
        taker.back()
        # Only the first has a page of its own behind it; the others stood below the
        # verdict on the one before, and are now told to be answered.
        assert chosen(taker) == (NOTHING if number else given[0])
        taker.reload()
        assert chosen(taker) == (NOTHING if number else given[0])
        taker.forward()
    taker.read("of 5 understood")
    for number, answer in enumerate(given, start=1):
        taker.go(f"{quiz}{number}/")
        assert chosen(taker) == answer


@whoever_it_is
def test_back_and_forward_over_a_whole_quiz(taker):
    given = []
    for number in range(len(KINDS)):
        given.append(choose(taker, number))
        taker.press_button(CHECK)
    for number in reversed(range(2, len(KINDS) + 1)):
        taker.back()
        taker.read(f"Question {number}: ")
        assert chosen(taker) == NOTHING
    taker.back()
    assert chosen(taker) == given[0]
    for number in range(2, len(KINDS) + 1):
        taker.forward()
        taker.read(f"Question {number}: ")
    taker.forward()
    taker.read("of 5 understood")
    assert Answer.objects.count() == len(KINDS)


@both_ways
def test_a_choice_not_sent_stays_with_its_question(open_reader, quiz):
    reader = open_reader(quiz)
    first = choose(reader, 1)
    reader.press_button(CHECK)
    choose(reader, 2)
    reader.follow("Back to the lesson")
    reader.go(f"{quiz}1/")
    assert chosen(reader) == first
    reader.go(f"{quiz}4/")
    assert nothing_is_ticked(reader)


@both_ways
def test_a_choice_is_still_there_after_an_error_and_on_the_way_back(open_reader, quiz):
    reader = open_reader(f"{quiz}3/")
    boxes = reader.all(CHOICES)
    boxes[0].click()
    boxes[-1].click()
    both = chosen(reader)
    reader.press_button(CHECK)
    reader.read("but not both")
    assert chosen(reader) == both
    reader.reload()
    reader.read("but not both")
    assert chosen(reader) == both
    reader.follow("Back to the lesson")
    reader.back()
    assert chosen(reader) == both
    reader.back()
    assert chosen(reader) == both
    reader.all(CHOICES)[-1].click()
    reader.press_button(CHECK)
    assert Answer.objects.get().not_sure is False


@both_ways
def test_another_answer_is_asked_about_and_can_be_gone_back_from(open_reader, quiz):
    reader = open_reader(quiz)
    choose(reader, 0)
    reader.press_button(CHECK)
    reader.back()
    other = choose(reader, 1)
    reader.press_button(CHECK)
    reader.read("You have already answered this question")
    reader.reload()
    reader.read("You have already answered this question")
    reader.back()
    assert chosen(reader) == other
    reader.forward()
    reader.press_button("Use this answer instead")
    reader.go(f"{quiz}1/")
    assert chosen(reader) == other
    assert Answer.objects.count() == 2


@both_ways
def test_whoever_comes_after_finds_nothing_chosen(open_reader, quiz):
    reader = open_reader(quiz)
    choose(reader, 0)
    reader.press_button(CHECK)
    choose(reader, 1)
    reader.go("/progress/delete/")
    reader.press_button("Yes, delete my progress")
    reader.read("Your progress was deleted")
    assert not Learner.objects.present().exists()
    while not reader.driver.current_url.endswith("/quiz/1/"):
        reader.back()
        assert chosen(reader) == NOTHING
