"""From question to question: the verdict on one, and the next as it now stands."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from course.models import CoursePage, LessonPage
from quizzes.models import Answer, Attempt
from tests.factories import QuestionFactory, a_lesson
from tests.taking_quizzes import FORM, answer, feedback_on, form_of, ticked_in, value_of

pytestmark = pytest.mark.django_db

AS_A_SCRIPT = {"headers": {"Prefer": "return=representation"}}


@pytest.fixture
def lesson(course):
    return a_lesson(course, questions=5)


@pytest.fixture
def quiz_url(lesson):
    return lesson.url + "quiz/"


def send(client, page, text, **extra):
    """Send the form on the page with the option of this text."""
    form = form_of(client, "", page)
    choice = form.names + "choice"
    posted = form.hidden | {choice: value_of(page, text)}
    return client.post(form.address, posted, **extra)


def take(client, page, text="Wrong", **extra):
    """Send the form on the page and return the page that this leads to."""
    response = send(client, page, text, **extra)
    return client.get(response.url) if response.status_code == 302 else response


def test_the_next_question_stands_below_the_verdict(client, quiz_url):
    page = take(client, client.get(f"{quiz_url}1/"))
    assert page.request["PATH_INFO"] == f"{quiz_url}answer/1/"
    assert page.text.index("Not quite") < page.text.index("Right answer")
    assert page.text.index("Right answer") < page.text.index('class="app-question"')
    assert form_of(client, "", page).address == f"{quiz_url}2/"
    assert ticked_in(page) == []


def test_five_questions_take_eleven_requests(client, quiz_url):
    page = client.get(f"{quiz_url}1/")
    for _question in range(5):
        page = take(client, page, "Right")
    assert page.request["PATH_INFO"] == f"{quiz_url}result/5/"
    assert "That is right" in page.text
    assert "You have finished this lesson" in page.text


def test_five_questions_take_six_requests_with_scripts(client, quiz_url):
    page = client.get(f"{quiz_url}1/")
    for number in range(1, 6):
        page = send(client, page, "Right", **AS_A_SCRIPT)
        where = f"answer/{number}/" if number < 5 else "result/5/"
        assert page.status_code == 200
        assert page["Content-Location"] == quiz_url + where
        assert "That is right" in page.text
    assert Attempt.objects.submitted().count() == 1


def test_a_script_gets_the_page_that_everybody_gets(client, quiz_url):
    sent = send(client, client.get(f"{quiz_url}1/"), "Wrong", **AS_A_SCRIPT).text
    opened = client.get(f"{quiz_url}answer/1/").text
    changing = re.compile(r'name="(?:csrfmiddlewaretoken|client_uuid)" value="[^"]*"')
    assert changing.sub("", sent) == changing.sub("", opened)


def test_an_error_is_a_redirect_for_scripts_too(client, quiz_url):
    form = form_of(client, "", client.get(f"{quiz_url}1/"))
    response = client.post(form.address, form.hidden, **AS_A_SCRIPT)
    assert (response.status_code, response.url) == (302, f"{quiz_url}1/?error")
    assert "Content-Location" not in response


def test_the_next_question_is_never_shown_as_if_it_had_no_answer(client, quiz_url):
    first = client.get(f"{quiz_url}1/")
    take(client, client.get(f"{quiz_url}2/"), "Right")
    page = take(client, first)
    assert not FORM.search(page.text)
    assert re.search(
        rf'<a href="{quiz_url}answer/2/">\s*Question 2: right\s*</a>', page.text
    )
    assert f'href="{quiz_url}3/">Go to question 3</a>' in page.text


def test_after_the_last_one_those_that_were_left_out_are_offered(client, quiz_url):
    page = client.get(f"{quiz_url}5/")
    page = take(client, page)
    assert page.request["PATH_INFO"] == f"{quiz_url}answer/5/"
    assert f'href="{quiz_url}1/">Go to question 1</a>' in page.text


def test_going_back_to_the_first_answer_shows_the_second_as_it_is(client, quiz_url):
    for _question in range(5):
        answer(client, quiz_url, "Right")
    page = client.get(f"{quiz_url}answer/1/")
    assert not FORM.search(page.text)
    assert "Question 2: right" in page.text
    assert f'href="{quiz_url}result/">See what you understood</a>' in page.text


def test_two_presses_save_one_answer_and_lead_to_the_same_page(client, quiz_url):
    page = client.get(f"{quiz_url}1/")
    first = send(client, page, "Right", **AS_A_SCRIPT)
    second = send(client, page, "Right", **AS_A_SCRIPT)
    assert first["Content-Location"] == second["Content-Location"]
    assert Answer.objects.count() == 1


def test_what_was_sent_with_an_error_is_still_there_below_the_verdict(client, lesson):
    quiz_url = lesson.url + "quiz/"
    QuestionFactory(lesson=lesson, multiple=True)
    page = client.get(f"{quiz_url}6/")
    form = form_of(client, "", page)
    both = [value_of(page, "Right"), "not-sure"]
    answer_to_five = form_of(client, "", client.get(f"{quiz_url}5/"))
    answer_to_five.send(client, choice="not-sure")
    form.send(client, choice=both)
    assert sorted(ticked_in(client.get(f"{quiz_url}answer/5/"))) == sorted(both)


def test_a_paused_quiz_asks_nothing_below_a_verdict(client, lesson, quiz_url, course):
    answer(client, quiz_url, "Right")
    long_ago = timezone.localdate() - timedelta(days=11)
    LessonPage.objects.filter(pk=lesson.pk).update(next_check=long_ago)
    CoursePage.objects.filter(pk=course.pk).update(grace_days=10)
    page = client.get(f"{quiz_url}answer/1/")
    assert not FORM.search(page.text)
    assert "Go to question 2" in page.text


def test_the_reasons_of_the_other_answers_are_folded(client, course):
    lesson = a_lesson(course, questions=1)
    page = feedback_on(client, lesson.url + "quiz/", "Right").text
    folded = re.search(r"<details.*?</details>", page, re.DOTALL)[0]
    assert "Why not the other 2 answers?" in folded
    assert "That is right" not in folded
    assert "That is right" in page


def test_a_result_below_a_verdict_that_is_not_ones_own_is_only_the_result(
    client, course
):
    lesson = a_lesson(course, questions=1)
    answer(client, lesson.url + "quiz/", "Right")
    page = client.get(f"{lesson.url}quiz/result/7/")
    assert page.status_code == 200
    assert 'id="feedback"' not in page.text


def test_the_result_says_what_one_now_knows_and_what_to_look_at_again(client, course):
    lesson = a_lesson(course, questions=2)
    for question, right in zip(lesson.questions.all(), ("Gold", "Lead"), strict=True):
        question.answered_in = "#first-part"
        question.options[0].value["text"] = right
        question.save()
    answer(client, f"{lesson.url}quiz/", "Gold")
    page = client.get(answer(client, f"{lesson.url}quiz/", "Wrong").url).text
    known = page[page.index("What you now know") : page.index("Worth another look")]
    again = page[page.index("Worth another look") :]
    assert "Gold" in known
    assert "Lead" not in known
    assert f'href="{lesson.url}#first-part">Read this part again' in again
    assert again.index("Read this part again") < again.index("All lessons of this")
