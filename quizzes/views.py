"""The doors of the quiz. Each calls one verb or one query and answers."""

from functools import partial

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity import identity_for, learner_for, remember
from course.queries import course_of, has_paused_quiz
from quizzes import actions, beginning, notices, queries, regrading
from quizzes.forms import AgainForm, AnswerForm, read_response
from quizzes.reading import UnknownOption, UnusableAnswer
from quizzes.screens import FeedbackPage, QuestionPage, ResultPage, StalePage


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request, lesson):
    """Ask the question that the learner has come to, or take the answer to it."""
    if request.method == "POST":
        return _take_answer(request, lesson)
    identity = identity_for(request)
    sitting = queries.sitting(lesson, learner_for(request), identity.token)
    if not sitting.asked:
        return redirect(_address(request, lesson, "read/"))
    if not sitting.unanswered:
        return redirect(_address(request, lesson, "quiz/result/"))
    if has_paused_quiz(lesson, timezone.localdate()):
        return _show(request, lesson, "quizzes/paused.html")
    response = _render(request, lesson, QuestionPage.of(sitting, sitting.unanswered[0]))
    remember(response, identity)
    return response


def _take_answer(request, lesson):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refuse(request, lesson)
    identity = identity_for(request)
    key = str(form.cleaned_data["question"])
    if "move" in request.POST:
        return _ask_again(request, lesson, identity, key)
    try:
        sitting = actions.give_answer(
            lesson=lesson,
            identity=identity,
            question_key=key,
            read=partial(read_response, request.POST),
            seen=form.cleaned_data["seen"],
            client_uuid=form.cleaned_data["client_uuid"],
            at=timezone.now(),
        )
    except UnusableAnswer as problem:
        return _ask_again(request, lesson, identity, key, problem=str(problem))
    except actions.AnswerIsStale as stale:
        page = StalePage.of(stale, request.POST)
        return _render(request, lesson, page, status=409)
    except actions.LessonIsNotLive as absent:
        raise Http404 from absent
    except (beginning.UnableToAnswer, UnknownOption) as problem:
        return _refuse(request, lesson, problem)
    number = sitting.number_of(key)
    response = redirect(_address(request, lesson, f"quiz/answer/{number}/#feedback"))
    remember(response, identity)
    return response


def _ask_again(request, lesson, identity, key, *, problem=""):
    sitting = queries.sitting(lesson, learner_for(request), identity.token)
    if key not in sitting.asked:
        return _refuse(request, lesson)
    page = QuestionPage.of(sitting, key, posted=request.POST, problem=problem)
    response = _render(request, lesson, page, status=422 if problem else 200)
    remember(response, identity)
    return response


def _refuse(request, lesson, problem=None):
    """Say that the form no longer fits the quiz, or that the quiz rests.

    Nothing was written.
    """
    is_paused = isinstance(problem, beginning.QuizIsPaused)
    template = "quizzes/paused.html" if is_paused else "quizzes/refused.html"
    return _show(request, lesson, template, status=409)


@require_safe
def feedback(request, lesson, number):
    """Explain the answer to one of the questions asked."""
    sitting = _own_sitting(request, lesson)
    if not 1 <= number <= sitting.total:
        raise Http404
    key = sitting.asked[number - 1]
    if key not in sitting.answers:
        return redirect(_address(request, lesson, "quiz/"))
    page = FeedbackPage.of(sitting, key, course_of(lesson))
    return _render(request, lesson, page)


@require_safe
def result(request, lesson):
    """Show what is understood and what to look at again."""
    sitting = _own_sitting(request, lesson)
    if sitting.attempt.is_open:
        return redirect(_address(request, lesson, "quiz/"))
    # Marks an attempt whose marking was cut off; otherwise this changes nothing.
    actions.grade_attempt(attempt=sitting.attempt, at=timezone.now())
    outcome = queries.outcome(sitting.attempt)
    learner = learner_for(request)
    told = notices.regrade_notices(learner, lesson=lesson)
    if told:
        regrading.note_seen(learner=learner, lesson=lesson, at=timezone.now())
    return _render(request, lesson, ResultPage.of(outcome, told))


@require_POST
def again(request, lesson):
    """Begin a further attempt: on missed questions, on changed ones, or on all."""
    form = AgainForm(request.POST)
    learner = learner_for(request)
    if learner is None or not form.is_valid():
        return _refuse(request, lesson)
    try:
        attempt = beginning.begin_again(
            lesson=lesson,
            learner=learner,
            which=form.cleaned_data["which"],
            at=timezone.now(),
        )
    except beginning.QuizIsPaused as problem:
        return _refuse(request, lesson, problem)
    return redirect(_address(request, lesson, "quiz/" if attempt else "quiz/result/"))


@require_http_methods(["GET", "HEAD", "POST"])
def mark_read(request, lesson):
    """Let the learner say that they have read a lesson without questions."""
    if request.method != "POST":
        return _offer_to_mark_read(request, lesson)
    identity = identity_for(request)
    try:
        actions.mark_as_read(lesson=lesson, identity=identity, at=timezone.now())
    except actions.UnableToMarkAsRead:
        return redirect(_address(request, lesson, "quiz/"))
    response = redirect(course_of(lesson).get_url(request))
    remember(response, identity)
    return response


def _offer_to_mark_read(request, lesson):
    if queries.paper_of(lesson).questions:
        return redirect(_address(request, lesson, "quiz/"))
    return _show(request, lesson, "quizzes/mark_read.html")


def _own_sitting(request, lesson):
    """Return the sitting of the learner's newest attempt; 404 without one."""
    learner = learner_for(request)
    sitting = learner and queries.sitting(lesson, learner, learner.uuid)
    if not (sitting and sitting.attempt):
        raise Http404
    return sitting


def _address(request, lesson, deed):
    return lesson.get_url(request) + deed


def _render(request, lesson, screen, *, status=200):
    return _show(request, lesson, screen.template, status=status, quiz=screen)


def _show(request, lesson, template, *, status=200, **context):
    course = course_of(lesson)
    context |= {
        "page": lesson,
        "page_url": _address(request, lesson, ""),
        "quiz_url": _address(request, lesson, "quiz/"),
        "crumbs": [
            {"title": course.title, "url": course.get_url(request)},
            {"title": lesson.title, "url": lesson.get_url(request)},
        ],
        "is_withdrawn": not lesson.live,
    }
    return TemplateResponse(request, template, context, status=status)
