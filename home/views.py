"""Pages outside the page tree: the health check and error pages."""

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.queries.health import DOWN, WORKS, state_of_parts
from quizzes.views import drafts, kept, moved


@never_cache
@require_safe
def healthz(request):
    """Respond with 200 if pages and signing in work, or 503, listing each part."""
    parts = state_of_parts(at=timezone.now())
    text = "ok"
    if any(state != WORKS for state in parts.values()):
        text = "".join(f"{part}: {state}\n" for part, state in parts.items())
    status = 503 if DOWN in parts.values() else 200
    return HttpResponse(text, status=status, content_type="text/plain")


def page_not_found(request, exception):
    return moved.lead_on(request) or render(request, "404.html", status=404)


def permission_denied(request, exception):
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
        back = "/"
    context = {"back": back, "is_kept": "kept" in request.GET}
    return render(request, "403_csrf.html", context)


def bad_request(request, exception):
    # The request itself is suspicious, so the template does not get it.
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request):
    # Without a request, base.html makes no queries.
    response = HttpResponseServerError(render_to_string("500.html"))
    drafts.keep_sent(request, response)
    return response
