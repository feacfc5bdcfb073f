"""Take over a list that was handed on as a QR code."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.identity import identity_for, learner_for, set_learner_cookie
from visit import actions
from visit.queries.questions import find_questions
from visit.queries.visit_list import chosen_keys
from visit.rules.passing_on import MOST_QUESTIONS, read_keys
from visit.views.whose import is_of_somebody_else, mark_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_list(request):
    """Show the questions and ask first; add them when the learner says so."""
    keys = read_keys(request.GET.get("list", ""))
    known = find_questions(keys)
    questions = [known[key] for key in keys if key in known]
    if request.method == "POST":
        return _take(request, questions)
    chosen = chosen_keys(learner_for(request))
    context = {
        "new": [each for each in questions if each.key not in chosen],
        "known": [each for each in questions if each.key in chosen],
        "missing": len(keys) - len(questions),
        "opened_for": mark_for(request),
        "problem": request.GET.get("problem", ""),
        "most": MOST_QUESTIONS,
    }
    return TemplateResponse(request, "visit/take.html", context)


def _take(request, questions):
    if is_of_somebody_else(request, request.POST.get("opened_for", "")):
        return _say(request, "somebody-else")
    identity = identity_for(request)
    try:
        actions.choose_questions(identity=identity, added=questions, at=timezone.now())
    except actions.ListIsFull:
        return _say(request, "full")
    response = redirect("my_visit")
    set_learner_cookie(response, identity)
    return response


def _say(request, problem):
    query = request.GET.copy()
    query["problem"] = problem
    return redirect(f"{reverse('my_visit_take')}?{query.urlencode()}")
