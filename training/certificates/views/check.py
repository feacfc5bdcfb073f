"""The public check of a certificate by its number."""

from allauth.core.internal.ratelimit import consume
from allauth.core.ratelimit import respond_429
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from training.certificates.queries.certificates import certificate_with, serial_in

# Nobody can guess 80 bits; this limits the load from machines that try.
RATE = {"check_certificate": "60/m/ip"}


def _is_too_often(request):
    return not consume(
        request,
        app="certificates",
        action="check_certificate",
        config=RATE,
        limit_get=True,
    )


@never_cache
@require_safe
def find_certificate(request):
    serial = serial_in(request.GET.get("number", ""))
    if serial.isalnum() and serial.isascii():
        return redirect("certificate_check", serial)
    is_wrong = "number" in request.GET
    context = {"typed": request.GET.get("number", ""), "is_wrong": is_wrong}
    return TemplateResponse(
        request, "training/certificates/certificate_find.html", context
    )


@never_cache
@require_safe
def check_certificate(request, serial):
    if _is_too_often(request):
        return respond_429(request)
    certificate = certificate_with(serial, timezone.now())
    if certificate is None:
        context = {"typed": serial, "is_unknown": True}
        template = "training/certificates/certificate_find.html"
        return TemplateResponse(request, template, context, status=404)
    context = {"certificate": certificate}
    return TemplateResponse(
        request, "training/certificates/certificate_check.html", context
    )
