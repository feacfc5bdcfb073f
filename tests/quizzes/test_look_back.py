"""A look back at lessons that were done, from a day after."""

import datetime as dt
import re
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import erase_learner, merge_learners
from accounts.models import Learner
from progress.actions.recall import review_question
from progress.models import RecallCard
from tests.factories import LearnerFactory, a_course, lessons_of
from tests.statements import statements_of, writes_in
from tests.taking_quizzes import give_first_options

pytestmark = pytest.mark.django_db
PAGE = "/progress/look-back/"
OF = re.compile(r'name="of" value="([^"]+)"')
CHOICE = re.compile(
    r'name="([^"]+choice)"[^>]* value="([^"]+)"[^>]*>\s*<label[^>]*>(.*?)</label>',
    re.DOTALL,
)
HIDDEN = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')


@pytest.fixture
def lessons(course):
    return lessons_of(course)


@pytest.fixture
def learnt(client, lessons):
    """A browser in which both lessons were done, the first after a miss."""
    for lesson in lessons:
        give_first_options(client, lesson)
    return client


@pytest.fixture
def next_day(learnt):
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, hours=1), tick=True):
        yield learnt


def chosen(page, text):
    """Return the fields of the form with the option of this text chosen."""
    named = {label: (name, value) for name, value, label in CHOICE.findall(page)}
    name, value = named[text]
    return {"of": OF.search(page)[1], name: value}


def check(client, text):
    """Answer the question that is asked and return the page with its feedback."""
    fields = chosen(client.get(PAGE).text, text)
    return client.get(f"{PAGE}?{urlencode(fields)}").text


def keep(client, page):
    fields = dict(HIDDEN.findall(page))
    fields.pop("csrfmiddlewaretoken", None)
    return client.post(PAGE, fields, follow=True)


def test_on_the_day_itself_nothing_is_asked_and_the_page_says_when(learnt):
    page = learnt.get(PAGE).text
    assert "There is nothing to look back at now. Come again on" in page
    assert "Look back now" not in learnt.get("/progress/").text


def test_a_day_later_three_to_five_questions_of_two_lessons_wait(next_day):
    assert "4 questions from lessons you have done." in next_day.get("/progress/").text
    page = next_day.get(PAGE).text
    assert "Question 1 of 4" in page


def test_a_question_and_its_feedback_write_nothing(next_day):
    fields = urlencode(chosen(next_day.get(PAGE).text, "Wrong"))
    for address in (PAGE, f"{PAGE}?{fields}"):
        assert not writes_in(statements_of(next_day.get, address))
        assert "no-store" in next_day.get(address)["Cache-Control"]
    assert not RecallCard.objects.exists()


def test_the_button_below_the_feedback_keeps_the_result_and_goes_on(next_day):
    page = check(next_day, "Wrong")
    assert "Next question" in page
    after = keep(next_day, page).text
    card = RecallCard.objects.get()
    assert not card.was_right
    assert card.due_at - card.reviewed_at == dt.timedelta(days=1)
    assert "Question 2 of 4" in after


def test_a_whole_look_back_ends_with_the_next_day(next_day):
    for _question in range(4):
        page = check(next_day, "Right")
        after = keep(next_day, page).text
    assert "Finish" in page
    assert "There is nothing to look back at now. Come again on" in after
    assert RecallCard.objects.filter(was_right=True).count() == 4


def test_not_sure_is_not_right(next_day):
    keep(next_day, check(next_day, "I'm not sure yet"))
    assert not RecallCard.objects.get().was_right


def test_sent_twice_or_with_nothing_chosen_it_counts_once_or_not(next_day):
    page = check(next_day, "Right")
    keep(next_day, page)
    keep(next_day, page)
    assert RecallCard.objects.count() == 1
    empty = next_day.get(PAGE, {"of": OF.search(next_day.get(PAGE).text)[1]}).text
    keep(next_day, empty)
    assert RecallCard.objects.count() == 1


@pytest.mark.parametrize("of", ["", "x", "é", "0" * 500])
def test_a_question_that_is_not_there_changes_nothing(next_day, of):
    assert next_day.get(PAGE, {"of": of}).status_code == 200
    assert next_day.post(PAGE, {"of": of}).status_code == 302
    assert not RecallCard.objects.exists()


def test_what_another_person_opened_is_not_kept(next_day):
    page = check(next_day, "Right")
    other = Client()
    keep(other, page)
    assert not RecallCard.objects.exists()


def test_a_lesson_that_is_gone_is_not_asked(next_day, lessons):
    lessons[0].unpublish()
    assert "Question 1" not in next_day.get(PAGE).text


def test_who_has_done_nothing_is_told_how_it_works(client):
    assert "A day after you have done two lessons" in client.get(PAGE).text


def asked_for(learner, number):
    """Have so many questions of their own looked back at, all due again."""
    long_ago = timezone.now() - dt.timedelta(days=90)
    course = a_course(lessons=number)
    for lesson in lessons_of(course):
        for question in lesson.questions.all():
            review_question(
                learner=learner,
                lesson_key=lesson.translation_key,
                question_key=question.translation_key,
                is_right=True,
                at=long_ago,
            )


@pytest.mark.sweep
@pytest.mark.parametrize("number", [1, 6])
def test_the_page_costs_the_same_for_any_number(next_day, number):
    asked_for(Learner.objects.get(), number)
    next_day.get(PAGE)
    statements = statements_of(next_day.get, PAGE)
    assert len(statements) <= 12, "\n".join(statements)


class TestRegister:
    def test_a_download_says_how_it_went_and_erasing_leaves_nothing(self, next_day):
        keep(next_day, check(next_day, "Right"))
        record = next_day.get("/progress/download/").json()["look_backs"]
        assert [each["right"] for each in record] == [True]
        erase_learner(learner=Learner.objects.get(), at=timezone.now())
        assert not RecallCard.objects.exists()

    def test_of_two_devices_the_later_look_back_counts(self, course):
        lesson = lessons_of(course)[0]
        one, two = LearnerFactory(), LearnerFactory()
        key = lesson.questions.first().translation_key
        now = timezone.now()
        for learner, is_right, days in ((one, True, 5), (two, False, 1)):
            review_question(
                learner=learner,
                lesson_key=lesson.translation_key,
                question_key=key,
                is_right=is_right,
                at=now - dt.timedelta(days=days),
            )
        merge_learners(source=two, target=one, at=now)
        card = RecallCard.objects.get()
        assert card.learner == one
        assert not card.was_right

    @pytest.mark.parametrize(
        "field", [{"stability": 0}, {"difficulty": 11}, {"due_at": "reviewed_at"}]
    )
    def test_the_database_refuses_what_cannot_be(self, next_day, field):
        keep(next_day, check(next_day, "Right"))
        card = RecallCard.objects.get()
        wrong = {
            k: getattr(card, v) if v == "reviewed_at" else v for k, v in field.items()
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            RecallCard.objects.update(**wrong)
