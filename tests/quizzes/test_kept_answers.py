"""Answers that wait in the browser until it is known whose they are."""

import pytest
from django.test import Client

from accounts.models import Learner
from course.models import LessonPage
from quizzes.models import Answer, Attempt
from quizzes.views.kept import COOKIE
from tests.factories import a_lesson
from tests.quizzes.waiting_answers import answers_of, end_session, opened, save_kept
from tests.signing_in import sign_in
from tests.taking_quizzes import answer, form_of

pytestmark = pytest.mark.django_db


def test_after_the_session_ended_the_answer_waits_for_signing_in(
    client, user, quiz_url
):
    sign_in(client, user)
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    end_session(client)
    page = send()
    assert "Sign in to continue" in page.text
    assert page.request["PATH_INFO"] == f"{quiz_url}2/kept/"
    assert Answer.objects.count() == Learner.objects.count() == 1
    to = f"{quiz_url}2/kept/"
    assert f'href="/account/login/?next={to}"' in page.text
    # The second answer is the last one: it is saved, and the quiz is finished.
    signed_in = sign_in(client, user, to=to)
    assert not client.cookies[COOKIE].value
    attempt = Attempt.objects.get()
    assert attempt.learner.user == user
    assert not attempt.is_open
    assert set(attempt.answers.values_list("origin", flat=True)) == {"account"}
    after = client.get(signed_in.url, follow=True)
    assert after.request["PATH_INFO"] == f"{quiz_url}answer/2/"
    assert Learner.objects.count() == 1


def test_an_answer_kept_in_two_tabs_is_saved_from_both(client, user, quiz_url):
    sign_in(client, user)
    sends = [
        form_of(client, quiz_url, client.get(f"{quiz_url}{number}/"))
        for number in (1, 2)
    ]
    end_session(client)
    for form in sends:
        form.send(client, choice="not-sure")
    sign_in(client, user)
    assert answers_of(user).count() == 2


@pytest.mark.sweep
def test_no_answer_gives_way_to_a_later_one_without_a_word(client, user, course):
    lesson = a_lesson(course, questions=60)
    url = f"{lesson.url}quiz/"
    sign_in(client, user)
    pages = [client.get(f"{url}{number}/") for number in range(1, 61)]
    forms = [form_of(client, url, page) for page in pages]
    end_session(client)
    led = [form.send(client, choice="not-sure").url for form in forms]
    held = [url for url in led if url.endswith("/kept/")]
    assert 10 < len(held) < 60
    assert len(client.cookies[COOKIE].value) < 4000
    told = client.get(led[-1]).text
    assert "Your answer was not saved" in told
    assert f"{len(held)} answers for the people who gave them" in told
    assert f'href="/account/login/?next={url}"' in told
    sign_in(client, user)
    assert answers_of(user).count() == len(held)


def test_an_answer_waits_while_somebody_else_answers_the_same_question(
    client, user, quiz_url
):
    sign_in(client, user)
    send = opened(client, quiz_url)
    end_session(client)
    send()
    answer(client, quiz_url, "Wrong")
    assert client.cookies[COOKIE].value
    sign_in(client, user)
    assert answers_of(user).exists()


def test_two_people_s_answers_to_one_question_wait_for_both(
    client, user, other, quiz_url
):
    sends = []
    for person in (user, other):
        sign_in(client, person)
        sends.append(opened(client, quiz_url))
        client.post("/account/logout/")
    for send in sends:
        send()
    for person in (user, other):
        sign_in(client, person)
        assert answers_of(person).count() == 1
        client.post("/account/logout/")


def test_an_answer_without_its_cookie_is_kept_until_signing_in(client, user, quiz_url):
    send = opened(client, quiz_url)
    client.cookies.clear()
    page = send()
    to = page.request["PATH_INFO"]
    assert f"/account/login/?next={to}" in page.text
    signed_in = sign_in(client, user, to=to)
    page = client.get(signed_in.url)
    assert "Is this answer yours?" in page.text
    save_kept(client, page)
    assert answers_of(user).count() == 1


def test_a_question_answered_meanwhile_is_not_overwritten(client, user, quiz_url):
    sign_in(client, user)
    send = opened(client, quiz_url, "Wrong")
    answer(client, quiz_url, "Right")
    end_session(client)
    page = send()
    signed_in = sign_in(client, user, to=page.request["PATH_INFO"])
    assert answers_of(user).count() == 1
    page = client.get(signed_in.url)
    assert "Your answer has not been saved yet" in page.text
    both = save_kept(client, page)
    assert "You have already answered this question" in both.text


def test_the_same_post_twice_is_one_answer(client, user, quiz_url):
    sign_in(client, user)
    send = opened(client, quiz_url)
    end_session(client)
    send()
    send()
    sign_in(client, user)
    assert answers_of(user).count() == 1


def test_a_lesson_taken_offline_meanwhile_still_saves(client, user, lesson, quiz_url):
    sign_in(client, user)
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    end_session(client)
    LessonPage.objects.filter(pk=lesson.pk).update(live=False)
    page = send()
    assert "Sign in to continue" in page.text
    sign_in(client, user)
    assert answers_of(user).count() == 2
    stranger = Client()
    assert stranger.get(page.request["PATH_INFO"]).status_code == 404


def test_signing_out_drops_what_is_theirs_and_leaves_what_is_others(
    client, user, other, quiz_url
):
    sign_in(client, user)
    first = opened(client, quiz_url)
    end_session(client)
    first()
    sign_in(client, other)
    client.post("/account/logout/")
    assert client.cookies[COOKIE].value
    sign_in(client, user)
    assert answers_of(user).count() == 1


def test_nothing_of_whoever_signed_out_waits_in_the_browser(client, user, quiz_url):
    sign_in(client, user)
    answer(client, quiz_url, "Right")
    stale = opened(client, quiz_url, "Wrong")
    answer(client, quiz_url, "Right")
    end_session(client)
    stale()
    sign_in(client, user)
    assert client.cookies[COOKIE].value
    client.post("/account/logout/")
    assert not client.cookies[COOKIE].value


def test_nothing_waits_of_what_was_deleted(client, quiz_url):
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    kept = client.cookies["learner"].value
    client.cookies.clear()
    send()
    client.cookies["learner"] = kept
    assert client.cookies[COOKIE].value
    client.post("/progress/delete/")
    assert not client.cookies[COOKIE].value


def test_an_altered_cookie_is_no_answer(client, user, quiz_url):
    sign_in(client, user)
    send = opened(client, quiz_url)
    end_session(client)
    send()
    client.cookies[COOKIE] = client.cookies[COOKIE].value[:-2] + "xx"
    sign_in(client, user)
    assert not Answer.objects.exists()


def test_a_form_whose_protection_went_with_the_cookie_is_kept(quiz_url, settings):
    settings.CSRF_FAILURE_VIEW = "home.views.csrf_failure"
    client = Client(enforce_csrf_checks=True)
    send = opened(client, quiz_url)
    client.cookies.clear()
    page = send()
    assert "We cannot tell whose answer this is" in page.text
    assert not Answer.objects.exists()
    save_kept(client, page)
    assert Answer.objects.count() == 1


def test_signing_out_elsewhere_takes_no_answer_along(user, quiz_url, settings):
    settings.CSRF_FAILURE_VIEW = "home.views.csrf_failure"
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    send = opened(client, quiz_url)
    client.cookies.clear()
    assert "Sign in to continue" in send().text
    client.handler.enforce_csrf_checks = False
    sign_in(client, user)
    assert answers_of(user).count() == 1
