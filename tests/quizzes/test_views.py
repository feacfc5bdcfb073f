"""The quiz as a visitor meets it, page by page."""

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from accounts.models import Learner
from quizzes.models import Answer, Attempt, Grade, Paper
from tests.factories import QuestionFactory, a_lesson, lessons_of, options
from tests.taking_quizzes import (
    answer,
    feedback_on,
    finish,
    form_of,
    option_ids,
    ticked_in,
    value_of,
)

pytestmark = pytest.mark.django_db


def test_opening_the_quiz_writes_nothing(client, quiz_url):
    response = client.get(quiz_url, follow=True)
    assert response.request["PATH_INFO"] == f"{quiz_url}1/"
    assert "Question 1 of 2" in response.text
    assert not Learner.objects.exists()
    assert not Paper.objects.exists()


def test_reading_a_lesson_sets_no_cookie(client, lesson):
    response = client.get(lesson.url)
    assert response.status_code == 200
    assert not response.cookies


def test_the_first_answer_makes_a_learner_and_shows_feedback(client, lesson, quiz_url):
    response = feedback_on(client, quiz_url, "Right")
    assert "That is right" in response.text
    assert "Why: Right." in response.text
    learner = Learner.objects.get()
    assert learner.attempts.get().answers.count() == 1


def test_a_wrong_answer_is_explained_beside_the_right_one(client, quiz_url):
    page = feedback_on(client, quiz_url, "Wrong").text
    assert "Not quite" in page
    assert "Right answer" in page
    assert "Why: Wrong." in page
    assert "Why: Right." in page
    folded = page[page.index("<details") : page.index("</details>")]
    assert "Why: Also wrong." in folded
    assert "Why: Wrong." not in folded


def test_feedback_links_to_the_passage_and_the_source(client, lesson, quiz_url):
    page = feedback_on(client, quiz_url, "Wrong").text
    assert f'href="{lesson.url}#first-part"' in page
    assert 'id="source-S1"' in page


def test_not_sure_is_an_answer_of_its_own(client, quiz_url):
    page = feedback_on(client, quiz_url, None).text
    assert "Not sure yet?" in page
    assert Answer.objects.get().not_sure


def test_nothing_chosen_is_asked_for_again(client, quiz_url):
    response = form_of(client, quiz_url).send(client)
    assert response.url == f"{quiz_url}1/?error"
    page = client.get(response.url)
    assert "Error:" in page.text
    assert "Choose one answer" in page.text
    assert not Learner.objects.exists()


def test_the_last_answer_ends_the_attempt_and_marks_it(client, quiz_url):
    page = finish(client, quiz_url, ["Right", "Wrong"]).text
    assert "Some things to look at again" in page
    assert "1 of 2 understood" in page
    grade = Grade.objects.get()
    assert (grade.right, grade.out_of) == (1, 2)
    assert grade.attempt.state == Attempt.State.SUBMITTED


def test_missed_questions_come_again_in_the_same_order(client, quiz_url):
    finish(client, quiz_url, ["Right", "Wrong"])
    before = Attempt.objects.get()
    client.post(quiz_url + "again/", {"which": "missed"})
    page = client.get(quiz_url, follow=True)
    assert "Question 1 of 1" in page.text
    retry = Attempt.objects.get(number=2)
    assert retry.retry_of == before
    assert retry.seed == before.seed
    assert retry.asked == [before.asked[1]]
    page = finish(client, quiz_url, ["Right"])
    assert "You have finished this lesson" in page.text


def test_the_quiz_goes_on_at_the_question_where_it_stopped(client, quiz_url):
    answer(client, quiz_url, "Right")
    assert "Question 2 of 2" in client.get(quiz_url, follow=True).text


def test_options_keep_their_order_within_an_attempt(client, quiz_url):
    first = option_ids(client.get(f"{quiz_url}1/"))
    assert first == option_ids(client.get(f"{quiz_url}1/"))


def test_a_tampered_cookie_is_nobody(client, quiz_url):
    answer(client, quiz_url, "Right")
    client.cookies["learner"] = client.cookies["learner"].value + "x"
    assert "Question 1 of 2" in client.get(quiz_url, follow=True).text


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_number_that_no_question_has_leads_to_the_quiz(client, quiz_url, number):
    assert client.get(f"{quiz_url}{number}/").url == quiz_url


def test_an_answered_question_shows_the_answer_kept_also_at_the_end(client, quiz_url):
    answer(client, quiz_url, "Right")
    page = client.get(f"{quiz_url}1/")
    assert ticked_in(page) == [value_of(page, "Right")]
    assert "You have answered this question" in page.text
    answer(client, quiz_url, "Wrong")
    page = client.get(f"{quiz_url}2/")
    assert ticked_in(page) == [value_of(page, "Wrong")]
    assert "finished this quiz" in page.text
    assert re.search("<fieldset[^>]* disabled>", page.text)
    assert "Check my answer</button>" not in page.text


def test_controls_are_named_after_question_person_wording_and_answer(
    client, lesson, quiz_url
):
    def names(browser, number=1):
        page = browser.get(f"{quiz_url}{number}/")
        return form_of(browser, quiz_url, page).names

    first = names(client)
    assert names(client) == first
    assert names(client, 2) != first
    assert names(Client()) != first
    question = lesson.questions.first()
    assert first.startswith(f"{question.translation_key}.")
    question.stem = "What is the new wording?"
    question.save()
    reworded = names(client)
    second = names(client, 2)
    assert reworded != first
    answer(client, quiz_url, "Wrong")
    assert names(client, 2) == second
    assert names(client) != reworded
    answer(client, quiz_url, "Right")
    client.post(quiz_url + "again/", {"which": "missed"})
    assert names(client) not in (reworded, first)


def test_a_lesson_taken_offline_can_be_finished(client, lesson, quiz_url):
    answer(client, quiz_url, "Right")
    lesson.unpublish()
    page = client.get(quiz_url, follow=True)
    assert "This lesson was taken offline" in page.text
    assert "understood" in finish(client, quiz_url, ["Right"]).text


def test_a_lesson_taken_offline_takes_nobody_new(client, lesson, quiz_url):
    form = form_of(client, quiz_url)
    lesson.unpublish()
    assert client.get(quiz_url).status_code == 404
    assert form.send(client, choice="not-sure").status_code == 404
    assert not Learner.objects.exists()


def test_an_edit_leaves_the_open_attempt_alone(client, lesson, quiz_url):
    answer(client, quiz_url, "Right")
    question = lesson.questions.last()
    question.stem = "What is the new wording?"
    question.save()
    assert question.stem not in client.get(quiz_url, follow=True).text
    finish(client, quiz_url, ["Wrong"])
    client.post(quiz_url + "again/", {"which": "missed"})
    assert question.stem in client.get(quiz_url, follow=True).text
    assert Paper.objects.count() == 2


@pytest.mark.parametrize("deed", ["quiz/result/", "quiz/answer/1/", "quiz/nothing/"])
def test_without_an_attempt_there_is_nothing_to_see(client, lesson, deed):
    assert client.get(lesson.url + deed).status_code == 404


def test_a_question_without_a_right_option_is_never_asked(client, course):
    lesson = a_lesson(course, questions=1)
    QuestionFactory(lesson=lesson, options=options("A", "B", right=()))
    assert "Question 1 of 1" in client.get(lesson.url + "quiz/", follow=True).text


def test_a_lesson_without_questions_is_done_when_marked_as_read(client, course):
    lesson = a_lesson(course, questions=0)
    assert "Have you read" in client.get(lesson.url + "read/").text
    client.post(lesson.url + "read/")
    client.post(lesson.url + "read/")
    assert Learner.objects.get().enrolments.get().lessons.done().count() == 1


def test_a_lesson_with_a_quiz_cannot_be_marked_as_read(client, lesson, quiz_url):
    assert client.post(lesson.url + "read/").url == quiz_url
    assert not Learner.objects.exists()


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("quiz/", {}),
        ("quiz/1/", {}),
        ("quiz/1/", {"move": "x:up"}),
        ("quiz/again/", {"which": "all"}),
        ("read/", {}),
    ],
)
def test_a_lesson_taken_offline_shows_newcomers_nothing(client, lesson, deed, form):
    form = form_of(client, lesson.url + "quiz/").hidden | form
    lesson.unpublish()
    assert client.post(lesson.url + deed, form).status_code == 404


def test_a_lesson_whose_questions_cannot_be_asked_can_be_marked_as_read(client, course):
    lesson = a_lesson(course, questions=0)
    QuestionFactory(lesson=lesson, options=options("A", "B", right=()))
    assert client.get(lesson.url + "quiz/").url == lesson.url + "read/"
    assert "Have you read" in client.get(lesson.url + "read/").text


def test_a_lesson_with_a_quiz_does_not_offer_to_be_marked_as_read(client, lesson):
    assert client.get(lesson.url + "read/").url == lesson.url + "quiz/"


def test_a_passed_lesson_stays_finished_when_a_harder_question_is_added(
    client, lesson, quiz_url
):
    finish(client, quiz_url, ["Right", "Right"])
    QuestionFactory(lesson=lesson, critical=True)
    client.post(quiz_url + "again/", {"which": "missed"})
    page = finish(client, quiz_url, ["Wrong"]).text
    assert "You have finished this lesson" in page
    assert "Worth another look" in page


def test_the_result_leads_to_the_course_once_also_when_all_is_done(
    client, course, quiz_url
):
    to_course = f'href="{course.url}"'
    results = [
        finish(client, lesson.url + "quiz/", ["Right", "Right"]).text.split("<h1")[1]
        for lesson in lessons_of(course)
    ]
    assert [text.split("<footer")[0].count(to_course) for text in results] == [1, 1]
    assert all("All lessons of this course" in text for text in results)


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
@pytest.mark.parametrize("below", ["quiz/", "quiz/1/", "read/", "quiz/result/"])
def test_the_quiz_of_a_private_lesson_is_as_private(client, lesson, kind, below):
    PageViewRestriction.objects.create(
        page=lesson.get_parent(), restriction_type=kind, password="open"
    )
    answer = client.get(lesson.url + below)
    if kind == "password":
        assert "password" in answer.text
        assert "What is the answer" not in answer.text
    else:
        assert answer.url.startswith("/_util/login/")


def test_no_answer_is_taken_to_a_private_lesson(client, lesson, quiz_url):
    form = form_of(client, quiz_url)
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    answer = form.send(client, choice="any")
    assert answer.url.startswith("/_util/login/")
    assert Attempt.objects.count() == 0
