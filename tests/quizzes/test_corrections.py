"""What results say once a notice was taken away: of one version, and that it changed."""

import pytest

from quizzes.models import Attempt
from tests.quizzes.regrading import NEW_RIGHT, OLD_RIGHT, a_lesson_of, draft_of, take
from tests.quizzes.test_notices import say_seen, words
from tests.taking_quizzes import answer

pytestmark = pytest.mark.django_db

CORRECTED = "This question was corrected after you had begun the quiz"


@pytest.fixture
def lesson():
    return a_lesson_of()


def own_result():
    return f"/progress/results/{Attempt.objects.latest('number').uuid}/"


def about_first(text):
    """Return what the page says about the first question."""
    return text.partition(CORRECTED)[2].partition("How it counts")[0]


def test_an_answer_marked_again_is_shown_with_both_keys(lesson):
    learner = take(lesson, *NEW_RIGHT)
    draft_of(lesson, given_answers="re_mark").publish()
    say_seen(learner, own_result())
    page = words(learner, own_result())
    assert "Corrected: your answers were marked again on" in page
    assert "marked by its new version" in page
    assert (
        "Your answer Wrong Right answer before Right Right answer now Wrong "
        "How your answer counts Right now; not right before"
    ) in about_first(page)
    # No other version of it stands beside.
    assert page.count("Your answer") == 5
    assert page.count(CORRECTED) == 1
    assert "3 of 5 understood" in page


def test_a_right_answer_that_changed_is_said_though_the_mark_stays(lesson):
    learner = take(lesson, *OLD_RIGHT)
    draft_of(lesson, given_answers="keep").publish()
    say_seen(learner, own_result())
    page = words(learner, own_result())
    assert "Corrected: a right answer changed on" in page
    assert "Right answer now Wrong" in about_first(page)
    assert "Right, as before" in about_first(page)


def test_the_result_of_the_lesson_says_so_and_leads_to_the_answers(lesson):
    learner = take(lesson, *NEW_RIGHT)
    url = f"{lesson.url}quiz/result/"
    assert "Corrected" not in words(learner, url)
    draft_of(lesson, given_answers="re_mark").publish()
    assert "Corrected:" not in words(learner, url)
    say_seen(learner, url)
    assert "Corrected: your answers were marked again on" in words(learner, url)
    assert f'href="{own_result()}"' in learner.get(url).text


@pytest.mark.parametrize("choice", ["re_mark", "keep"])
def test_the_feedback_of_a_corrected_question_says_so_first(lesson, choice):
    learner = take(lesson, *OLD_RIGHT)
    draft_of(lesson, given_answers=choice).publish()
    page = words(learner, f"{lesson.url}quiz/answer/1/")
    assert page.index(CORRECTED) < page.index("That is right")
    assert "Right answer now Wrong" in page.partition("That is right")[0]
    assert "What this page said when you answered" in page
    assert CORRECTED not in words(learner, f"{lesson.url}quiz/answer/2/")


def test_of_an_answer_given_later_it_is_not_said_that_it_came_first(lesson):
    """A quiz begun before goes on with its questions; so do the answers to them."""
    learner = take(lesson, *OLD_RIGHT[:2])
    draft_of(lesson, question=2, given_answers="keep").publish()
    for text in OLD_RIGHT[2:]:
        answer(learner, f"{lesson.url}quiz/", text)
    pages = [own_result(), f"{lesson.url}quiz/result/", f"{lesson.url}quiz/answer/3/"]
    for url in pages:
        page = words(learner, url)
        assert "after you had begun the quiz" in page, url
        assert "after you had answered" not in page, url


def test_a_key_that_came_back_leaves_nothing_to_say(lesson):
    learner = take(lesson, *OLD_RIGHT)
    draft_of(lesson, given_answers="keep").publish()
    draft_of(lesson, right="Right", given_answers="keep").publish()
    for url in (own_result(), f"{lesson.url}quiz/answer/1/"):
        assert CORRECTED not in words(learner, url)


def test_who_answered_by_the_new_key_is_told_nothing(lesson):
    draft_of(lesson, given_answers="keep").publish()
    learner = take(lesson, *NEW_RIGHT)
    assert CORRECTED not in words(learner, own_result())
    assert "Corrected" not in words(learner, f"{lesson.url}quiz/result/")


def test_an_answer_that_does_not_count_is_not_called_right(lesson):
    learner = take(lesson, *OLD_RIGHT)
    learner.post(f"{lesson.url}quiz/again/", {"which": "all"})
    for text in NEW_RIGHT:
        answer(learner, f"{lesson.url}quiz/", text)
    page = words(learner, own_result())
    assert (
        "Your answer Wrong Right answer Right How it counts Right: you answered" in page
    )
