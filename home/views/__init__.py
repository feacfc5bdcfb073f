"""Pages outside the page tree: error pages, and what was not saved."""

import logging
import sys
from dataclasses import asdict
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import (
    Http404,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseServerError,
    JsonResponse,
)
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.receivers import security_log
from home.queries.former_addresses import address_now
from home.queries.offline import kept_course
from home.rules.offline import WORKER_SCRIPTS, is_local
from home.rules.security_text import security_text
from home.rules.typed import typed_words
from page_cache.release import release_digest
from quizzes.views import drafts, kept, moved

logger = logging.getLogger(__name__)
READ_ONLY = "25006"  # a state of SQL, for which Django has no error of its own


@require_safe
def security_contact(request):
    """Say where to report security problems (RFC 9116), if a setting says where."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if ":" not in contact:
        contact = f"mailto:{contact}"
    text = security_text(contact, at=timezone.now())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
def service_worker(request):
    """Return the script that answers without a network, as browsers fetch it.

    Browsers run it only over HTTPS or on the machine itself. Raises Http404 elsewhere.
    """
    if not (request.is_secure() or is_local(request.get_host())):
        raise Http404
    context = {
        "scripts": WORKER_SCRIPTS,
        "build": release_digest(),
        "languages": settings.LANGUAGES,
    }
    script = "text/javascript; charset=utf-8"
    response = render(request, "home/service_worker.js", context, content_type=script)
    # An old one would keep an old release.
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def show_offline_page(request):
    """Say what is kept on this phone, and what to do without a network.

    The page is the same for everybody. Scripts fill it in.
    """
    return render(request, "home/offline.html")


@require_safe
def show_kept_course(request, uuid, locale):
    """Return the addresses of a course that a phone keeps, as JSON."""
    course = kept_course(uuid, locale, request)
    if course is None:
        raise Http404
    return JsonResponse(asdict(course))


@never_cache
@require_safe
def sending_token(request):
    """Return a token for sending answers that waited on a phone."""
    return JsonResponse({"token": get_token(request)})


def page_not_found(request, exception):
    return (
        moved.lead_on(request)
        or _lead_to_page(request)
        or render(request, "404.html", status=404)
    )


def _lead_to_page(request):
    """Redirect to where the page is now, until another page has its address."""
    if request.method not in {"GET", "HEAD"}:
        return None
    address = address_now(request)
    query = request.META.get("QUERY_STRING")
    return address and redirect(f"{address}?{query}" if query else address)


def permission_denied(request, exception):
    user = getattr(request, "user", None)
    security_log.info("Account %s was refused a page.", getattr(user, "pk", "unknown"))
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    """Redirect to a page about it, as browsers cannot go back to a POST's response.

    The admin's own forms get a direct response, because scripts send many of them.
    """
    back = escape_leading_slashes(request.get_full_path())
    if request.path.startswith(reverse("wagtailadmin_home")):
        return render(request, "403_csrf.html", {"back": back}, status=403)
    if kept.is_sent_by_another(request):
        return kept.set_aside(request)
    is_kept = {"kept": "yes"} if drafts.holds_answer(request) else {}
    response = redirect(reverse("not_saved", query={"back": back, **is_kept}))
    drafts.keep_sent(request, response)
    return response


@never_cache
@require_safe
def not_saved(request):
    """Say that the last step was not saved, with a link back to its page."""
    back = request.GET.get("back", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("wagtail_serve", args=[""])
    context = {"back": back, "is_kept": "kept" in request.GET}
    return render(request, "403_csrf.html", context)


def bad_request(request, exception):
    # The request itself is suspicious, so the template does not get it.
    return HttpResponseBadRequest(render_to_string("400.html"))


def is_of_database(problem):
    """Return whether the database is down, full, busy or read-only, which passes."""
    state = getattr(getattr(problem, "__cause__", None), "sqlstate", None)
    return isinstance(problem, InterfaceError | OperationalError) or state == READ_ONLY


def server_error(request):
    # Without a request, base.html makes no queries.
    context = {"typed": typed_words(request.POST.lists())}
    response = HttpResponseServerError(render_to_string("500.html", context))
    problem = sys.exception()
    if is_of_database(problem):
        logger.error("The database does not work.", exc_info=problem)
        response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
        response["Retry-After"] = "60"
    drafts.keep_sent(request, response)
    return response
