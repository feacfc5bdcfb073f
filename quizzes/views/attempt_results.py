"""The result of an attempt, and the button that dismisses a notice."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.identity import learner_for
from quizzes.actions.regrading import note_seen
from quizzes.forms.results import SeenForm
from quizzes.models import Attempt
from quizzes.queries.notices import regrade_notices
from quizzes.queries.results import address_of, result_of


@never_cache
@require_safe
def show_attempt(request, attempt):
    """Show the result of an attempt, with the questions as they were asked."""
    own = _own_attempt(request, attempt)
    context = {
        "result": result_of(own),
        "notices": regrade_notices(
            own.learner, enrolled_lesson=(own.enrolment_id, own.lesson_key)
        ),
    }
    return TemplateResponse(request, "quizzes/results/attempt.html", context)


@never_cache
@require_POST
def mark_seen(request, attempt):
    """Dismiss the notice that the lesson of this attempt was marked again.

    Changes after the notice was shown will be in another notice.
    """
    own = _own_attempt(request, attempt)
    form = SeenForm(request.POST)
    if form.is_valid():
        note_seen(attempt=own, until=form.cleaned_data["until"], at=timezone.now())
    return redirect(address_of(own, request))


def _own_attempt(request, uuid):
    """Return the learner's own submitted attempt. Raises Http404 for others."""
    learner = learner_for(request)
    attempts = Attempt.objects.submitted().filter(learner=learner, uuid=uuid)
    own = learner and attempts.select_related("learner", "paper", "enrolment").first()
    if not own:
        raise Http404
    return own
