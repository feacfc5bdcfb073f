"""Feedback, the result, starting again, and marking as read."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from accounts.identity import (
    identity_for,
    is_mark_of_account,
    learner_for,
    set_learner_cookie,
    signed_in_user,
    token_in,
)
from course.queries import course_of
from quizzes.actions import answering, beginning
from quizzes.forms.answers import AgainForm
from quizzes.presenters.questions import FeedbackPage, ResultPage
from quizzes.queries import attempts, notices
from quizzes.queries.corrections import corrected_since_begun, correction_of
from quizzes.views.showing import quiz_address, render_presenter, render_quiz_page


@require_safe
def show_feedback(request, lesson, number):
    """Show the feedback on one of the questions asked."""
    state = _own_state(request, lesson)
    key = state.key_at(number)
    if key is None:
        raise Http404
    if key not in state.answers:
        return redirect(quiz_address(request, lesson, f"quiz/{number}/"))
    page = FeedbackPage.of(state, key, course_of(lesson), _changed(state, key))
    return render_presenter(request, lesson, page)


def _changed(state, key):
    """Return the correction of the question since the quiz was started, or None."""
    if not state.is_over:
        return corrected_since_begun(state, key)
    correction = correction_of(state.attempt)
    return correction.questions.get(key) if correction else None


@require_safe
def show_result(request, lesson):
    """Show what was understood and what to look at again."""
    attempt = _own_attempt(request, lesson)
    if attempt.is_open:
        return redirect(quiz_address(request, lesson, "quiz/"))
    outcome = attempts.lesson_outcome(attempt)
    notices_due = notices.regrade_notices(learner_for(request), lesson=lesson)
    correction = None if notices_due else correction_of(attempt)
    page = ResultPage.of(outcome, notices_due, correction)
    mark = identity_for(request).mark
    return render_quiz_page(request, lesson, page.template, quiz=page, opened_for=mark)


@require_POST
def begin_again(request, lesson):
    """Start another attempt on the missed, changed or all questions.

    If none can be started, the quiz says why: it is paused or has not been started yet.
    If the session ended since the page was opened, the learner must sign in first.
    """
    form = AgainForm(request.POST)
    if _has_session_ended(request):
        return _sign_in_first(request, lesson)
    learner = learner_for(request)
    if learner is None or not form.is_valid():
        return redirect(quiz_address(request, lesson, "quiz/"))
    try:
        attempt = beginning.begin_again(
            lesson=lesson,
            learner=learner,
            which=form.cleaned_data["which"],
            at=timezone.now(),
        )
    except beginning.QuizIsPaused:
        return redirect(quiz_address(request, lesson, "quiz/"))
    return redirect(
        quiz_address(request, lesson, "quiz/" if attempt else "quiz/result/")
    )


def _has_session_ended(request):
    opened_for = request.POST.get("opened_for", "")
    return is_mark_of_account(opened_for) and not signed_in_user(request)


def _sign_in_first(request, lesson):
    messages.warning(
        request,
        _(
            "Somebody was signed in when this page was opened, but nobody is signed "
            "in now. Sign in to continue."
        ),
    )
    return redirect_to_login(quiz_address(request, lesson, "quiz/result/"))


@require_http_methods(["GET", "HEAD", "POST"])
def mark_read(request, lesson):
    """Let the learner mark a lesson without a quiz as read."""
    if request.method != "POST":
        return _offer_to_mark_read(request, lesson)
    identity = identity_for(request)
    opened_for = request.POST.get("opened_for", "")
    if opened_for and opened_for != identity.mark:
        by = "account" if is_mark_of_account(opened_for) else "browser"
        return redirect(quiz_address(request, lesson, f"read/?opened-by={by}"))
    try:
        answering.mark_as_read(lesson=lesson, identity=identity, at=timezone.now())
    except answering.UnableToMarkAsRead:
        return redirect(quiz_address(request, lesson, "quiz/"))
    response = redirect(course_of(lesson).get_url(request))
    set_learner_cookie(response, identity)
    return response


def _offer_to_mark_read(request, lesson):
    if attempts.paper_of(lesson).questions:
        return redirect(quiz_address(request, lesson, "quiz/"))
    # A browser that is not known yet cannot belong to somebody else.
    is_known = signed_in_user(request) or token_in(request)
    return render_quiz_page(
        request,
        lesson,
        "quizzes/mark_read.html",
        opened_for=identity_for(request).mark if is_known else "",
        opened_by=request.GET.get("opened-by", ""),
        read_url=quiz_address(request, lesson, "read/"),
    )


def _own_state(request, lesson):
    """Return the state of the learner's newest attempt. Raises Http404 without one."""
    learner = learner_for(request)
    state = learner and attempts.attempt_state(lesson, learner, learner.uuid)
    if not (state and state.attempt):
        raise Http404
    return state


def _own_attempt(request, lesson):
    """Return the learner's newest attempt; 404 without one."""
    learner = learner_for(request)
    own = learner and attempts.newest_attempt(learner, lesson.translation_key)
    if not own:
        raise Http404
    return own
