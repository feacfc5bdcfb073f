"""Start a quiz again, and mark a lesson without one as read."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.identity import (
    identity_for,
    is_mark_of_account,
    learner_for,
    set_learner_cookie,
    signed_in_user,
    token_in,
)
from course.queries import course_of
from quizzes.actions import beginning, reading
from quizzes.forms.answers import AgainForm
from quizzes.queries import attempts
from quizzes.views.showing import quiz_address, render_quiz_page


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
        reading.mark_as_read(
            lesson=lesson,
            identity=identity,
            has_record=bool(request.POST.get("has_record")),
            at=timezone.now(),
        )
    except reading.UnableToMarkAsRead:
        return redirect(quiz_address(request, lesson, "quiz/"))
    except beginning.RecordIsGone:
        return redirect(quiz_address(request, lesson, "read/?opened-by=gone"))
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
        has_record=learner_for(request) is not None,
        opened_by=request.GET.get("opened-by", ""),
        read_url=quiz_address(request, lesson, "read/"),
    )
