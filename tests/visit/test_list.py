"""The list: in order, struck out, removed, on paper, and handed to another phone."""

import re
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import erase_learner, merge_learners
from accounts.models import Learner
from accounts.register import export_person
from course.models import QuestionToAsk
from tests.factories import UserFactory, lessons_of
from tests.statements import statements_of, writes_in
from tests.taking_quizzes import answer
from tests.visit.asking import ask, change, questions_to_ask
from visit.models import ChosenQuestion
from visit.queries.statistics import most_asked_questions

pytestmark = pytest.mark.django_db
TEXTS = ("Who makes it?", "Who pays?", "Who do I call?")


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture
def asked(client, lesson):
    rows = questions_to_ask(lesson, *TEXTS)
    ask(client, rows[0], *TEXTS[1:])
    return rows


def in_order(page):
    return re.findall(r'app-visit__words">\s*(?:<s>)?(.*?)(?:</s>)?\s*</p>', page)


def test_questions_are_moved_by_buttons(client, asked):
    change(client, "up", asked[2], 3)
    change(client, "down", asked[0], 1)
    assert in_order(client.get("/my-visit/").text) == [TEXTS[2], TEXTS[0], TEXTS[1]]


def test_a_button_pressed_twice_moves_once(client, asked):
    for _time in range(2):
        change(client, "up", asked[2], 3)
    assert in_order(client.get("/my-visit/").text) == [TEXTS[0], TEXTS[2], TEXTS[1]]


def test_what_is_struck_out_stays_and_is_not_on_the_sheet(client, asked):
    change(client, "strike-out", asked[1])
    assert "<s>Who pays?</s>" in client.get("/my-visit/").text
    for path in ("sheet/", "show/", "download/"):
        page = client.get(f"/my-visit/{path}").text
        assert "Who pays?" not in page
        assert "Who makes it?" in page
    change(client, "ask-after-all", asked[1])
    assert "Who pays?" in client.get("/my-visit/sheet/").text


def test_what_is_removed_can_be_put_back(client, asked):
    response = change(client, "remove", asked[1])
    page = client.get(response["Location"]).text
    assert "Removed: Who pays?" in page
    ask(client, asked[1])
    assert in_order(client.get("/my-visit/").text)[-1] == "Who pays?"


def test_a_question_the_course_no_longer_has_keeps_its_words(client, asked):
    QuestionToAsk.objects.all().delete()
    page = client.get("/my-visit/").text
    assert in_order(page) == list(TEXTS)
    assert "The course no longer has this question" in page


@pytest.mark.parametrize("do", ["", "up", "up:x:1", "fly:{key}:1", "up:{key}:-1"])
def test_a_button_that_does_not_exist_changes_nothing(client, asked, do):
    posted = {"do": do.format(key=asked[0].translation_key)}
    page = client.post("/my-visit/change/", posted, follow=True)
    assert "This was not saved" in page.text
    assert in_order(page.text) == list(TEXTS)


def test_nobody_changes_the_list_of_somebody_else(client, asked):
    change(Client(), "remove", asked[0])
    assert len(in_order(client.get("/my-visit/").text)) == 3


def test_what_was_missed_is_offered_and_not_chosen(client, lesson):
    for _question in lesson.questions.all():
        answer(client, f"{lesson.url}quiz/", "Wrong")
    page = client.get("/my-visit/").text
    missed = [q for q in lesson.questions.all() if str(q.translation_key) in page]
    assert "You missed these, or were not sure" in page
    assert missed
    ask(client, missed[0])
    assert not [q for q in in_order(page) if missed[0].stem in q]
    again = client.get("/my-visit/").text.split("You missed these")[-1]
    assert f"add/?question={missed[0].translation_key}" not in again


def test_every_page_is_read_without_a_trace(client, asked):
    for path in ("", "add/", "sheet/", "show/", "download/", "take/?list=x"):
        for who in (client, Client()):
            statements = statements_of(who.get, f"/my-visit/{path}")
            assert not writes_in(statements)


def test_a_browser_keeps_the_list_of_nobody_who_is_signed_in(client, asked):
    assert "data-keep-listed" in client.get("/my-visit/").text
    client.force_login(UserFactory())
    assert "data-keep-listed" not in client.get("/my-visit/").text


def test_the_page_for_no_network_is_the_same_for_everybody(client, asked):
    page = client.get("/my-visit/offline/")
    assert page.text == Client().get("/my-visit/offline/").text
    assert not page.cookies


@pytest.mark.sweep
@pytest.mark.parametrize("number", [2, 30])
def test_the_list_costs_the_same_for_any_number(client, lesson, number):
    rows = questions_to_ask(lesson, *(f"What about {n}?" for n in range(number)))
    ask(client, rows[0], *(row.text for row in rows[1:]))
    client.get("/my-visit/")
    statements = statements_of(client.get, "/my-visit/")
    assert len(statements) <= 15, "\n".join(statements)


class TestHandingOn:
    @pytest.fixture
    def address(self, client, asked):
        page = client.get("/my-visit/").text
        site = re.escape(settings.SITE_URL)
        return re.search(rf'href="{site}(/my-visit/take/[^"]+)"', page)[1]

    def test_the_other_phone_asks_first(self, address):
        other = Client()
        page = other.get(address).text
        assert "Add 3 questions to my list" in page
        assert Learner.objects.count() == 1
        other.post(address)
        assert in_order(other.get("/my-visit/").text) == list(TEXTS)

    def test_the_code_holds_ids_only(self, address, asked):
        learner = Learner.objects.get()
        assert str(learner.uuid) not in address
        assert str(learner.token) not in address
        assert "Who" not in address

    def test_what_is_known_or_gone_is_said(self, client, asked, address):
        assert "3 questions are already on your list." in client.get(address).text
        asked[0].delete()
        assert (
            "1 question is not in the course. It was taken out, or"
            in client.get(address).text
        )

    @pytest.mark.parametrize("text", ["", "x", "." * 999, "é.ü", "A" * 21])
    def test_a_broken_code_gets_a_clear_word(self, text):
        page = Client().get("/my-visit/take/", {"list": text})
        assert "There is nothing to take over" in page.text
        assert "The code or link is not whole." in page.text


class TestRegister:
    def test_a_download_has_the_words(self, asked):
        record = export_person(Learner.objects.get(), None)
        assert [each["question"] for each in record["visit"]] == list(TEXTS)

    def test_erasing_leaves_nothing(self, asked):
        erase_learner(learner=Learner.objects.get(), at=timezone.now())
        assert not ChosenQuestion.objects.exists()

    def test_two_lists_become_one_with_each_question_once(self, client, asked):
        change(client, "strike-out", asked[0])
        source, other = Learner.objects.get(), Client()
        ask(other, asked[2])
        ask(other, asked[0])
        target = Learner.objects.exclude(pk=source.pk).get()
        merge_learners(source=source, target=target, at=timezone.now())
        rows = target.chosen_questions.order_by("place")
        assert [row.wording for row in rows] == [TEXTS[2], TEXTS[0], TEXTS[1]]
        assert not any(row.is_struck_out for row in rows)


def test_most_asked_are_counted_in_groups_of_ten_or_more(lesson):
    rows = questions_to_ask(lesson, *TEXTS)
    for person in range(10):
        client = Client()
        ask(client, rows[0])
        if person:
            ask(client, rows[1])
    [first] = most_asked_questions([lesson.translation_key])
    assert (first.wording, first.people) == ("Who makes it?", 10)
    assert most_asked_questions([uuid.uuid4()]) == []
