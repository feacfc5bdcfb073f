"""A look back at lessons that were done.

A question and its feedback are shown by GET, as inside a lesson, and write nothing. The
button below the feedback keeps the result and leads on.
"""

import uuid

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.identity import identity_for, learner_for
from progress.actions.recall import review_question
from quizzes.forms.answers import read_response
from quizzes.presenters.recall import RecallPage
from quizzes.queries.recall import look_back_of
from quizzes.rules.marking import is_right
from quizzes.rules.posted_answers import Fields, UnknownOption, UnusableAnswer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look_back(request):
    """Ask the next question, or show the feedback on the one that was answered."""
    learner = learner_for(request)
    looked = look_back_of(learner, timezone.now())
    if request.method == "POST":
        return _keep(request, learner, looked)
    named = looked.find(request.GET.get("of", ""))
    asked = named or next(iter(looked.left), None)
    context = {
        "looked": looked,
        "page": asked and RecallPage.of(asked, request.GET if named else None),
        "number": looked.done + 1,
        "has_learnt": learner is not None,
        "opened_for": identity_for(request).mark if learner else "",
    }
    return TemplateResponse(request, "quizzes/look_back.html", context)


def _keep(request, learner, looked):
    """Keep the result and go on. Who is not the one it was shown to keeps nothing."""
    named = looked.find(request.POST.get("of", ""))
    is_theirs = learner and request.POST.get("opened_for") == identity_for(request).mark
    result = _result(named.question.frozen(), request.POST) if named else None
    if is_theirs and named and result is not None:
        review_question(
            learner=learner,
            lesson_key=named.lesson.translation_key,
            question_key=uuid.UUID(str(named.key)),
            is_right=result,
            at=timezone.now(),
        )
    return redirect("look_back")


def _result(question, posted):
    """Return whether what was sent is right, or None if it cannot be read."""
    try:
        response = read_response(Fields.of(posted, question.handle), question)
    except (UnusableAnswer, UnknownOption):
        return None
    return not response.not_sure and is_right(question, response)
