"""Middleware for pages that depend on who requests them."""

from functools import lru_cache
from http import HTTPStatus

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import get_resolver, get_urlconf, reverse
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext

from accounts import sent_forms
from accounts.identity import COOKIE, signed_in_user


def is_in_admin(request: HttpRequest) -> bool:
    """Return whether the request is for a page in Wagtail's admin."""
    return request.path.startswith(_admin_address(get_resolver(get_urlconf())))


# Several of the middleware ask it of every request. Other addresses have another resolver.
@lru_cache(maxsize=4)
def _admin_address(resolver):
    return reverse("wagtailadmin_home")


class PersonalPagesMiddleware:
    """Keeps personal pages out of caches that others can see.

    Pages of somebody who is signed in are kept nowhere, so that “Back” does not show
    them after signing out. A learner without an account may go back to a page that is
    still open in their own browser, see `docs/decisions/back-to-own-pages.md`.
    Visitors without a cookie get the same page as everybody else.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and settings.SESSION_COOKIE_NAME in request.COOKIES:
            add_never_cache_headers(response)
        elif is_page and COOKIE in request.COOKIES:
            # Views that say no-store themselves, such as those of a quiz, keep it.
            patch_cache_control(response, private=True, no_cache=True)
        return response


class SentFormsMiddleware:
    """Shows form errors by GET: no POST is answered with a page.

    It leaves out the admin, where the editor's scripts submit forms, pages with their
    own status, such as “Too many attempts”, and pages that scripts asked for and that
    say at which other address they are.
    """

    _WRONG = "error"

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST":
            sent_forms.drop_sent_form(request, response)
        return response

    def process_template_response(self, request, response):
        is_page = response.status_code == HTTPStatus.OK
        if not is_page or is_in_admin(request) or "Content-Location" in response:
            return response
        form = (response.context_data or {}).get("form")
        if request.method == "POST":
            return sent_forms.lead_to_get(request, form, self._WRONG)
        sent = form and sent_forms.read_sent_form(request, self._WRONG)
        if sent and not form.is_bound:
            sent.show_in(form)
            add_never_cache_headers(response)
        return response


class AdminAccessMiddleware:
    """Keeps people out of the admin without permission or a required second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        user = is_in_admin(request) and signed_in_user(request)
        if not user or view.__module__ == "accounts.views.account":
            return None
        # Wagtail would send them to sign in, and that back to Wagtail, for ever:
        # https://github.com/wagtail/wagtail/issues/13847
        if not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if settings.ADMIN_REQUIRES_SECOND_FACTOR and not is_mfa_enabled(user):
            messages.warning(
                request,
                gettext(
                    "To work here, you need a second step at sign-in. Set it up first."
                ),
            )
            return redirect("mfa_activate_totp")
        return None
