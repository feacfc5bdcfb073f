"""Show how questions were answered, what follows, and the result."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.identity import identity_for, learner_for
from course.queries import course_of, has_paused_quiz
from page_cache.memory import remember_while_showing
from quizzes.presenters.feedback import FeedbackPage, ResultPage
from quizzes.queries import attempts, notices
from quizzes.queries.corrections import corrected_since_begun, correction_of
from quizzes.views import drafts
from quizzes.views.showing import quiz_address, render_presenter, render_quiz_page

# What a script prefers that takes the next page out of the response to an answer:
# RFC 7240, section 4.2.
_WHOLE_PAGE = "return=representation"


def respond_to_answer(request, lesson, state, key):
    """Redirect to the page that says how the question was answered.

    Scripts that prefer it get that page at once, with its address in the header
    Content-Location.
    """
    number = state.number_of(key)
    below = f"quiz/result/{number}/" if state.is_over else f"quiz/answer/{number}/"
    address = quiz_address(request, lesson, below)
    if request.headers.get("Prefer") != _WHOLE_PAGE:
        return redirect(f"{address}#feedback")
    remember_while_showing()
    request.page_address = address
    show = _last_answer if state.is_over else _feedback_page
    response = show(request, lesson, state, key)
    response["Content-Location"] = address
    return response


@require_safe
def show_feedback(request, lesson, number):
    """Show the feedback on one of the questions asked, and the next question."""
    state = attempts.state_on(lesson, _own_attempt(request, lesson))
    key = state.key_at(number)
    if key is None:
        raise Http404
    if key not in state.answers:
        return redirect(quiz_address(request, lesson, f"quiz/{number}/"))
    return _feedback_page(request, lesson, state, key)


def _feedback_page(request, lesson, state, key):
    course = course_of(lesson)
    state = replace(state, opened_for=identity_for(request).mark)
    following = state.key_at(state.number_of(key) + 1)
    draft = following and drafts.matching_draft(request, state, following)
    page = FeedbackPage.of(
        state,
        key,
        course,
        _changed(state, key),
        draft=draft,
        is_paused=has_paused_quiz(lesson, timezone.localdate(), course),
    )
    return render_presenter(request, lesson, page)


def _changed(state, key):
    """Return the correction of the question since the quiz was started, or None."""
    if not state.is_over:
        return corrected_since_begun(state, key)
    correction = correction_of(state.attempt)
    return correction.questions.get(key) if correction else None


@require_safe
def show_result(request, lesson, number=None):
    """Show what was understood and what to look at again.

    With a number, the feedback on this question, answered last, stands on top.
    """
    attempt = _own_attempt(request, lesson)
    if attempt.is_open:
        return redirect(quiz_address(request, lesson, "quiz/"))
    state = attempts.state_on(lesson, attempt) if number else None
    key = state and state.key_at(number)
    if key and key in state.answers:
        return _last_answer(request, lesson, state, key)
    return _result_page(request, lesson, attempt)


def _last_answer(request, lesson, state, key):
    def feedback(correction):
        changed = correction.questions.get(key) if correction else None
        return FeedbackPage.of(state, key, course_of(lesson), changed)

    return _result_page(request, lesson, state.attempt, feedback)


def _result_page(request, lesson, attempt, feedback=lambda correction: None):
    outcome = attempts.lesson_outcome(attempt, lesson)
    correction = correction_of(attempt, outcome.grades)
    last = feedback(correction)
    notices_due = notices.regrade_notices(attempt.learner, lesson=lesson)
    page = ResultPage.of(outcome, notices_due, correction, last)
    mark = identity_for(request).mark
    return render_quiz_page(request, lesson, page.template, quiz=page, opened_for=mark)


def _own_attempt(request, lesson):
    """Return the learner's newest attempt. Raises Http404 without one."""
    learner = learner_for(request)
    own = learner and attempts.newest_attempt(learner, lesson.translation_key)
    if not own:
        raise Http404
    return own
