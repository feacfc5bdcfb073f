"""The holder's certificate: on screen, on paper and as a PDF."""

import importlib

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import learner_for, signed_in_user
from accounts.rules.fonts import packages_for, without_font
from progress.actions.certificates import show_name
from training.certificates.queries.certificates import certificate_with


def of_the_holder(view):
    """Pass the certificate to the view if it belongs to the user.

    Unknown visitors can sign in first.
    """

    def guarded(request, serial):
        learner = learner_for(request)
        if learner is None and signed_in_user(request) is None:
            return redirect_to_login(request.get_full_path())
        certificate = certificate_with(serial, timezone.now())
        if certificate is None or certificate.learner != learner:
            raise Http404
        return view(request, certificate)

    return guarded


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_holder
def show_certificate(request, certificate):
    if request.method == "POST":
        show_name(certificate=certificate.row, shows="shows" in request.POST)
        return redirect("certificate", certificate.row.serial)
    return _page(request, "training/certificates/certificate.html", certificate)


@never_cache
@require_safe
@of_the_holder
def show_on_paper(request, certificate):
    return _page(request, "training/certificates/certificate_print.html", certificate)


def _page(request, template, certificate, **more):
    missing = without_font(f"{certificate.holder} {certificate.course}")
    context = {
        "certificate": certificate,
        "idle_days": settings.LEARNER_IDLE_DAYS,
        "without_font": missing,
        "packages": packages_for(missing),
    }
    return TemplateResponse(request, template, context | more)


def _no_pdf(request, certificate, **more):
    page = _page(request, "training/certificates/certificate.html", certificate, **more)
    page.status_code = 501
    return page


@never_cache
@require_safe
@of_the_holder
def download_pdf(request, certificate):
    try:
        # Without Pango, the library cannot even be imported.
        pdf = importlib.import_module("training.certificates.actions.pdf")
    except OSError:
        return _no_pdf(request, certificate, no_pdf=True)
    if without_font(f"{certificate.holder} {certificate.course}"):
        return _no_pdf(request, certificate)
    html = render_to_string(
        "training/certificates/certificate_pdf.html",
        {"certificate": certificate},
        request,
    )
    name = f"certificate-{certificate.row.serial}.pdf"
    return HttpResponse(
        pdf.pdf_of(html),
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
