"""An answer goes to the person the form was opened for, or is kept and asked about."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.actions import erase_learner
from accounts.identity import Identity
from accounts.models import Learner
from course.models import LessonPage
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt
from quizzes.views.kept import COOKIE
from tests.factories import UserFactory, a_lesson
from tests.signing_in import sign_in, with_password
from tests.taking_quizzes import FORM, answer, finish, form_of, value_of

pytestmark = pytest.mark.django_db
KEPT = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
FIELD = re.compile(r'name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def user():
    return with_password(UserFactory(email="anna@example.org"))


@pytest.fixture
def other():
    return with_password(UserFactory(email="ben@example.org"))


def opened(client, quiz_url, text="Right"):
    """Return a function that sends the form now shown, and leads where that leads."""
    page = client.get(quiz_url, follow=True)
    form, choice = form_of(client, quiz_url, page), value_of(page, text)
    return lambda client=client: form.send(client, follow=True, choice=choice)


def end_session(client):
    """Let the session end, as it does with the browser."""
    del client.cookies[settings.SESSION_COOKIE_NAME]


def save_kept(client, page):
    """Press the button of the page that asks whose the answer is."""
    action, fields = KEPT.search(page.text).groups()
    return client.post(action, dict(FIELD.findall(fields)), follow=True)


def answers_of(user):
    return Answer.objects.filter(attempt__learner__user=user)


def test_a_form_says_neither_account_nor_token(client, user, quiz_url):
    page = client.get(quiz_url, follow=True)
    token = Identity(Client().cookies.get("learner") or Learner().uuid).token
    assert str(token) not in page.text
    assert client.cookies["learner"].value.split(":")[0] not in page.text
    hidden = form_of(client, quiz_url, page).hidden
    assert re.fullmatch("browser-[0-9a-f]{32}", hidden["opened_for"])
    sign_in(client, user)
    hidden = form_of(client, quiz_url).hidden
    assert re.fullmatch("account-[0-9a-f]{32}", hidden["opened_for"])


def test_after_the_session_ended_the_answer_waits_for_signing_in(
    client, user, quiz_url
):
    sign_in(client, user)
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    end_session(client)
    page = send()
    assert "Sign in to go on" in page.text
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
    assert "Your answer was not kept" in told
    assert f"{len(held)} answers given before wait" in told
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


def test_another_person_signing_in_gets_nothing_of_it(client, user, other, quiz_url):
    sign_in(client, user)
    send = opened(client, quiz_url)
    client.post("/account/logout/")
    sign_in(client, other)
    page = send()
    assert "This question was opened for somebody else" in page.text
    assert "Why: Right." not in page.text
    assert not FORM.search(page.text)
    assert not KEPT.search(page.text)
    assert not Answer.objects.exists()
    client.post("/account/logout/")
    sign_in(client, user)
    assert answers_of(user).count() == 1


def test_whoever_signed_in_meanwhile_is_asked(client, user, quiz_url):
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    sign_in(client, user)
    page = send()
    assert "Is this answer yours?" in page.text
    assert answers_of(user).count() == 1
    after = save_kept(client, page)
    assert after.request["PATH_INFO"] == f"{quiz_url}answer/2/"
    assert answers_of(user).count() == 2
    assert not client.cookies[COOKIE].value


def test_an_answer_without_its_cookie_makes_no_silent_learner(client, quiz_url):
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    client.cookies.clear()
    page = send()
    assert "We cannot tell whose answer this is" in page.text
    assert Learner.objects.count() == 1
    assert Answer.objects.count() == 1
    again = client.get(page.request["PATH_INFO"])
    after = save_kept(client, again)
    assert after.request["PATH_INFO"] == f"{quiz_url}answer/2/"
    assert Learner.objects.count() == 2
    assert "Question 1 of 2" in client.get(quiz_url, follow=True).text


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


def test_an_erased_learner_is_not_brought_back_by_an_old_tab(client, quiz_url):
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    client.cookies.clear()
    send()
    assert not Learner.objects.present().exists()


def test_a_browser_that_keeps_no_cookie_is_told(client, quiz_url):
    send = opened(client, quiz_url)
    page = send(Client())
    assert "We cannot tell whose answer this is" in page.text
    alone = Client().get(page.request["PATH_INFO"])
    assert "No answer is kept here" in alone.text
    assert "Allow cookies" in alone.text
    assert not Learner.objects.exists()


def test_a_question_answered_meanwhile_is_not_overwritten(client, user, quiz_url):
    sign_in(client, user)
    send = opened(client, quiz_url, "Wrong")
    answer(client, quiz_url, "Right")
    end_session(client)
    page = send()
    signed_in = sign_in(client, user, to=page.request["PATH_INFO"])
    assert answers_of(user).count() == 1
    page = client.get(signed_in.url)
    assert "Your answer is not saved yet" in page.text
    both = save_kept(client, page)
    assert "You answered this question before" in both.text


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
    assert "Sign in to go on" in page.text
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


def test_a_retry_goes_on_where_it_was(client, user, quiz_url):
    sign_in(client, user)
    for text in ("Right", "Wrong"):
        answer(client, quiz_url, text)
    client.post(f"{quiz_url}again/", {"which": "missed"})
    send = opened(client, quiz_url)
    end_session(client)
    send()
    sign_in(client, user)
    retry = Attempt.objects.get(number=2)
    assert retry.grades.get().right == 1


def test_an_altered_mark_saves_nothing(client, user, quiz_url):
    page = client.get(quiz_url, follow=True)
    form = form_of(client, quiz_url, page)
    form.send(client, hidden={"opened_for": "account-" + "0" * 32}, choice="not-sure")
    sign_in(client, user)
    assert not Answer.objects.exists()


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
    assert "Sign in to go on" in send().text
    client.handler.enforce_csrf_checks = False
    sign_in(client, user)
    assert answers_of(user).count() == 1


OPENED_FOR = re.compile(r'name="opened_for" value="([^"]*)"')


@pytest.mark.parametrize(
    ("who", "told"),
    [("account", "Sign in to go on"), ("browser", "under a cookie that did not come")],
)
def test_a_lesson_is_marked_as_read_for_nobody_else(
    client, user, course, quiz_url, who, told
):
    leaflet = a_lesson(course, questions=0)
    if who == "account":
        sign_in(client, user)
    else:
        answer(client, quiz_url, "Right")
    mark = OPENED_FOR.search(client.get(f"{leaflet.url}read/").text)[1]
    before = Learner.objects.count()
    client.cookies.clear()
    page = client.post(f"{leaflet.url}read/", {"opened_for": mark}, follow=True)
    assert "The lesson is not marked as read yet" in page.text
    assert told in page.text
    assert Learner.objects.count() == before
    mark = OPENED_FOR.search(page.text)[1]
    client.post(f"{leaflet.url}read/", {"opened_for": mark})
    assert LessonProgress.objects.exclude(read_at=None).count() == 1


def test_a_retry_after_the_session_ended_begins_with_signing_in(client, user, quiz_url):
    sign_in(client, user)
    finish(client, quiz_url, ["Wrong", "Right"])
    mark = OPENED_FOR.search(client.get(f"{quiz_url}result/").text)[1]
    end_session(client)
    form = {"which": "missed", "opened_for": mark}
    page = client.post(f"{quiz_url}again/", form, follow=True)
    assert "Sign in to go on" in page.text
    assert sign_in(client, user, to=f"{quiz_url}result/").url == f"{quiz_url}result/"
    client.post(f"{quiz_url}again/", form)
    assert Attempt.objects.open().get().learner.user == user


NAMED = re.compile(r"\*\*(\w+)\*\*")


def test_the_privacy_page_names_the_cookies_that_are_set(client, user, quiz_url):
    form_of(client, quiz_url).send(client)
    answer(client, quiz_url, "Right")
    sign_in(client, user)
    send = opened(client, quiz_url)
    end_session(client)
    send()
    words = (settings.BASE_DIR / "home/content/3-privacy.md").read_text()
    named = NAMED.findall(words.partition("## Cookies")[2].partition("## ")[0])
    assert set(client.cookies) | {settings.SESSION_COOKIE_NAME} == set(named)
