"""Account pages that the account library does not have."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import logout
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actions.deletion import ask_for_deletion, open_request
from accounts.adapters.single_sign_on import end_session_url, has_come_by_provider
from accounts.identity import identity_for
from accounts.models import DeletionRequest
from accounts.views.forgetting import forget_person


@never_cache
@login_required
@require_safe
def show_account(request):
    return TemplateResponse(request, "account/account.html")


@never_cache
def sign_out(request):
    """Ask for confirmation, then remove the person's data from this browser."""
    mark = identity_for(request).mark
    came_by_provider = has_come_by_provider(request)
    response = logout(request)
    if request.method == "POST":
        forget_person(request, response, mark)
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        if came_by_provider:
            response.headers["Location"] += "?provider"
    return response


@require_safe
def signed_out(request):
    context = {}
    if settings.OIDC_SERVER_URL and "provider" in request.GET:
        context["provider"] = settings.OIDC_NAME
        context["end_session_url"] = end_session_url(request)
    return TemplateResponse(request, "account/signed_out.html", context)


@never_cache
@login_required
@reauthentication_required
def request_deletion(request):
    if request.method == "POST":
        ask_for_deletion(user=request.user, at=timezone.now())
        message = _(
            "We have notified the administrators of this site. They will reply by "
            "e-mail."
        )
        messages.success(request, message)
        return redirect("account")
    asked = open_request(request.user)
    context = {
        "asked": asked,
        "is_late": asked is not None and asked.is_late(timezone.localdate()),
        "days": DeletionRequest.DAYS,
    }
    return TemplateResponse(request, "account/deletion.html", context)


def wagtail_sign_in(request, onward="wagtailadmin_home"):
    """Redirect from Wagtail's sign-in pages to ours, and from there back.

    Wagtail's own pages ask for no second factor and do not limit attempts.
    """
    return redirect_to_login(request.GET.get("next") or reverse(onward))
