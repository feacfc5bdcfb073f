"""Quizzes without a network: papers without keys, and answers that arrive late."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import erase_learner
from accounts.models import Learner
from course.models import LessonPage
from quizzes.models import Answer, Question
from tests.taking_quizzes import answer, form_of, value_of

pytestmark = pytest.mark.django_db


def send(client, quiz_url, form, **fields):
    """Send the form as an answer that waited. Return what the server reports."""
    form.address = f"{quiz_url}waiting/"
    return form.send(client, **fields).json()


def paper_at(quiz_url):
    """Return the response with the paper, as somebody without cookies gets it."""
    return Client().get(f"{quiz_url}paper/")


def test_a_paper_is_for_everybody_and_sets_no_cookie(client, quiz_url):
    answer(client, quiz_url, "Right")
    with_cookie, without = client.get(f"{quiz_url}paper/"), paper_at(quiz_url)
    assert with_cookie.json() == without.json()
    assert not without.cookies
    assert "no-store" not in without.get("Cache-Control", "")
    assert "csrf" not in without.text


def test_a_quiz_that_asks_nothing_has_no_paper(quiz_url):
    Question.objects.all().delete()
    assert paper_at(quiz_url).status_code == 404


def test_an_answer_of_a_paper_is_saved_for_who_gave_it(client, quiz_url):
    form = form_of(client, quiz_url)
    paper = paper_at(quiz_url).json()
    assert form.hidden["paper"] == paper["digest"]
    assert form.hidden["question"] == paper["questions"][0]["key"]
    told = send(client, quiz_url, form, choice="not-sure")
    assert (told["outcome"], told["address"]) == ("saved", f"{quiz_url}answer/1/")


def test_an_answer_that_arrives_twice_is_saved_once(client, quiz_url):
    form = form_of(client, quiz_url)
    for _time in range(2):
        assert send(client, quiz_url, form, choice="not-sure")["outcome"] == "saved"
    assert Answer.objects.count() == 1


def test_it_is_known_again_after_another_answer_and_another_attempt(client, quiz_url):
    form = form_of(client, quiz_url)
    send(client, quiz_url, form, choice="not-sure")
    answer(client, quiz_url, "Right")
    client.post(f"{quiz_url}again/", {"which": "missed"})
    assert send(client, quiz_url, form, choice="not-sure")["outcome"] == "saved"
    assert Answer.objects.count() == 2


def test_the_answer_of_another_device_is_shown_next_to_it(client, quiz_url):
    page = client.get(quiz_url, follow=True)
    late, right = form_of(client, quiz_url, page), value_of(page, "Right")
    answer(client, quiz_url, "Wrong")
    told = send(client, quiz_url, late, choice=right)
    assert told["outcome"] == "choose"
    assert Answer.objects.count() == 1
    both = client.get(told["address"]).text
    assert "You have already answered this question" in both
    assert "Wrong" in both
    assert "Right" in both


def test_an_answer_without_its_cookie_is_refused_and_nobody_is_made(client, quiz_url):
    form = form_of(client, quiz_url)
    stranger = Client()
    assert send(stranger, quiz_url, form, choice="not-sure")["outcome"] == "other"
    assert not stranger.cookies
    assert not Learner.objects.exists()


def test_an_answer_of_a_deleted_record_is_refused_and_nobody_is_made(client, quiz_url):
    answer(client, quiz_url, "Right")
    form = form_of(client, quiz_url)
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    assert send(client, quiz_url, form, choice="not-sure")["outcome"] == "gone"
    assert not Learner.objects.present().exists()


def test_an_answer_to_other_wording_is_refused(client, lesson, quiz_url):
    form = form_of(client, quiz_url)
    form.hidden["paper"] = "0" * 64
    assert send(client, quiz_url, form, choice="not-sure")["outcome"] == "refused"
    form.hidden["question"] = str(uuid.uuid4())
    assert send(client, quiz_url, form, choice="not-sure")["outcome"] == "refused"
    assert send(client, quiz_url, form)["words"]
    assert not Answer.objects.exists()


def test_a_reworded_quiz_takes_the_answer_to_what_was_seen(client, lesson, quiz_url):
    live = LessonPage.objects.get(pk=lesson.pk)
    live.save_revision().publish()
    form = form_of(client, quiz_url)
    asked = live.questions.all()[0]
    Question.objects.filter(pk=asked.pk).update(stem="Asked in other words?")
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    assert send(client, quiz_url, form, choice="not-sure")["outcome"] == "saved"
    assert Answer.objects.get().attempt.paper.sha256 == form.hidden["paper"]


def test_a_moved_lesson_takes_what_was_sent_to_its_old_address(
    client, lesson, quiz_url
):
    LessonPage.objects.get(pk=lesson.pk).save_revision().publish()
    form = form_of(client, quiz_url)
    form.address = f"{quiz_url}waiting/"
    moved = LessonPage.objects.get(pk=lesson.pk)
    moved.slug = "elsewhere"
    moved.save_revision().publish()
    response = form.send(client, choice="not-sure")
    assert response.status_code in (307, 308)
    assert response.url.endswith("/elsewhere/quiz/waiting/")
