"""An answer goes to the person the form was opened for, or is kept and asked about."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import erase_learner
from accounts.identity import Identity
from accounts.models import Learner
from home.models import WaitingRoomTablet
from progress.models import LessonProgress
from quizzes.models import Answer, Attempt
from quizzes.views.kept import COOKIE
from tests.factories import a_lesson
from tests.quizzes.waiting_answers import (
    KEPT,
    answers_of,
    end_session,
    opened,
    save_kept,
)
from tests.signing_in import sign_in
from tests.taking_quizzes import FORM, answer, finish, form_of

pytestmark = pytest.mark.django_db


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
    assert after.request["PATH_INFO"] == f"{quiz_url}result/2/"
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


def test_an_erased_learner_is_not_brought_back_by_an_old_tab(client, quiz_url):
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    client.cookies.clear()
    send()
    assert not Learner.objects.present().exists()


def test_a_deleted_record_is_never_made_anew_by_a_form_of_before(client, quiz_url):
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    page = send()
    assert "Your progress was deleted" in page.text
    assert "no new progress was started" in page.text
    assert "Right" in page.text
    assert not Learner.objects.present().exists()
    assert Answer.objects.count() == 1
    save_kept(client, page)
    assert Learner.objects.present().count() == 1
    assert Answer.objects.count() == 2


def test_a_deleted_record_of_an_account_is_not_made_anew_either(client, user, quiz_url):
    sign_in(client, user)
    answer(client, quiz_url, "Right")
    send = opened(client, quiz_url)
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    assert "Your progress was deleted" in send().text
    assert not answers_of(user).exists()


def test_a_lesson_is_not_marked_as_read_for_a_deleted_record(client, course, quiz_url):
    leaflet = a_lesson(course, questions=0)
    answer(client, quiz_url, "Right")
    mark = OPENED_FOR.search(client.get(f"{leaflet.url}read/").text)[1]
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    form = {"opened_for": mark, "has_record": "yes"}
    page = client.post(f"{leaflet.url}read/", form, follow=True)
    assert "your progress was deleted" in page.text
    assert not Learner.objects.present().exists()
    client.post(f"{leaflet.url}read/", form | {"has_record": ""})
    assert LessonProgress.objects.exclude(read_at=None).count() == 1


def test_a_browser_that_keeps_no_cookie_is_told(client, quiz_url):
    send = opened(client, quiz_url)
    page = send(Client())
    assert "We cannot tell whose answer this is" in page.text
    alone = Client().get(page.request["PATH_INFO"])
    assert "There is no answer to save" in alone.text
    assert "Allow cookies" in alone.text
    assert not Learner.objects.exists()


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


OPENED_FOR = re.compile(r'name="opened_for" value="([^"]*)"')


@pytest.mark.parametrize(
    ("who", "told"),
    [
        ("account", "Sign in to continue"),
        ("browser", "the cookie that was there when this page"),
    ],
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
    assert "The lesson has not been marked as read yet" in page.text
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
    assert "Sign in to continue" in page.text
    assert sign_in(client, user, to=f"{quiz_url}result/").url == f"{quiz_url}result/"
    client.post(f"{quiz_url}again/", form)
    assert Attempt.objects.open().get().learner.user == user


NAMED = re.compile(r"\*\*(\w+)\*\*")


def test_the_privacy_page_names_the_cookies_that_are_set(client, user, quiz_url):
    form_of(client, quiz_url).send(client)
    answer(client, quiz_url, "Right")
    client.post("/progress/words/")
    sign_in(client, user)
    client.post("/my-learning/calendar/")
    send = opened(client, quiz_url)
    end_session(client)
    send()
    tablet = shared_tablet()
    words = (settings.BASE_DIR / "home/content/3-privacy.md").read_text()
    named = NAMED.findall(words.partition("## Cookies")[2].partition("## ")[0])
    set_here = {*client.cookies, *tablet.cookies, settings.SESSION_COOKIE_NAME}
    assert set_here == set(named)


def shared_tablet():
    """Return a browser that was switched to the mode of a shared tablet."""
    mode = WaitingRoomTablet.load()
    mode.code_hash = make_password("quiet corner 7")
    mode.save()
    browser = Client()
    browser.post("/tablet/", {"code": "quiet corner 7"})
    return browser
