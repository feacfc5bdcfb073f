"""Show questions, each at its own address, and take the answers."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import identity_for, learner_for, set_learner_cookie
from course.queries import has_paused_quiz
from quizzes.actions import answering, beginning
from quizzes.forms.answers import AnswerForm, names_for, read_response
from quizzes.presenters.given_answers import StalePage
from quizzes.presenters.questions import QuestionPage
from quizzes.queries import attempts
from quizzes.rules.posted_answers import Fields, UnknownOption, UnusableAnswer
from quizzes.views import drafts, feedback, kept
from quizzes.views.giving import save_answer
from quizzes.views.showing import quiz_address, render_presenter, render_quiz_page


@require_http_methods(["GET", "HEAD", "POST"])
def resume_quiz(request, lesson):
    """Redirect to the next question for the learner, or to the result."""
    if request.method == "POST":
        return _refuse(request, lesson, 1)
    state = _state(request, lesson, identity_for(request))
    if not state.asked:
        return redirect(quiz_address(request, lesson, "read/"))
    if not state.unanswered:
        return redirect(quiz_address(request, lesson, "quiz/result/"))
    if has_paused_quiz(lesson, timezone.localdate()):
        return render_quiz_page(request, lesson, "quizzes/paused.html")
    number = state.number_of(state.unanswered[0])
    return redirect(quiz_address(request, lesson, f"quiz/{number}/"))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request, lesson, number):
    """Ask a question, or take the answer to it.

    An answered question is shown with the saved answer.
    """
    if request.method == "POST":
        return _take_answer(request, lesson, number)
    identity = identity_for(request)
    state = _state(request, lesson, identity)
    key = state.key_at(number)
    if key is None:
        return redirect(quiz_address(request, lesson, "quiz/"))
    if not state.is_over and has_paused_quiz(lesson, timezone.localdate()):
        return render_quiz_page(request, lesson, "quizzes/paused.html")
    draft = drafts.matching_draft(request, state, key)
    page = QuestionPage.of(state, key, draft, is_checked="error" in request.GET)
    response = render_presenter(request, lesson, page)
    set_learner_cookie(response, identity)
    return response


def _take_answer(request, lesson, number):
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refuse(request, lesson, number)
    identity = identity_for(request)
    if form.cleaned_data["opened_for"] != identity.mark:
        return kept.set_aside(request)
    return _keep_answer(request, lesson, number, identity, form)


def _keep_answer(request, lesson, number, identity, form):
    key = str(form.cleaned_data["question"])
    sent = Fields.of(request.POST, key)
    if "move" in sent:
        return _show_again(request, lesson, identity, key)
    try:
        state = save_answer(lesson, identity, form, sent)
    except UnusableAnswer:
        return _show_again(request, lesson, identity, key, "?error")
    except answering.AnswerIsStale:
        return _show_again(request, lesson, identity, key, "choose/")
    except beginning.RecordIsGone:
        return kept.set_aside(request)
    except answering.LessonIsNotLive as absent:
        raise Http404 from absent
    except (beginning.UnableToAnswer, UnknownOption):
        return _refuse(request, lesson, number)
    response = feedback.respond_to_answer(request, lesson, state, key)
    drafts.drop_draft(request, response)
    kept.drop_saved(request, response)
    set_learner_cookie(response, identity)
    return response


def _show_again(request, lesson, identity, key, below=""):
    """Redirect back to the question, filled in with what was sent."""
    state = _state(request, lesson, identity)
    if key not in state.asked:
        return _refuse(request, lesson, 1)
    path = quiz_address(request, lesson, f"quiz/{state.number_of(key)}/")
    response = redirect(path + below)
    draft = drafts.draft_of(request.POST, names_for(state, key))
    drafts.keep_draft(response, draft)
    set_learner_cookie(response, identity)
    return response


def _refuse(request, lesson, number):
    """Redirect to a page that says that the form is out of date or the quiz is paused.

    Nothing was written.
    """
    path = quiz_address(request, lesson, f"quiz/{number}/")
    response = redirect(f"{path}not-kept/")
    drafts.keep_draft(response, drafts.draft_of(request.POST))
    return response


@require_safe
def not_kept(request, lesson, number):
    """Say that the answer just sent was not saved, and how to continue."""
    if drafts.read_draft(request) is None:
        return redirect(quiz_address(request, lesson, "quiz/"))
    if has_paused_quiz(lesson, timezone.localdate()):
        return render_quiz_page(request, lesson, "quizzes/paused.html", not_kept=True)
    return render_quiz_page(request, lesson, "quizzes/refused.html")


@require_safe
def choose_answer(request, lesson, number):
    """Show the saved answer and the one sent later, to choose between."""
    state = _state(request, lesson, identity_for(request))
    key = state.key_at(number)
    draft = key and drafts.matching_draft(request, state, key)
    if not (draft and key in state.answers):
        return redirect(quiz_address(request, lesson, f"quiz/{number}/"))
    try:
        sent = read_response(draft.sent, state.paper.question(key))
    except (UnusableAnswer, UnknownOption):
        return redirect(quiz_address(request, lesson, f"quiz/{number}/"))
    return render_presenter(request, lesson, StalePage.of(state, key, sent))


def _state(request, lesson, identity):
    now = attempts.attempt_state(lesson, learner_for(request), identity.token)
    return replace(now, opened_for=identity.mark)
