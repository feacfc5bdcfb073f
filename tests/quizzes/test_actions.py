"""The verbs of the quiz under retries, races and failures."""

import datetime
import threading
import uuid
from functools import partial

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.identity import Identity
from quizzes.actions import answering, beginning
from quizzes.forms.answers import read_response
from quizzes.models import Answer, Attempt, Grade, Paper
from quizzes.queries import attempts
from quizzes.rules.paper import Response
from quizzes.rules.posted_answers import UnusableAnswer
from tests.factories import QuestionFactory, a_course, a_lesson, lessons_of


def give(lesson, token, question, choice="not-sure", **changes):
    """Answer a question of the lesson as a form would."""
    given = {
        "lesson": lesson,
        "identity": Identity(token),
        "question_key": str(question.translation_key),
        "read": partial(read_response, QueryDict(f"choice={choice}")),
        "seen": 0,
        "client_uuid": uuid.uuid4(),
        "at": timezone.now(),
    }
    return answering.give_answer(**given | changes)


def right(question):
    return next(str(o.id) for o in question.options if o.value["right"])


@pytest.fixture
def token():
    return uuid.uuid4()


@pytest.mark.django_db
def test_a_failed_marking_loses_no_answer_and_is_made_good_later(
    monkeypatch, client, lesson, token
):
    first, second = lesson.questions.all()
    give(lesson, token, first, right(first))
    with monkeypatch.context() as broken:
        broken.setattr(answering.marking, "mark_paper", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            give(lesson, token, second, right(second))
    attempt = Attempt.objects.get()
    assert attempt.state == Attempt.State.SUBMITTED
    assert attempt.answers.count() == 2
    assert not attempt.grades.exists()
    answering.grade_attempt(attempt=attempt, at=timezone.now())
    answering.grade_attempt(attempt=attempt, at=timezone.now())
    assert Grade.objects.get().right == 2


@pytest.mark.django_db
def test_an_unreadable_answer_leaves_nothing_behind(lesson, token):
    def unreadable(_question):
        raise UnusableAnswer

    with pytest.raises(UnusableAnswer):
        give(lesson, token, lesson.questions.first(), read=unreadable)
    assert not Attempt.objects.exists()
    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_the_same_wording_is_sealed_once(lesson):
    for _learner in range(3):
        give(lesson, uuid.uuid4(), lesson.questions.first())
    assert Paper.objects.count() == 1
    assert Attempt.objects.count() == 3


@pytest.mark.django_db
def test_a_paper_outlives_its_page(lesson, token):
    question = lesson.questions.first()
    give(lesson, token, question)
    lesson.delete()
    attempt = Attempt.objects.get()
    assert attempt.paper.content.questions[0].stem == question.stem


@pytest.mark.django_db
def test_what_is_written_is_never_changed(lesson, token):
    give(lesson, token, lesson.questions.first())
    for row in (Paper.objects.get(), Answer.objects.get()):
        with pytest.raises(TypeError, match="never changed"):
            row.save()


@pytest.mark.django_db
def test_right_once_in_any_attempt_is_enough_to_pass(course, token):
    lesson = a_lesson(course, questions=0, pass_share=100)
    questions = [QuestionFactory(lesson=lesson, critical=True) for _number in range(2)]
    give(lesson, token, questions[0], right(questions[0]))
    learner = give(lesson, token, questions[1]).attempt.learner
    progress = learner.enrolments.get().lessons.get()
    assert progress.passed_at is None
    at = timezone.now()
    beginning.begin_again(lesson=lesson, learner=learner, which="missed", at=at)
    give(lesson, token, questions[1], right(questions[1]))
    progress.refresh_from_db()
    assert progress.passed_at


@pytest.mark.django_db
def test_a_critical_question_added_later_does_not_undo_a_pass(lesson, token):
    for question in lesson.questions.all():
        learner = give(lesson, token, question, right(question)).attempt.learner
    QuestionFactory(lesson=lesson, critical=True)
    at = timezone.now()
    beginning.begin_again(lesson=lesson, learner=learner, which="missed", at=at)
    give(lesson, token, lesson.questions.last())
    assert learner.enrolments.get().lessons.get().passed_at


@pytest.mark.django_db
def test_nothing_is_left_to_ask_again_when_all_was_right(lesson, token):
    for question in lesson.questions.all():
        learner = give(lesson, token, question, right(question)).attempt.learner
    again = partial(
        beginning.begin_again, lesson=lesson, learner=learner, at=timezone.now()
    )
    assert again(which="missed") is None
    assert again(which="all").asked == list(attempts.paper_of(lesson).keys)


@pytest.mark.django_db
def test_beginning_again_twice_opens_one_attempt(lesson, token):
    for question in lesson.questions.all():
        learner = give(lesson, token, question).attempt.learner
    again = partial(
        beginning.begin_again,
        lesson=lesson,
        learner=learner,
        which="missed",
        at=timezone.now(),
    )
    assert again() == again()
    assert Attempt.objects.open().count() == 1


@pytest.mark.django_db
def test_a_post_repeated_after_the_course_began_anew_begins_no_quiz(course, token):
    sent = {}
    for lesson in lessons_of(course):
        for question in lesson.questions.all():
            sent = {"lesson": lesson, "question": question, "client_uuid": uuid.uuid4()}
            give(token=token, choice=right(question), **sent)
    attempt = Attempt.objects.last()
    beginning.begin_course_again(
        learner=attempt.learner, course_key=course.translation_key, at=timezone.now()
    )
    with pytest.raises(answering.AnswerIsUnfit):
        give(token=token, choice=right(sent["question"]), **sent)
    assert not Attempt.objects.open().exists()


@pytest.mark.django_db
def test_the_last_lesson_completes_the_course_and_issues_one_certificate(course, token):
    for lesson in lessons_of(course):
        for question in lesson.questions.all():
            learner = give(lesson, token, question, right(question)).attempt.learner
    enrolment = learner.enrolments.get()
    assert enrolment.completed_at
    stated = enrolment.certificate.statement
    assert stated["course"] == course.title
    assert stated["lessons"] == [lesson.title for lesson in lessons_of(course)]


@pytest.mark.django_db
def test_requests_that_overtake_each_other_leave_true_dates(token):
    """The request that ends the course began a second before the one that opened it."""
    lesson = lessons_of(a_course(lessons=1, questions=2))[0]
    first, second = lesson.questions.all()
    late = timezone.now()
    early = late - datetime.timedelta(seconds=1)
    give(lesson, token, first, right(first), at=late)
    attempt = give(lesson, token, second, right(second), at=early).attempt
    enrolment = attempt.learner.enrolments.get()
    assert attempt.submitted_at == late
    assert enrolment.lessons.get().passed_at == late
    assert enrolment.completed_at == late


def all_at_once(*jobs):
    """Run the jobs in threads that start together; return what they returned."""
    gate = threading.Barrier(len(jobs))
    results = []

    def run(job):
        gate.wait()
        try:
            results.append(job())
        except Exception as error:  # noqa: BLE001 - the test judges it
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_first_answers_racing_from_two_tabs_make_one_attempt(home, token):
    lesson = lessons_of(a_course(lessons=1, questions=3))[0]
    results = all_at_once(
        *(partial(give, lesson, token, question) for question in lesson.questions.all())
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert Attempt.objects.count() == 1
    assert Answer.objects.count() == 3
    assert Grade.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_of_two_racing_answers_to_a_question_is_told_it_is_stale(home, token):
    lesson = lessons_of(a_course(lessons=1, questions=2))[0]
    question = lesson.questions.first()
    results = all_at_once(
        partial(give, lesson, token, question),
        partial(give, lesson, token, question, right(question)),
    )
    assert Answer.objects.count() == 1
    [stale] = [r for r in results if isinstance(r, answering.AnswerIsStale)]
    assert {stale.saved.response, stale.sent} == {
        Response(not_sure=True),
        Response((right(question),)),
    }


@pytest.mark.django_db(transaction=True)
def test_the_last_two_lessons_passed_at_once_complete_the_course(home, token):
    lessons = lessons_of(a_course(lessons=2, questions=2))
    for lesson in lessons:
        first = lesson.questions.first()
        learner = give(lesson, token, first, right(first)).attempt.learner
    lasts = [lesson.questions.last() for lesson in lessons]
    results = all_at_once(
        *(
            partial(give, lesson, token, last, right(last))
            for lesson, last in zip(lessons, lasts, strict=True)
        )
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert learner.enrolments.get().certificate
