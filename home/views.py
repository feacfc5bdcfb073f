"""Pages that are no page of the tree: the health check and what went wrong."""

from django.db import Error, connection
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import escape_leading_slashes
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database down", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    back = escape_leading_slashes(request.path)
    return render(request, "403_csrf.html", {"back": back}, status=403)


def bad_request(request, exception):
    # The request itself is suspect, so the template does not see it.
    return HttpResponseBadRequest(render_to_string("400.html"))


def server_error(request):
    # No request: base.html then asks the database for nothing.
    return HttpResponseServerError(render_to_string("500.html"))
