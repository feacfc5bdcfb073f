"""What quizzes say of a correction, open or over: of one version, and that it changed."""

from functools import partial

import pytest
from django.test import Client

from course.models import LessonPage
from quizzes.models import Attempt
from quizzes.queries.notices import regrade_notices
from tests.quizzes.regrading import (
    NEW_RIGHT,
    OLD_RIGHT,
    a_lesson_of,
    cost_of,
    draft_of,
    take,
)
from tests.quizzes.test_notices import say_seen, words
from tests.taking_quizzes import answer, form_of

pytestmark = pytest.mark.django_db

CORRECTED = "This question was corrected after you started the quiz"


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
    assert "marked against the new version" in page
    assert (
        "Your answer Wrong Right answer before Right Right answer now Wrong "
        "How your answer counts Now counts as right"
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
    assert "What this page said before the correction" in page
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
        assert "after you started the quiz" in page, url
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
        "Your answer Wrong Right answer Right How it counts Right, because you answered"
        in page
    )


def correct(lesson, **fields):
    draft_of(lesson, given_answers="keep", **fields).publish()


def without_the_first(lesson):
    """Publish the lesson without its first question, as a matter of wording."""
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    draft.questions.remove(draft.questions.all()[0])
    draft.save_revision().publish()


@pytest.mark.parametrize("given", ["before", "after"])
def test_an_open_quiz_says_what_was_corrected_since_it_was_begun(lesson, given):
    learner = take(lesson, *OLD_RIGHT[: 2 if given == "before" else 1])
    correct(lesson, question=1)
    if given == "after":
        answer(learner, f"{lesson.url}quiz/", OLD_RIGHT[1])
    page = words(learner, f"{lesson.url}quiz/answer/2/")
    notice = page.partition(CORRECTED)[2].partition("That is right")[0]
    assert "Right answer before Right Right answer now Wrong" in notice
    assert "the right answer before still applies" in notice
    assert "What this page said before the correction" in notice
    # Whoever just answered is led here, and whoever hears the page is read this first.
    shown = learner.get(f"{lesson.url}quiz/answer/2/").text
    assert CORRECTED in shown.partition('id="feedback"')[2]
    assert CORRECTED not in words(learner, f"{lesson.url}quiz/answer/1/")


def test_an_open_quiz_says_that_a_corrected_question_is_no_longer_asked(lesson):
    learner = take(lesson, *OLD_RIGHT[:2])
    correct(lesson)
    without_the_first(lesson)
    page = words(learner, f"{lesson.url}quiz/answer/1/")
    assert "Right answer now This question is no longer asked." in page


def test_an_open_quiz_begun_on_a_page_from_before_says_so_too(lesson):
    """The first answer came after the correction, from a page fetched before it."""
    correct(lesson, right="Right")
    learner = Client()
    form = form_of(learner, f"{lesson.url}quiz/")
    option = str(lesson.questions.first().options[0].id)
    correct(lesson)
    page = form.send(learner, choice=option, follow=True)
    assert CORRECTED in page.text


def test_an_open_quiz_says_nothing_of_a_key_that_came_back(lesson):
    learner = take(lesson, *OLD_RIGHT[:2])
    correct(lesson)
    correct(lesson, right="Right")
    assert CORRECTED not in words(learner, f"{lesson.url}quiz/answer/1/")


@pytest.mark.parametrize("answers", [2, 5], ids=["open", "over"])
def test_a_quiz_begun_when_the_key_had_come_back_says_nothing(lesson, answers):
    """The paper is the one from before both corrections, and began after both."""
    take(lesson, *OLD_RIGHT)
    correct(lesson)
    correct(lesson, right="Right")
    learner = take(lesson, *OLD_RIGHT[:answers])
    assert CORRECTED not in words(learner, f"{lesson.url}quiz/answer/1/")
    assert not regrade_notices(Attempt.objects.latest("started_at").learner)


def test_feedback_in_an_open_quiz_costs_the_same_however_often_it_changed(lesson):
    learner = take(lesson, *OLD_RIGHT[:2])
    read = partial(learner.get, f"{lesson.url}quiz/answer/1/")
    correct(lesson, right="Also wrong")
    read()
    changed_once = cost_of(read)
    for right in ("Wrong", "Also wrong", "Wrong"):
        correct(lesson, right=right)
    assert cost_of(read) == changed_once


def test_a_corrected_question_that_was_then_taken_out_has_no_right_answer_now(lesson):
    learner = take(lesson, *OLD_RIGHT)
    correct(lesson)
    without_the_first(lesson)
    url = f"{lesson.url}quiz/result/"
    for page in (url, own_result(), f"{lesson.url}quiz/answer/1/"):
        shown = words(learner, page)
        assert "Right answer now This question is no longer asked." in shown, page
    say_seen(learner, url)
    assert "This question is no longer asked." in words(learner, own_result())
