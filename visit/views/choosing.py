"""Choose questions of a lesson for the visit."""

import uuid
from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.identity import identity_for, learner_for, set_learner_cookie
from visit import actions
from visit.forms import ChoiceForm
from visit.queries.questions import find_question, find_questions, questions_beside
from visit.queries.visit_list import chosen_keys
from visit.rules.choosing import ticks_changed
from visit.rules.passing_on import MOST_QUESTIONS, read_keys, write_keys
from visit.views.whose import is_of_somebody_else, mark_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request):
    """Show a lesson's questions, with the one asked for named on the button."""
    if request.method == "POST":
        return _choose(request)
    question = _named(request)
    if question is None:
        return TemplateResponse(
            request, "visit/unknown.html", status=HTTPStatus.NOT_FOUND
        )
    chosen = chosen_keys(learner_for(request))
    listed = questions_beside(question)
    others = [each for each in listed if each.key != question.key]
    is_chosen = question.key in chosen
    shown = [question, *others] if is_chosen else others
    ticked = [each.key for each in shown if each.key in chosen]
    context = {
        "question": question,
        "is_chosen": is_chosen,
        "others": [(write_keys([q.key]), q, q.key in chosen) for q in shown],
        "before": write_keys(ticked),
        "back": _back(request, question),
        "has_record": learner_for(request) is not None,
        "opened_for": mark_for(request),
        "problem": request.GET.get("problem", ""),
        "most": MOST_QUESTIONS,
    }
    return TemplateResponse(request, "visit/add.html", context)


def _named(request):
    try:
        key = uuid.UUID(request.GET.get("question", ""))
    except ValueError:
        return None
    return find_question(key, request)


def _back(request, question):
    """Return where the reader came from on this site, or the question's passage."""
    back = request.GET.get("back", "")
    is_here = back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts=None
    )
    return back if is_here else question.url


def _choose(request):
    form = ChoiceForm(request.POST)
    question = _named(request)
    if not form.is_valid():
        return _say(request, "unreadable")
    if is_of_somebody_else(request, form.cleaned_data["opened_for"]):
        return _say(request, "somebody-else")
    if form.cleaned_data["has_record"] and learner_for(request) is None:
        return _say(request, "deleted")
    try:
        identity = _save(request, question, form.cleaned_data)
    except actions.ListIsFull:
        return _say(request, "full")
    response = _onward(request, question)
    set_learner_cookie(response, identity)
    return response


def _save(request, question, sent):
    """Save what changed between the page and the form, and return whose list it is."""
    identity = identity_for(request)
    ticked = read_keys(".".join(request.POST.getlist("also")))
    added, removed = ticks_changed(sent["before"], ticked)
    new = _read_added(question, set(added) - {sent["question"]})
    if question and question.key == sent["question"]:
        new.insert(0, question)
    actions.choose_questions(
        identity=identity, added=new, removed=removed, at=timezone.now()
    )
    return identity


def _read_added(question, keys):
    if question is None:
        return list(find_questions(keys).values())
    listed = questions_beside(question) if keys else ()
    return [each for each in listed if each.key in keys]


def _say(request, problem):
    """Redirect to the page again, with a problem to explain. Nothing was written."""
    query = request.GET.copy()
    query["problem"] = problem
    return redirect(f"{reverse('my_visit_add')}?{query.urlencode()}")


def _onward(request, question):
    if question is None:
        return redirect(reverse("my_visit", query={"problem": "gone"}))
    if request.headers.get("Prefer") == "return=minimal":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if "then" in request.POST:
        return redirect("my_visit")
    return redirect(_back(request, question))
