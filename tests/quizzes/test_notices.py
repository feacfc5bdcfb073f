"""What learners are told when a right answer changes, and when it is told no more."""

import re
import uuid

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from accounts.actions.learners import attach_learning, merge_learners
from accounts.models import Learner
from course.models import LessonPage
from quizzes.actions import answering
from quizzes.models import Attempt, Grade, SeenChange, SeenGrade
from quizzes.queries.notices import regrade_notices
from tests.factories import LearnerFactory, UserFactory
from tests.quizzes.regrading import (
    NEITHER,
    NEW_RIGHT,
    OLD_RIGHT,
    a_lesson_of,
    draft_of,
    take,
    undone,
)
from tests.taking_quizzes import answer

pytestmark = pytest.mark.django_db

FORM = re.compile(r'action="(/progress/results/[^"]+/seen/)".*?"until" value="([^"]+)"')


@pytest.fixture
def lesson():
    return a_lesson_of()


def words(client, url):
    return " ".join(re.sub("<[^>]+>", " ", client.get(url).text).split())


def places(lesson):
    return (lesson.get_parent().url, "/progress/", lesson.url + "quiz/result/")


def say_seen(client, url):
    """Press “I have read this” on the page and return where that leads."""
    action, until = FORM.search(" ".join(client.get(url).text.split())).groups()
    return client.post(action, {"until": until})


def test_the_learner_is_told_until_they_say_that_they_have_read_it(lesson):
    learner = take(lesson, *NEW_RIGHT)
    result_url = lesson.url + "quiz/result/"
    assert "Marked again" not in words(learner, result_url)
    draft_of(lesson, given_answers="re_mark").publish()
    for url in (*places(lesson), *places(lesson)):
        learner.head(url)
        assert "were marked again on" in words(learner, url)
        assert "Before: 2 of 5. Now: 3 of 5." in words(learner, url)
    assert say_seen(learner, result_url).url == result_url
    for url in places(lesson):
        assert "Marked again" not in words(learner, url)


def test_what_came_after_the_page_was_shown_is_told_the_next_time(lesson):
    learner = take(lesson, *NEW_RIGHT)
    draft_of(lesson, given_answers="re_mark").publish()
    page = " ".join(learner.get("/progress/").text.split())
    draft_of(lesson, right="Also wrong", given_answers="re_mark").publish()
    action, until = FORM.search(page).groups()
    learner.post(action, {"until": until})
    assert "Right answer now Also wrong" in words(learner, "/progress/")


def test_the_notice_names_the_question_and_both_answers(lesson):
    learner = take(lesson, *OLD_RIGHT)
    stem = lesson.questions.first().stem
    draft_of(lesson, given_answers="re_mark").publish()
    said = words(learner, "/progress/")
    assert f"{stem} Your answer Right Right answer before Right" in said
    assert "Right answer now Wrong" in said
    assert "No longer counts as right" in said
    assert "Before: 3 of 5. Now: 2 of 5." in said
    assert "Lessons you have finished stay finished." in said
    others = [question.stem for question in lesson.questions.all()[1:]]
    assert not [each for each in others if each in said]


@pytest.mark.parametrize("choice", ["keep", "new_only", "both_right", "full_credit"])
@pytest.mark.parametrize("texts", [OLD_RIGHT, NEITHER])
def test_whose_result_stays_is_told_what_is_right_now(lesson, choice, texts):
    learner = take(lesson, *texts)
    draft_of(lesson, given_answers=choice).publish()
    said = words(learner, "/progress/")
    assert "Right answer before Right Right answer now Wrong" in said
    say_seen(learner, "/progress/")
    assert "Right answer" not in words(learner, "/progress/")


def test_staff_are_told_on_my_learning_too(lesson):
    learner = take(lesson, *NEW_RIGHT)
    token = Learner.objects.get().token
    user = UserFactory()
    attach_learning(user=user, token=token, at=timezone.now())
    learner.force_login(user)
    draft_of(lesson, given_answers="re_mark").publish()
    assert "Before: 2 of 5. Now: 3 of 5." in words(learner, "/my-learning/")
    say_seen(learner, "/my-learning/")
    assert "Marked again" not in words(learner, "/my-learning/")


def test_who_answered_by_the_new_answer_is_told_nothing(lesson):
    take(lesson, *OLD_RIGHT)
    draft_of(lesson, given_answers="new_only").publish()
    later = take(lesson, *NEW_RIGHT)
    assert "Right answer" not in words(later, "/progress/")


def test_who_finishes_a_quiz_begun_before_is_told_too(lesson):
    learner = take(lesson, *OLD_RIGHT[:4])
    draft_of(lesson, given_answers="re_mark").publish()
    answer(learner, lesson.url + "quiz/", "Wrong")
    assert "Right answer now Wrong" in words(learner, lesson.url + "quiz/result/")


def reworded(lesson, **fields):
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    question = draft.questions.all()[0]
    options = question.options.get_prep_value()
    options[0]["value"]["text"] = "Right, in other words"
    question.options = question.options.stream_block.to_python(options)
    draft.questions.set([question, *list(draft.questions.all())[1:]])
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision()


@pytest.mark.parametrize(
    ("kind", "is_told"), [("wording", False), ("content", True), ("safety", True)]
)
def test_other_words_of_a_right_answer_are_told_unless_only_the_wording_changed(
    lesson, kind, is_told
):
    learner = take(lesson, *OLD_RIGHT)
    reworded(lesson, kind_of_change=kind).publish()
    said = words(learner, "/progress/")
    assert ("Right answer now Right, in other words" in said) == is_told


def test_reading_writes_nothing_however_much_there_is_to_tell(lesson):
    learner = take(lesson, *NEW_RIGHT)
    draft_of(lesson, given_answers="re_mark").publish()
    attempt = Attempt.objects.get()
    for url in (*places(lesson), lesson.url, f"/progress/results/{attempt.uuid}/"):
        with CaptureQueriesContext(connection) as captured:
            learner.get(url)
        assert not [q for q in captured if q["sql"].startswith(("INSERT", "UPDATE"))]


@pytest.mark.sweep
def test_telling_costs_the_same_for_few_attempts_and_for_many(lesson):
    learner = take(lesson, *NEW_RIGHT)
    costs = []
    for _more in range(2):
        with undone():
            draft_of(lesson, given_answers="re_mark").publish()
            who = Learner.objects.get()
            Site.get_site_root_paths()  # Remembered for an hour.
            with CaptureQueriesContext(connection) as captured:
                assert regrade_notices(who)
            costs.append(len(captured))
        learner.post(lesson.url + "quiz/again/", {"which": "all"})
        for text in NEW_RIGHT:
            answer(learner, lesson.url + "quiz/", text)
    assert costs[0] == costs[1] <= 9


def test_what_was_read_without_an_account_is_not_told_again_after_signing_in(lesson):
    learner = take(lesson, *OLD_RIGHT)
    draft_of(lesson, given_answers="re_mark").publish()
    say_seen(learner, "/progress/")
    account = LearnerFactory(user=UserFactory(), token=None)
    source = Learner.objects.exclude(pk=account.pk).get()
    merge_learners(source=source, target=account, at=timezone.now())
    assert not regrade_notices(account)
    assert SeenChange.objects.get().learner == account


def test_a_notice_of_somebody_else_is_nobodys_to_take_away(lesson):
    learner = take(lesson, *OLD_RIGHT)
    draft_of(lesson, given_answers="re_mark").publish()
    path = f"/progress/results/{Attempt.objects.get().uuid}/"
    for stranger in (Client(), take(lesson, *NEITHER)):
        until = {"until": timezone.now().isoformat()}
        assert stranger.post(path + "seen/", until).status_code == 404
        assert stranger.get(path).status_code == 404
    assert not SeenGrade.objects.exists()
    assert learner.get(path).status_code == 200
    assert learner.post(path + "seen/", {"until": "now"}).status_code == 302
    assert not SeenGrade.objects.exists()


# Marking that was cut off


@pytest.fixture
def cut_off(lesson, monkeypatch):
    """The browser of somebody whose last answer was kept and not marked."""
    learner = take(lesson, *OLD_RIGHT[:4])
    learner.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(answering, "grade_attempt", lambda **_: 1 / 0)
        page = learner.get(lesson.url + "quiz/", follow=True)
        assert page.status_code == 200
        with pytest.raises(AssertionError):
            answer(learner, lesson.url + "quiz/", "Wrong")
    assert not Grade.objects.exists()
    return learner


def test_a_result_whose_marking_was_cut_off_is_shown_and_not_stored(lesson, cut_off):
    assert "3 of 5 understood" in words(cut_off, lesson.url + "quiz/result/")
    assert not Grade.objects.exists()


def test_the_worker_stores_what_was_cut_off(lesson, cut_off):
    for _twice in range(2):
        call_command("send_due_reminders", verbosity=0)
    assert Grade.objects.get().right == 3
    assert Learner.objects.get().enrolments.get().certificate


def test_one_that_cannot_be_marked_keeps_no_other_waiting(lesson, cut_off, caplog):
    broken = Attempt.objects.get()
    fields = {
        "learner": broken.learner,
        "enrolment": broken.enrolment,
        "paper": broken.paper,
        "seed": uuid.uuid4(),
    }
    Attempt.objects.create(
        lesson_key=broken.lesson_key,
        number=2,
        asked=[str(uuid.uuid4())],
        state=Attempt.State.SUBMITTED,
        started_at=broken.started_at,
        submitted_at=timezone.now(),
        **fields,
    )
    assert answering.mark_what_was_cut_off(at=timezone.now()) == 1
    assert "cannot be marked" in caplog.text


# When the lesson is gone


@pytest.mark.parametrize("leave", [LessonPage.unpublish, LessonPage.delete])
def test_a_result_stays_readable_when_its_lesson_is_gone(lesson, leave):
    learner = take(lesson, *OLD_RIGHT)
    leave(LessonPage.objects.get(pk=lesson.pk))
    path = f"/progress/results/{Attempt.objects.get().uuid}/"
    assert f'href="{path}"' in learner.get("/progress/").text
    said = words(learner, path)
    assert "3 of 5 understood" in said
    assert "Your answer Right Right answer Right How it counts Right" in said
