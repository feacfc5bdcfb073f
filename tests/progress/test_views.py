"""“Your progress”: viewing, downloading and deleting it."""

import json
import re

import pytest

from accounts.models import Learner
from progress.models import Certificate
from quizzes.models import Answer, Attempt
from tests.factories import LearnerFactory, UserFactory, lessons_of
from tests.taking_quizzes import answer, finish, give_first_options

pytestmark = pytest.mark.django_db


@pytest.fixture
def learned(client, quiz_url):
    """A visitor who finished the first quiz."""
    finish(client, quiz_url, ["Right", "Right"])
    return client


def test_a_visitor_who_did_nothing_is_told_so(client, db):
    response = client.get("/progress/")
    assert "There are no answers from this browser" in response.text
    assert not response.cookies


def test_somebody_on_a_team_who_did_nothing_is_told_so(client):
    client.force_login(LearnerFactory(token=None, user=UserFactory()).user)
    page = client.get("/progress/").text
    assert "There are no answers in this account" in page
    assert "There are no answers from this browser" not in page


@pytest.mark.parametrize("deed", ["download/", "delete/"])
def test_a_visitor_who_did_nothing_has_nothing_to_take_or_delete(client, deed):
    assert client.get(f"/progress/{deed}").url == "/progress/"


def test_a_learner_sees_what_is_done(learned, course, lesson):
    page = learned.get("/progress/").text
    assert "1 of 2 lessons done" in page
    assert lesson.title in page
    top = learned.get(course.url).text.split("<main")[1].split("app-main")[0]
    assert "1 of 2 lessons done" in top
    assert course.summary not in top


def test_the_download_holds_answers_in_the_words_seen(learned, course, lesson):
    data = json.loads(learned.get("/progress/download/").content)
    assert data["courses"][0]["course"] == course.title
    assert data["courses"][0]["lessons"][0]["passed"]
    attempt = data["attempts"][0]
    assert attempt["lesson"] == lesson.title
    assert attempt["answers"][0]["answer"] == ["Right"]
    assert attempt["grades"] == [{"run": 1, "right": 2, "out_of": 2}]


def test_deleting_asks_first(learned):
    assert "cannot undo" in learned.get("/progress/delete/").text
    assert Learner.objects.present().exists()


def test_deleting_blanks_the_learner_and_keeps_the_answers_for_counts(learned, course):
    answer(learned, lessons_of(course)[1].url + "quiz/", "Right")
    page = learned.post("/progress/delete/", follow=True)
    assert "Your progress was deleted" in page.text
    learner = Learner.objects.get()
    assert learner.erased_at
    assert learner.token is None
    assert Answer.objects.count() == 3
    assert not Attempt.objects.open().exists()
    assert "learner" not in learned.cookies or not learned.cookies["learner"].value


OPENED_FOR = re.compile(r'name="opened_for" value="([^"]+)"')


def delete_page(client):
    """Open the page that asks, and return what its form says of whom it is for."""
    return {"opened_for": OPENED_FOR.search(client.get("/progress/delete/").text)[1]}


def test_a_page_opened_for_somebody_signed_in_deletes_nobody_else(client, quiz_url):
    client.force_login(UserFactory())
    answer(client, quiz_url, "Right")
    form = delete_page(client)
    del client.cookies["sessionid"]
    alone = client.post("/progress/delete/", form, follow=True)
    answer(client, quiz_url, "Wrong")
    beside_another = client.post("/progress/delete/", form, follow=True)
    for page in (alone, beside_another):
        assert "Nothing was deleted" in page.text
        assert "Sign in to continue" in page.text
    assert Learner.objects.present().count() == 2


def test_a_page_opened_before_somebody_signed_in_deletes_nothing_of_theirs(learned):
    form = delete_page(learned)
    learned.force_login(somebody_with_an_account())
    page = learned.post("/progress/delete/", form, follow=True)
    assert "Nothing was deleted" in page.text
    assert Learner.objects.present().count() == 2


def somebody_with_an_account():
    return LearnerFactory(token=None, user=UserFactory()).user


def test_deleting_gives_certificates_a_number_that_nobody_has_seen(learned, course):
    give_first_options(learned, lessons_of(course)[1])
    [held] = json.loads(learned.get("/progress/download/").content)["courses"]
    learned.post("/progress/delete/")
    assert held["certificate"] != Certificate.objects.get().serial


def test_after_deleting_the_old_cookie_finds_nobody(learned, quiz_url):
    cookie = learned.cookies["learner"].value
    learned.post("/progress/delete/")
    learned.cookies["learner"] = cookie
    assert "There are no answers from this browser" in learned.get("/progress/").text
    assert "Question 1 of 2" in learned.get(quiz_url, follow=True).text


def test_the_course_page_says_what_is_left_and_where_to_go_on(learned, course):
    second = lessons_of(course)[1]
    page = learned.get(course.url).text
    assert "1 of 2 lessons done" in page
    assert f'href="{second.url}"' in page
    answer(learned, second.url + "quiz/", "Right")
    assert f'href="{second.url}quiz/"' in learned.get(course.url).text


def test_a_lesson_taken_away_leaves_the_totals_true(learned, course):
    lessons_of(course)[1].unpublish()
    assert "1 of 1 lesson done" in learned.get("/progress/").text


def test_the_course_page_counts_its_lessons_for_whoever_has_not_begun(client, course):
    assert "2 lessons." in client.get(course.url).text
    lessons_of(course)[1].unpublish()
    assert "1 lesson." in client.get(course.url).text
