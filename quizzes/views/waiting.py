"""Quizzes without a network: their questions as data, and answers sent later.

A script on the phone asks the questions (`home/static/js/offline`), keeps the answers,
and sends each when the phone is online again.
"""

from django.http import Http404, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import identity_for, learner_for, set_learner_cookie
from course.queries import has_paused_quiz
from quizzes.actions import answering, beginning
from quizzes.forms.answers import AnswerForm, names_for
from quizzes.presenters.offline import OfflinePaper, words_about
from quizzes.queries import attempts
from quizzes.queries.waiting import was_saved
from quizzes.rules.posted_answers import Fields, UnknownOption, UnusableAnswer
from quizzes.views import drafts, kept
from quizzes.views.giving import save_answer
from quizzes.views.showing import quiz_address


@require_safe
def show_paper(request, lesson):
    """Return the questions of the lesson as JSON, without their right answers.

    It is the same for everybody, and needs no cookie.
    """
    paper = attempts.paper_of(lesson)
    if not paper.questions or has_paused_quiz(lesson, timezone.localdate()):
        raise Http404
    return JsonResponse(OfflinePaper.of(paper).to_plain())


@require_POST
def take_waiting(request, lesson):
    """Save an answer that waited on a phone, and say as JSON what became of it.

    The phone keeps it unless the outcome is “saved”.
    """
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _report("refused")
    identity = identity_for(request)
    if form.cleaned_data["opened_for"] != identity.mark:
        return _report("other")
    key = str(form.cleaned_data["question"])
    if was_saved(learner_for(request), key, form.cleaned_data["client_uuid"]):
        return _report("saved", quiz_address(request, lesson, "quiz/"))
    response = _take(request, lesson, identity, form, key)
    set_learner_cookie(response, identity)
    return response


def _take(request, lesson, identity, form, key):
    try:
        state = save_answer(lesson, identity, form, Fields.of(request.POST, key))
    except answering.AnswerIsStale as stale:
        return _ask_to_choose(request, lesson, identity, stale.state, key)
    except beginning.QuizIsPaused:
        return _report("paused")
    except beginning.RecordIsGone:
        return _report("gone")
    except (beginning.UnableToAnswer, UnknownOption, UnusableAnswer):
        return _report("refused")
    below = "result" if state.is_over else "answer"
    address = f"quiz/{below}/{state.number_of(key)}/"
    response = _report("saved", quiz_address(request, lesson, address))
    kept.drop_saved(request, response)
    return response


def _ask_to_choose(request, lesson, identity, state, key):
    """Lead to the page that shows both answers. The browser keeps this one for it."""
    number = state.number_of(key)
    address = quiz_address(request, lesson, f"quiz/{number}/choose/")
    response = _report("choose", address)
    drafts.keep_draft(response, drafts.draft_of(request.POST, names_for(state, key)))
    return response


def _report(outcome, address=""):
    report = {"outcome": outcome, "words": words_about(outcome), "address": address}
    return JsonResponse(report)
