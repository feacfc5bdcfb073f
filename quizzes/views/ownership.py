"""Answers sent by somebody other than the person who opened the form."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.identity import identity_for, learner_for, set_learner_cookie
from languages.addresses import path_in
from quizzes.forms.answers import read_response
from quizzes.presenters.kept_page import KeptPage
from quizzes.queries import attempts
from quizzes.queries.wording import paper_seen
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer
from quizzes.views import kept
from quizzes.views.showing import quiz_address, render_presenter, render_quiz_page


@require_safe
def kept_answer(request, lesson, number):
    """Say that an answer was not saved, and what can be done with it.

    Nothing is saved here. The answer is saved by signing in or by the form on this
    page.
    """
    if kept.FULL in request.GET:
        return _no_more_kept(request, lesson)
    answer = kept.kept_at(request, request.path.removesuffix("kept/"))
    identity = identity_for(request)
    learner = learner_for(request)
    state = attempts.attempt_state(lesson, learner, identity.token)
    if answer is None:
        return _nothing_kept(request, lesson, number, state)
    words = _words(lesson, answer)
    page = KeptPage.of(answer, identity, number, words, has_record=learner is not None)
    response = render_presenter(request, lesson, page)
    if not page.belongs_to_account:
        set_learner_cookie(response, identity)
    return response


def _no_more_kept(request, lesson):
    """Say that the answer just sent was not kept, and link to those that are."""
    waiting = kept.kept_in(request)
    if not waiting:
        return redirect(quiz_address(request, lesson, "quiz/"))
    path = path_in(waiting[0].path, get_language())
    context = {"count": len(waiting), "waiting_url": f"{path}kept/"}
    return render_quiz_page(request, lesson, "quizzes/no_more_kept.html", **context)


def _nothing_kept(request, lesson, number, state):
    """Show the feedback if the answer has been saved, or say that there is none."""
    if not (lesson.live or state.attempt):
        raise Http404
    key = state.key_at(number)
    if key in state.answers:
        return redirect(
            quiz_address(request, lesson, f"quiz/answer/{number}/#feedback")
        )
    return render_quiz_page(request, lesson, "quizzes/nothing_kept.html")


def _words(lesson, answer):
    """Return the question as it was seen and the response, or None if not known."""
    hidden = answer.draft.hidden
    paper = paper_seen(lesson, hidden["paper"])
    if paper is None or hidden["question"] not in paper.keys:
        return None
    question = paper.question(hidden["question"])
    try:
        return question, read_response(answer.draft.sent, question)
    except (UnknownOption, UnusableAnswer):
        return None
