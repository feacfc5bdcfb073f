"""The doors of an account that the account library does not have."""

from allauth.account.views import logout
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.forgetting import forget_person
from accounts.identity import identity_for


@never_cache
@login_required
@require_safe
def account(request):
    return TemplateResponse(request, "account/account.html")


@never_cache
def sign_out(request):
    """Ask first; then leave nothing of the person in this browser."""
    mark = identity_for(request).mark
    response = logout(request)
    if request.method == "POST":
        forget_person(request, response, mark)
        response.delete_cookie(settings.CSRF_COOKIE_NAME, samesite="Lax")
        response.headers["Clear-Site-Data"] = '"cache"'
    return response


@require_safe
def signed_out(request):
    return TemplateResponse(request, "account/signed_out.html")


def admin_sign_in(request):
    """Send whoever comes to Wagtail's own door to ours, and on to where they were."""
    back = request.GET.get("next") or reverse("wagtailadmin_home")
    return redirect_to_login(back)
