"""The quiz as a visitor meets it, page by page."""

import uuid

import pytest
from django.test import Client

from accounts.models import Learner
from quizzes.models import Answer, Attempt, Grade, Paper
from tests.factories import QuestionFactory, a_lesson, lessons_of, options
from tests.taking_quizzes import answer, feedback_on, finish, form_of, option_ids

pytestmark = pytest.mark.django_db


def test_opening_the_quiz_writes_nothing(client, quiz_url):
    response = client.get(quiz_url)
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
    assert "Your answer, but not right" in page
    assert "Right answer" in page
    assert "Why: Wrong." in page
    assert "Why: Right." in page
    assert "Why: Also wrong." not in page


def test_feedback_links_to_the_passage_and_the_source(client, lesson, quiz_url):
    page = feedback_on(client, quiz_url, "Wrong").text
    assert f'href="{lesson.url}#first-part"' in page
    assert 'id="source-S1"' in page


def test_not_sure_is_an_answer_of_its_own(client, quiz_url):
    page = feedback_on(client, quiz_url, None).text
    assert "Not sure yet?" in page
    assert Answer.objects.get().not_sure


def test_nothing_chosen_is_asked_for_again(client, quiz_url):
    response = client.post(quiz_url, form_of(client, quiz_url))
    assert response.status_code == 422
    assert "Error:" in response.text
    assert "Choose one answer" in response.text
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
    page = client.get(quiz_url)
    assert "Question 1 of 1" in page.text
    retry = Attempt.objects.get(number=2)
    assert retry.retry_of == before
    assert retry.seed == before.seed
    assert retry.asked == [before.asked[1]]
    page = finish(client, quiz_url, ["Right"])
    assert "You have finished this lesson" in page.text


def test_the_quiz_goes_on_at_the_question_where_it_stopped(client, quiz_url):
    answer(client, quiz_url, "Right")
    assert "Question 2 of 2" in client.get(quiz_url).text


def test_options_keep_their_order_within_an_attempt(client, quiz_url):
    first = option_ids(client.get(quiz_url))
    assert first == option_ids(client.get(quiz_url))


def test_a_question_of_another_quiz_is_refused(client, course, quiz_url):
    other = QuestionFactory(lesson=a_lesson(course, questions=0))
    form = form_of(client, quiz_url) | {"question": str(other.translation_key)}
    response = client.post(quiz_url, form | {"choice": other.options[0].id})
    assert response.status_code == 409
    assert not Answer.objects.exists()


def test_an_option_of_another_question_is_refused(client, lesson, quiz_url):
    other = lesson.questions.last()
    form = form_of(client, quiz_url) | {"choice": other.options[0].id}
    response = client.post(quiz_url, form)
    assert response.status_code == 409
    assert not Learner.objects.exists()


@pytest.mark.parametrize("field", ["question", "seen", "client_uuid"])
def test_a_damaged_form_is_refused(client, quiz_url, field):
    form = form_of(client, quiz_url) | {field: "x"}
    assert client.post(quiz_url, form).status_code == 409
    assert not Learner.objects.exists()


def test_the_same_post_twice_is_one_answer(client, quiz_url):
    form = form_of(client, quiz_url)
    form["choice"] = option_ids(client.get(quiz_url))[0]
    first = client.post(quiz_url, form)
    second = client.post(quiz_url, form)
    assert first.url == second.url
    assert Answer.objects.count() == 1


def test_two_first_answers_without_a_row_yet_are_one_learner(client, quiz_url):
    form = form_of(client, quiz_url)
    cookie = client.cookies["learner"].value
    for _tab in range(2):
        tab = Client()
        tab.cookies["learner"] = cookie
        tab.post(quiz_url, form | {"choice": "not-sure"})
    assert Learner.objects.count() == 1
    assert Answer.objects.count() == 1


def test_a_stale_tab_sees_both_answers_and_changes_nothing(client, quiz_url):
    form = form_of(client, quiz_url)
    right, other, _third = option_ids(client.get(quiz_url))
    client.post(quiz_url, form | {"choice": right})
    stale = form | {"choice": other, "client_uuid": str(uuid.uuid4())}
    response = client.post(quiz_url, stale)
    assert response.status_code == 409
    assert "You answered this question before" in response.text
    assert Answer.objects.get().options == [right]


def test_the_later_answer_can_be_kept_instead(client, quiz_url):
    form = form_of(client, quiz_url)
    right, other, _third = option_ids(client.get(quiz_url))
    client.post(quiz_url, form | {"choice": right})
    stale = form | {"choice": other, "client_uuid": str(uuid.uuid4())}
    both = client.post(quiz_url, stale)
    client.post(quiz_url, form_of(client, quiz_url, both) | {"choice": other})
    assert list(
        Answer.objects.order_by("sequence").values_list("options", "sequence")
    ) == [
        ([right], 1),
        ([other], 2),
    ]


def test_an_answer_after_the_end_is_refused(client, quiz_url):
    form = form_of(client, quiz_url)
    finish(client, quiz_url, ["Right", "Right"])
    late = form | {"choice": "not-sure", "client_uuid": str(uuid.uuid4())}
    response = client.post(quiz_url, late)
    assert response.status_code == 409
    assert "could not be kept" in response.text
    assert Answer.objects.count() == 2


def test_a_tampered_cookie_is_nobody(client, quiz_url):
    answer(client, quiz_url, "Right")
    client.cookies["learner"] = client.cookies["learner"].value + "x"
    assert "Question 1 of 2" in client.get(quiz_url).text


def test_a_post_without_csrf_token_gets_a_clear_page(quiz_url):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(quiz_url, {"choice": "x"})
    assert response.status_code == 403
    assert not Learner.objects.exists()


def test_a_huge_field_is_refused(client, quiz_url):
    form = form_of(client, quiz_url) | {"choice": "x" * 1_100_000}
    response = client.post(quiz_url, form)
    assert 400 <= response.status_code < 500
    assert not Learner.objects.exists()


def test_a_lesson_taken_offline_can_be_finished(client, lesson, quiz_url):
    answer(client, quiz_url, "Right")
    lesson.unpublish()
    page = client.get(quiz_url)
    assert "This lesson is being changed" in page.text
    assert "understood" in finish(client, quiz_url, ["Right"]).text


def test_a_lesson_taken_offline_takes_nobody_new(client, lesson, quiz_url):
    form = form_of(client, quiz_url)
    lesson.unpublish()
    assert client.get(quiz_url).status_code == 404
    assert client.post(quiz_url, form | {"choice": "not-sure"}).status_code == 404
    assert not Learner.objects.exists()


def test_an_edit_leaves_the_open_attempt_alone(client, lesson, quiz_url):
    answer(client, quiz_url, "Right")
    question = lesson.questions.last()
    question.stem = "What is the new wording?"
    question.save()
    assert question.stem not in client.get(quiz_url).text
    finish(client, quiz_url, ["Wrong"])
    client.post(quiz_url + "again/", {"which": "missed"})
    assert question.stem in client.get(quiz_url).text
    assert Paper.objects.count() == 2


@pytest.mark.parametrize("deed", ["quiz/result/", "quiz/answer/1/", "quiz/nothing/"])
def test_without_an_attempt_there_is_nothing_to_see(client, lesson, deed):
    assert client.get(lesson.url + deed).status_code == 404


def test_a_question_without_a_right_option_is_never_asked(client, course):
    lesson = a_lesson(course, questions=1)
    QuestionFactory(lesson=lesson, options=options("A", "B", right=()))
    assert "Question 1 of 1" in client.get(lesson.url + "quiz/").text


def test_a_lesson_without_questions_is_done_when_marked_as_read(client, course):
    lesson = a_lesson(course, questions=0)
    assert "Have you read" in client.get(lesson.url + "read/").text
    client.post(lesson.url + "read/")
    client.post(lesson.url + "read/")
    assert Learner.objects.get().enrolments.get().lessons.done().count() == 1


def test_a_lesson_with_a_quiz_cannot_be_marked_as_read(client, lesson, quiz_url):
    assert client.post(lesson.url + "read/").url == quiz_url
    assert not Learner.objects.exists()


def test_a_form_over_an_answer_that_is_gone_is_refused(client, quiz_url):
    form = form_of(client, quiz_url) | {"seen": "1", "choice": "not-sure"}
    response = client.post(quiz_url, form)
    assert response.status_code == 409
    assert "could not be kept" in response.text
    assert not Learner.objects.exists()


def test_a_form_used_again_for_another_question_is_refused(client, quiz_url):
    first = form_of(client, quiz_url)
    client.post(quiz_url, first | {"choice": "not-sure"})
    second = form_of(client, quiz_url) | {"client_uuid": first["client_uuid"]}
    response = client.post(quiz_url, second | {"choice": "not-sure"})
    assert response.status_code == 409
    assert Answer.objects.count() == 1


def test_a_stale_tab_stays_stale_after_a_mistake_in_it(client, quiz_url):
    stale = form_of(client, quiz_url)
    answer(client, quiz_url, "Right")
    again = client.post(quiz_url, stale)
    assert "Choose one answer" in again.text
    form = form_of(client, quiz_url, again) | {"choice": "not-sure"}
    response = client.post(quiz_url, form)
    assert "You answered this question before" in response.text
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("quiz/", {}),
        ("quiz/", {"move": "x:up"}),
        ("quiz/again/", {"which": "all"}),
        ("read/", {}),
    ],
)
def test_a_lesson_taken_offline_shows_newcomers_nothing(client, lesson, deed, form):
    form = form_of(client, lesson.url + "quiz/") | form
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


def test_the_course_is_completed_when_the_lesson_left_is_taken_offline(
    client, course, quiz_url
):
    finish(client, quiz_url, ["Right", "Right"])
    enrolment = Learner.objects.get().enrolments.get()
    assert enrolment.completed_at is None
    lessons_of(course)[1].unpublish()
    client.get(quiz_url + "result/")
    enrolment.refresh_from_db()
    assert enrolment.completed_at
    assert enrolment.certificate
