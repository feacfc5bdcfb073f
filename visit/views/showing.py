"""Show the list: to work on, as a sheet to print, and to hold up at a desk."""

import uuid

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.identity import learner_for, signed_in_user
from quizzes.queries.recall import look_back_of
from visit.queries.courses import courses_to_weigh
from visit.queries.offers import missed_questions
from visit.queries.questions import find_questions, questions_of_site
from visit.queries.visit_list import visit_of
from visit.views.whose import mark_for


@never_cache
@require_safe
def show_visit(request):
    """Show the learner's list, and what else could be asked."""
    learner = learner_for(request)
    visit = visit_of(learner)
    missed = missed_questions(learner, visit.keys)
    context = {
        "visit": visit,
        "missed": missed,
        "courses": _courses(visit),
        "more": [q for q in questions_of_site() if q.key not in visit.keys],
        "days": look_back_of(learner, timezone.now()).days,
        "removed": _removed(request, visit),
        "problem": request.GET.get("problem", ""),
        "opened_for": mark_for(request),
        "is_kept": _is_kept(request),
        **_exports(visit),
    }
    return TemplateResponse(request, "visit/visit.html", context)


def _is_kept(request):
    """Return whether the browser may keep the list for when there is no network.

    What belongs to an account is left nowhere by signing out, and a shared tablet keeps
    nothing of anybody.
    """
    return not (request.is_shared_tablet or signed_in_user(request))


def _courses(visit):
    return courses_to_weigh([each.page for each in visit.questions if each.page])


def _removed(request, visit):
    """Return the question just taken off the list, to put it back, or None."""
    try:
        key = uuid.UUID(request.GET.get("removed", ""))
    except ValueError:
        return None
    return None if key in visit.keys else find_questions([key]).get(key)


def _exports(visit):
    """Return the list as text, and the address that hands it to another phone."""
    text = render_to_string("visit/list.txt", {"visit": visit})
    address = reverse("my_visit_take", query={"list": visit.passed_on})
    return {"text": text, "take_url": settings.SITE_URL + address}


@never_cache
@require_safe
def show_sheet(request):
    """Show one page to print, with room for answers."""
    visit = visit_of(learner_for(request))
    context = {"visit": visit, "courses": _courses(visit)}
    return TemplateResponse(request, "visit/sheet.html", context)


@require_safe
def show_offline(request):
    """Show the page that a phone keeps, which is the same for everybody.

    Scripts fill in what the browser kept.
    """
    return TemplateResponse(request, "visit/offline.html")


@never_cache
@require_safe
def show_at_desk(request):
    """Show the questions in large letters, to be read by somebody else."""
    context = {"visit": visit_of(learner_for(request))}
    return TemplateResponse(request, "visit/show.html", context)


@never_cache
@require_safe
def download_list(request):
    """Return the list as a text file."""
    visit = visit_of(learner_for(request))
    return HttpResponse(
        render_to_string("visit/list.txt", {"visit": visit}),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="my-visit.txt"'},
    )
