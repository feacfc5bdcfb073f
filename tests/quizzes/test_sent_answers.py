"""What is sent to a quiz: twice, too late, from a stale tab, damaged, or for another."""

import re
import uuid

import pytest
from django.test import Client

from accounts.models import Learner
from quizzes.models import Answer, Attempt
from tests.factories import QuestionFactory, a_lesson
from tests.taking_quizzes import (
    HIDDEN,
    answer,
    finish,
    form_of,
    option_ids,
    ticked_in,
    value_of,
)

pytestmark = pytest.mark.django_db


NOT_KEPT = "The answer you just sent was not saved"


def test_a_question_of_another_quiz_is_refused(client, course, quiz_url):
    other = QuestionFactory(lesson=a_lesson(course, questions=0))
    form, key = form_of(client, quiz_url), str(other.translation_key)
    form.names = f"{key}.0."
    page = form.send(
        client, follow=True, hidden={"question": key}, choice=other.options[0].id
    )
    assert NOT_KEPT in page.text
    assert not Answer.objects.exists()


def test_an_option_of_another_question_is_refused(client, lesson, quiz_url):
    other = lesson.questions.last()
    form = form_of(client, quiz_url)
    page = form.send(client, follow=True, choice=other.options[0].id)
    assert NOT_KEPT in page.text
    assert not Learner.objects.exists()


@pytest.mark.parametrize("field", ["question", "seen", "client_uuid"])
def test_a_damaged_form_is_refused(client, quiz_url, field):
    page = form_of(client, quiz_url).send(client, follow=True, hidden={field: "x"})
    assert NOT_KEPT in page.text
    assert not Learner.objects.exists()


def test_the_same_post_twice_is_one_answer(client, quiz_url):
    form = form_of(client, quiz_url)
    choice = option_ids(client.get(f"{quiz_url}1/"))[0]
    first = form.send(client, choice=choice)
    second = form.send(client, choice=choice)
    assert first.url == second.url
    assert Answer.objects.count() == 1


def test_a_post_repeated_after_a_retry_began_answers_nothing_in_it(client, quiz_url):
    page = client.get(quiz_url, follow=True)
    form, wrong = form_of(client, quiz_url, page), value_of(page, "Wrong")
    form.send(client, choice=wrong)
    answer(client, quiz_url, "Right")
    client.post(f"{quiz_url}again/", {"which": "missed"})
    page = form.send(client, choice=wrong, follow=True)
    assert "was not saved" in page.text
    assert Answer.objects.count() == 2
    assert Attempt.objects.open().exists()


def test_two_first_answers_without_a_row_yet_are_one_learner(client, quiz_url):
    form = form_of(client, quiz_url)
    cookie = client.cookies["learner"].value
    for _tab in range(2):
        tab = Client()
        tab.cookies["learner"] = cookie
        form.send(tab, choice="not-sure")
    assert Learner.objects.count() == 1
    assert Answer.objects.count() == 1


@pytest.fixture
def stale(client, quiz_url):
    """Return the page after a second tab sent another answer, and both answers."""
    form = form_of(client, quiz_url)
    kept, sent, _third = option_ids(client.get(f"{quiz_url}1/"))
    form.send(client, choice=kept)
    fresh = {"client_uuid": str(uuid.uuid4())}
    return form.send(client, follow=True, hidden=fresh, choice=sent), kept, sent


def both_forms(page):
    """Return the two forms between which one chooses, as they would be posted."""
    forms = re.findall(r'<form method="post" action="(.+?)">(.*?)</form>', page, re.S)
    return [(address, dict(HIDDEN.findall(form))) for address, form in forms]


def test_a_stale_tab_sees_both_answers_and_changes_nothing(stale, quiz_url):
    page, kept, _sent = stale
    assert page.request["PATH_INFO"] == f"{quiz_url}1/choose/"
    assert "You have already answered this question" in page.text
    assert Answer.objects.get().options == [kept]


def test_the_later_answer_can_be_kept_instead(client, stale):
    page, kept, sent = stale
    client.post(*both_forms(page.text)[1])
    assert list(
        Answer.objects.order_by("sequence").values_list("options", "sequence")
    ) == [([kept], 1), ([sent], 2)]


def test_the_earlier_answer_can_stay_and_the_other_is_shown_no_more(
    client, stale, quiz_url
):
    page, kept, _sent = stale
    response = client.post(*both_forms(page.text)[0])
    assert response.url == f"{quiz_url}answer/1/#feedback"
    assert Answer.objects.get().options == [kept]
    assert ticked_in(client.get(f"{quiz_url}1/")) == [kept]
    again = client.get(f"{quiz_url}1/choose/")
    assert again.url == f"{quiz_url}1/"


def test_an_answer_after_the_end_is_refused(client, quiz_url):
    form = form_of(client, quiz_url)
    finish(client, quiz_url, ["Right", "Right"])
    fresh = {"client_uuid": str(uuid.uuid4())}
    page = form.send(client, follow=True, hidden=fresh, choice="not-sure")
    assert NOT_KEPT in page.text
    assert Answer.objects.count() == 2


def test_a_post_without_csrf_token_leads_to_a_clear_page_and_keeps_the_choice(
    quiz_url,
):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(quiz_url, follow=True)
    choice = option_ids(page)[1]
    response = form_of(strict, quiz_url, page).send(strict, choice=choice, follow=True)
    assert "Your last step was not saved" in response.text
    assert "Your choice will be filled in there" in response.text
    assert f'href="{quiz_url}1/"' in response.text
    assert ticked_in(strict.get(f"{quiz_url}1/")) == [choice]
    assert not Learner.objects.exists()


def test_what_one_person_chose_is_filled_in_for_nobody_else(client, quiz_url):
    page = client.get(quiz_url, follow=True)
    both = [option_ids(page)[0], "not-sure"]
    again = form_of(client, quiz_url, page).send(client, choice=both, follow=True)
    assert set(ticked_in(again)) == set(both)
    somebody = Client()
    somebody.cookies["draft"] = client.cookies["draft"].value
    page = somebody.get(f"{quiz_url}1/?error")
    assert ticked_in(page) == []
    assert "Error:" not in page.text


def test_a_draft_is_forgotten_with_the_answer_and_with_the_person(client, quiz_url):
    form_of(client, quiz_url).send(client)
    assert client.cookies["draft"].value
    answer(client, quiz_url, "Right")
    assert not client.cookies["draft"].value
    form_of(client, quiz_url).send(client)
    client.post("/progress/delete/")
    assert not client.cookies["draft"].value


@pytest.mark.parametrize(
    "value", ["", "x", "x:y:z", "eyJhIjoxfQ:1tGzaa:bm90IGEgc2lnbmF0dXJl"]
)
def test_a_damaged_draft_is_none(client, quiz_url, value):
    client.cookies["draft"] = value
    assert ticked_in(client.get(f"{quiz_url}1/?error")) == []
    assert client.get(f"{quiz_url}1/not-kept/").url == quiz_url
    assert client.get(f"{quiz_url}1/choose/").url == f"{quiz_url}1/"


def test_a_huge_field_is_refused(client, quiz_url, settings):
    too_much = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    response = form_of(client, quiz_url).send(client, choice=too_much)
    assert 400 <= response.status_code < 500
    assert not Learner.objects.exists()


def test_a_form_over_an_answer_that_is_gone_is_refused(client, quiz_url):
    form = form_of(client, quiz_url)
    page = form.send(client, follow=True, hidden={"seen": "1"}, choice="not-sure")
    assert NOT_KEPT in page.text
    assert not Learner.objects.exists()


def test_a_form_used_again_for_another_question_is_refused(client, quiz_url):
    first = form_of(client, quiz_url)
    first.send(client, choice="not-sure")
    used = {"client_uuid": first.hidden["client_uuid"]}
    page = form_of(client, quiz_url).send(
        client, follow=True, hidden=used, choice="not-sure"
    )
    assert NOT_KEPT in page.text
    assert Answer.objects.count() == 1


def test_a_stale_tab_stays_stale_after_a_mistake_in_it(client, quiz_url):
    stale = form_of(client, quiz_url)
    answer(client, quiz_url, "Right")
    again = stale.send(client, follow=True)
    assert "Choose one answer" in again.text
    form = form_of(client, quiz_url, again)
    response = form.send(client, follow=True, choice="not-sure")
    assert "You have already answered this question" in response.text
    assert Answer.objects.count() == 1
