"""A tablet in a waiting room keeps the people who use it apart."""

import datetime as dt
import re

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from home.models import WaitingRoomTablet
from home.tablet_mode import IDLE_ENDS
from progress.models import ResumeWords
from quizzes.models import Answer
from tests.factories import UserFactory
from tests.roles import a_person
from tests.taking_quizzes import answer

pytestmark = pytest.mark.django_db
CODE = "quiet corner 7"


@pytest.fixture(autouse=True)
def code():
    tablet = WaitingRoomTablet.load()
    tablet.code_hash = make_password(CODE)
    tablet.save()


@pytest.fixture
def tablet(client):
    client.post("/tablet/", {"code": CODE})
    return client


def held(browser):
    """Return the names of the cookies that the browser still has."""
    return {name for name, cookie in browser.cookies.items() if cookie.value}


def test_the_code_switches_the_mode_on_and_off(client):
    assert client.post("/tablet/", {"code": CODE}).url == "/"
    assert held(client) == {"tablet"}
    assert "This tablet is shared" in client.get("/progress/").text
    client.post("/tablet/", {"code": CODE})
    assert held(client) == set()
    assert "This tablet is shared" not in client.get("/progress/").text


def test_a_wrong_code_switches_nothing(client, tablet):
    other = Client()
    page = other.post("/tablet/", {"code": "loud corner 7"}, follow=True)
    assert "This code is incorrect" in page.text
    assert "loud corner" not in page.text
    assert "tablet" not in held(other)
    tablet.post("/tablet/", {"code": "loud corner 7"})
    assert "tablet" in held(tablet)


def test_wrong_codes_are_slowed_and_then_the_right_one_is_refused(client):
    with time_machine.travel(timezone.now(), tick=False):
        tries = [client.post("/tablet/", {"code": "x"}).status_code for _ in range(12)]
        assert tries == [302] * 10 + [429] * 2
        assert client.post("/tablet/", {"code": CODE}).status_code == 429
    assert "tablet" not in held(client)


def test_without_a_code_there_is_no_mode(client):
    WaitingRoomTablet.objects.update(code_hash="")
    assert "has no code yet" in client.get("/tablet/").text
    client.post("/tablet/", {"code": ""})
    client.post("/tablet/", {"code": "anything"})
    assert "tablet" not in held(client)


def test_a_forged_mode_is_none(client):
    client.cookies["tablet"] = "2026-01-01T00:00:00+00:00"
    assert "This tablet is shared" not in client.get("/progress/").text


def test_switching_signs_out_whoever_was_there(client):
    client.force_login(UserFactory())
    client.post("/tablet/", {"code": CODE})
    assert held(client) == {"tablet"}


@pytest.mark.parametrize(
    "path",
    [
        "/admin/",
        "/admin/login/",
        "/account/login/",
        "/account/login/code/",
        "/_util/login/",
        "/my-learning/",
        "/my-learning/join/",
        "/progress/download/",
        "/service-worker.js",
    ],
)
def test_nobody_signs_in_or_keeps_anything_on_a_shared_tablet(tablet, path):
    assert tablet.get(path).url == "/tablet/"
    assert tablet.post(path).url == "/tablet/"


def test_what_is_closed_is_closed_in_every_language(tablet):
    assert tablet.get("/es/account/login/").url == "/es/tablet/"


def test_a_quiz_offers_to_keep_no_course_on_a_shared_tablet(tablet, quiz_url):
    feedback = tablet.get(answer(tablet, quiz_url, "Right").url).text
    assert "data-keep" not in feedback


def test_a_session_that_came_by_nonetheless_opens_no_admin(tablet):
    tablet.force_login(a_person("Administrator"))
    assert tablet.get("/admin/").url == "/tablet/"


def test_finishing_forgets_the_person_and_keeps_the_mode(tablet, quiz_url):
    answer(tablet, quiz_url, "Right")
    assert "learner" in held(tablet)
    response = tablet.post("/tablet/finish/")
    assert response.url == "/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert held(tablet) == {"tablet"}
    assert "no answers from this browser" in tablet.get("/progress/").text


def test_every_cookie_goes_by_name_but_the_mode(tablet):
    names = ("learner", "draft", "kept_answers", "sent_form", "resume_words", "new")
    for name in names:
        tablet.cookies[name] = "x"
    tablet.post("/tablet/finish/")
    assert held(tablet) == {"tablet"}


def test_finishing_offers_words_and_a_qr_code_first(tablet, quiz_url):
    assert "Take your answers home" not in tablet.get("/tablet/finish/").text
    answer(tablet, quiz_url, "Right")
    page = tablet.get("/tablet/finish/").text
    assert 'action="/progress/words/"' in page
    shown = tablet.post("/progress/words/", follow=True).text
    words = re.findall(r"<li>(\w+)</li>", shown.partition("app-words")[2])[:5]
    tablet.post("/tablet/finish/")
    assert "shown only once" not in tablet.get("/progress/words/", follow=True).text
    phone = Client()
    phone.post("/resume/", {"words": " ".join(words)})
    assert "no answers from this browser" not in phone.get("/progress/").text
    assert ResumeWords.objects.exists()


def test_who_did_not_finish_is_forgotten_at_the_next_request(tablet, quiz_url):
    answer(tablet, quiz_url, "Right")
    with time_machine.travel(timezone.now() + IDLE_ENDS + dt.timedelta(seconds=1)):
        response = tablet.get("/progress/")
        assert response.url == "/"
        assert response["Clear-Site-Data"] == '"cache", "storage"'
        assert held(tablet) == {"tablet"}
        assert "no answers from this browser" in tablet.get("/progress/").text


def test_an_answer_sent_too_late_is_nobodys(tablet, quiz_url):
    answer(tablet, quiz_url, "Right")
    with time_machine.travel(timezone.now() + IDLE_ENDS + dt.timedelta(seconds=1)):
        assert tablet.post(f"{quiz_url}2/", {"choice": "not-sure"}).url == "/"
    assert Answer.objects.count() == 1


def test_a_page_that_is_still_read_keeps_the_person(tablet, quiz_url):
    answer(tablet, quiz_url, "Right")
    now = timezone.now()
    for minutes in (8, 16, 24):
        with time_machine.travel(now + dt.timedelta(minutes=minutes)):
            assert tablet.get("/tablet/here/").status_code == 204
            assert "learner" in held(tablet)


def test_no_page_of_a_shared_tablet_is_kept_for_back(tablet, lesson):
    for path in ("/", lesson.url, "/progress/"):
        assert "no-store" in tablet.get(path)["Cache-Control"], path


def test_elsewhere_there_is_nothing_to_finish(client, db):
    assert client.get("/tablet/finish/").url == "/"
    assert client.post("/tablet/finish/").url == "/"
    assert "Clear-Site-Data" not in client.post("/tablet/finish/").headers
    assert "I have finished" not in client.get("/progress/").text


def test_an_administrator_sets_the_code_and_only_its_hash_is_stored(client):
    client.force_login(UserFactory(administrator=True))
    address = client.get("/admin/settings/home/waitingroomtablet/").url
    client.post(address, {"new_code": "another code"})
    tablet = WaitingRoomTablet.objects.get()
    assert tablet.has_code("another code")
    assert not tablet.has_code(CODE)
    assert "another code" not in tablet.code_hash
    assert tablet.code_hash not in client.get(address).text


def test_a_short_code_is_refused(client):
    client.force_login(UserFactory(administrator=True))
    address = client.get("/admin/settings/home/waitingroomtablet/").url
    assert "at least 8 characters" in client.post(address, {"new_code": "short"}).text
    assert WaitingRoomTablet.objects.get().has_code(CODE)
