"""The pages of single sign-on, which do not exist while it is off."""

from functools import wraps

from allauth.socialaccount import views as library
from allauth.socialaccount.providers.openid_connect import views as provider
from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from requests import RequestException


def where_switched_on(view):
    """Return “not found” unless a server is named in the settings.

    If the server does not respond, the page says so, without an error of our own.
    Nobody can connect a second account: the address decides.
    """

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not settings.OIDC_SERVER_URL or "process" in request.GET:
            raise Http404
        try:
            return view(request, *args, **kwargs)
        except RequestException:
            return library.login_error(request)

    return never_cache(checked)


def _begin_here(request, *args, **kwargs):
    """Have the provider lead back into the language in which somebody signs in."""
    request.GET = request.GET.copy()
    request.GET.setdefault("next", reverse(settings.LOGIN_REDIRECT_URL))
    return provider.login(request, *args, **kwargs)


begin = where_switched_on(_begin_here)
come_back = where_switched_on(provider.callback)
cancelled = where_switched_on(library.login_cancelled)
failed = where_switched_on(library.login_error)
