"""Tablets in waiting rooms: switching the mode, and finishing."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.identity import learner_for
from accounts.views.guessing import look_up_code
from home.forms import TabletCodeForm
from home.queries.tablets import tablet_setting
from home.tablet_mode import keep_mode, leave_mode, wipe_person


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def switch_tablet(request):
    """Switch the mode on or off, for who knows the site's code."""
    tablet = tablet_setting()
    form = TabletCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        known = look_up_code(
            request, lambda: tablet.has_code(code) or None, action="try_tablet_code"
        )
        if known:
            return _switch(request)
        form.add_error("code", _("This code is incorrect."))
    context = {"form": form, "has_code": bool(tablet.code_hash)}
    return TemplateResponse(request, "home/tablet/switch.html", context)


def _switch(request):
    """Forget whoever used the device before, and switch."""
    response = redirect("tablet") if request.is_shared_tablet else _lead_home()
    wipe_person(request, response)
    if request.is_shared_tablet:
        leave_mode(response)
    else:
        keep_mode(response, timezone.now())
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def finish_on_tablet(request):
    """Offer words to take home, then forget the person and go to the start page."""
    if not request.is_shared_tablet:
        return _lead_home()
    if request.method == "POST":
        response = redirect("/")
        wipe_person(request, response)
        return response
    context = {"learner": learner_for(request), "is_idle": "idle" in request.GET}
    return TemplateResponse(request, "home/tablet/finish.html", context)


@never_cache
@require_safe
def still_here(request):
    """Say nothing: the mode's cookie says that the page is still being read."""
    return HttpResponse(status=204)


def _lead_home():
    return redirect("wagtail_serve", "")
