"""“Ask this”: a link, a page with a form, and the way back to the passage."""

import uuid
from urllib.parse import quote

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import PageViewRestriction

from accounts.actions.learners import erase_learner
from accounts.identity import COOKIE
from accounts.models import Learner
from quizzes.models import Question
from tests.factories import lessons_of
from tests.taking_quizzes import answer
from tests.visit.asking import add_url, ask, open_form, questions_to_ask
from visit.models import ChosenQuestion
from visit.rules.passing_on import MOST_QUESTIONS, write_keys

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture
def asked(lesson):
    return questions_to_ask(lesson, "Who makes it?", "Who pays?")


def wordings():
    return list(
        ChosenQuestion.objects.order_by("place").values_list("wording", flat=True)
    )


def test_a_lesson_has_the_link_beside_each_question_and_no_form(client, lesson, asked):
    page = client.get(lesson.url)
    for row in [*asked, lesson.faq_entries.get()]:
        assert f"/my-visit/add/?question={row.translation_key}" in page.text
    assert 'method="post"' not in page.text
    assert not page.cookies


def test_opening_the_page_writes_nothing_and_is_kept_nowhere(client, asked):
    page = client.get(add_url(asked[0]))
    assert "no-store" in page["Cache-Control"]
    assert set(page.cookies) == {settings.CSRF_COOKIE_NAME}
    assert not Learner.objects.exists()


def test_the_one_asked_for_is_on_the_button_and_nothing_is_ticked(client, asked):
    page = client.get(add_url(asked[0])).text
    assert "Ask “Who makes it?”" in page
    _fields, ticks = open_form(client, asked[0])
    assert {text: on for text, (_, on) in ticks.items()} == {"Who pays?": False}


def test_the_button_leads_back_to_the_passage_and_makes_the_learner(
    client, lesson, asked
):
    response = ask(client, asked[0], "Who pays?")
    assert response["Location"] == f"{lesson.url}#to-ask-{asked[0].handle}"
    assert f'id="to-ask-{asked[0].handle}"' in client.get(lesson.url).text
    assert COOKIE in response.cookies
    assert wordings() == ["Who makes it?", "Who pays?"]
    assert Learner.objects.count() == 1


def test_what_was_chosen_before_is_ticked_and_can_be_unticked(client, asked):
    ask(client, asked[0])
    fields, ticks = open_form(client, asked[1])
    assert ticks["Who makes it?"][1]
    client.post(add_url(asked[1]), fields)
    assert wordings() == ["Who pays?"]


def test_a_tab_opened_before_does_not_undo_what_another_added(client, asked):
    first, second = open_form(client, asked[0]), open_form(client, asked[1])
    client.post(add_url(asked[0]), first[0])
    client.post(add_url(asked[1]), second[0])
    assert wordings() == ["Who makes it?", "Who pays?"]


def test_a_form_sent_twice_is_saved_once(client, asked):
    fields, _ticks = open_form(client, asked[0])
    for _time in range(2):
        client.post(add_url(asked[0]), fields)
    assert wordings() == ["Who makes it?"]


def test_a_script_gets_no_page_back(client, asked):
    fields, _ticks = open_form(client, asked[0])
    headers = {"Prefer": "return=minimal"}
    assert client.post(add_url(asked[0]), fields, headers=headers).status_code == 204
    assert wordings() == ["Who makes it?"]


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/some/place/?a=1", True),
        ("https://elsewhere.example/", False),
        ("//elsewhere.example/", False),
        ("/\\elsewhere.example", False),
        ("javascript:alert(1)", False),
    ],
)
def test_it_only_leads_back_within_the_site(client, lesson, asked, back, leads):
    fields, _ticks = open_form(client, asked[0])
    response = client.post(add_url(asked[0], back=back), fields)
    own = f"{lesson.url}#to-ask-{asked[0].handle}"
    assert response["Location"] == (back if leads else own)


@pytest.mark.parametrize("key", ["", "no-key", "é", "1" * 500, str(uuid.UUID(int=0))])
def test_an_unknown_question_gets_a_clear_word(client, key):
    page = client.get("/my-visit/add/", {"question": key})
    assert page.status_code == 404
    assert "This question is no longer here" in page.text


def test_one_of_a_lesson_that_is_offline_or_private_is_unknown(client, lesson, asked):
    private = PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    assert client.get(add_url(asked[0])).status_code == 404
    private.delete()
    lesson.unpublish()
    assert client.get(add_url(asked[0])).status_code == 404


def test_one_taken_out_meanwhile_is_named_and_the_others_are_saved(client, asked):
    fields, ticks = open_form(client, asked[0])
    asked[0].delete()
    also = {"also": [ticks["Who pays?"][0]]}
    page = client.post(add_url(asked[0]), fields | also, follow=True)
    assert "This question is no longer in the course" in page.text
    assert wordings() == ["Who pays?"]


def test_faq_entries_and_missed_quiz_questions_can_be_asked(client, lesson):
    entry, question = lesson.faq_entries.get(), lesson.questions.first()
    assert ask(client, entry)["Location"] == f"{lesson.url}#faq-{entry.handle}"
    ask(client, question)
    page = client.get("/my-visit/").text
    assert entry.question in page
    assert f"I was not sure about this: {question.stem}" in page


def test_feedback_on_an_answer_offers_to_ask_and_leads_on_in_the_quiz(client, lesson):
    page = client.get(answer(client, f"{lesson.url}quiz/", "Wrong").url).text
    key = lesson.questions.first().translation_key
    back = quote(f"{lesson.url}quiz/", safe="")
    assert f"/my-visit/add/?question={key}&amp;back={back}" in page


def test_a_draft_of_a_quiz_question_cannot_be_asked(client, lesson):
    question = lesson.questions.first()
    Question.objects.filter(pk=question.pk).update(review_status="to_check")
    assert client.get(add_url(question)).status_code == 404


def test_a_full_list_says_so_and_keeps_what_it_has(client, lesson):
    rows = questions_to_ask(lesson, *(f"What about {n}?" for n in range(31)))
    fields, _ticks = open_form(client, rows[0])
    keys = [write_keys([row.translation_key]) for row in rows[:MOST_QUESTIONS]]
    client.post(add_url(rows[0]), fields | {"also": keys})
    assert len(wordings()) == MOST_QUESTIONS
    fields, ticks = open_form(client, rows[-1])
    kept = [value for value, on in ticks.values() if on]
    page = client.post(add_url(rows[-1]), fields | {"also": kept}, follow=True)
    assert "Your list is full" in page.text
    assert len(wordings()) == MOST_QUESTIONS


def test_a_record_that_was_deleted_is_not_made_anew(client, asked):
    ask(client, asked[0])
    fields, _ticks = open_form(client, asked[1])
    erase_learner(learner=Learner.objects.get(), at=timezone.now())
    page = client.post(add_url(asked[1]), fields, follow=True)
    assert "Your data was deleted after the page was opened." in page.text
    assert not ChosenQuestion.objects.exists()
    ask(client, asked[1])
    assert wordings() == ["Who pays?"]


def test_a_form_opened_by_somebody_else_saves_nothing(client, asked):
    ask(client, asked[0])
    fields, _ticks = open_form(client, asked[1])
    client.cookies.pop(COOKIE)
    page = client.post(add_url(asked[1]), fields, follow=True)
    assert "This was not saved" in page.text
    assert wordings() == ["Who makes it?"]
