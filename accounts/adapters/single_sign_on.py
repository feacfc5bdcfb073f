"""Adapts the account library's single sign-on to this site."""

from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from allauth.socialaccount.providers.openid_connect.views import (
    OpenIDConnectOAuth2Adapter,
)
from django.conf import settings
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from requests import RequestException

from accounts.actions.learners import trust_address
from accounts.models import User
from accounts.queries.people import opens_account
from accounts.rules.names import storable_address, storable_name
from accounts.rules.titles import first_and_last


class TidyProvider(OpenIDConnectProvider):
    """OpenID Connect with cleaned names, as nobody can be asked to type one again."""

    def extract_common_fields(self, data):
        found = super().extract_common_fields(data)
        first, last = first_and_last(str(found["name"] or ""))
        return found | {
            "email": storable_address(str(found["email"] or "")),
            "first_name": storable_name(str(found["first_name"] or first)),
            "last_name": storable_name(str(found["last_name"] or last)),
            "name": "",
        }

    def extract_email_addresses(self, data):
        found = super().extract_email_addresses(data)
        for row in found:
            row.email = storable_address(str(row.email))
        return found


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Signs in to the account with the verified address; creates one only if set."""

    def is_open_for_signup(self, request, sociallogin):
        return settings.OIDC_SIGN_UP_OPEN

    def get_provider(self, request, provider, client_id=None):
        """Return the provider, which cleans addresses and names by our rule."""
        found = super().get_provider(request, provider, client_id=client_id)
        return TidyProvider(request, app=found.app)

    def authenticate_by_email(self, sociallogin):
        """Find the account; an address entered by an administrator is trusted.

        The library would remove the password of an account with an unconfirmed address,
        and not find one entered in capitals. Nor would it ask whether the address was
        ever confirmed as the account's.
        """
        for address in _verified(sociallogin):
            for user in User.objects.filter(email__iexact=address, emailaddress=None):
                trust_address(user=user)
        found = super().authenticate_by_email(sociallogin)
        return found if found and opens_account(*found) else None

    def pre_social_login(self, request, sociallogin):
        """Refuse people without a verified address, or with somebody else's."""
        if sociallogin.is_existing:
            return
        addresses = _verified(sociallogin)
        is_taken = any(User.objects.filter(email__iexact=row) for row in addresses)
        if is_taken or not addresses:
            page = "socialaccount/no_address.html"
            response = TemplateResponse(request, page, status=403).render()
            raise ImmediateHttpResponse(response)

    def get_connect_redirect_url(self, request, socialaccount):
        return reverse("account")


def _verified(sociallogin):
    return [row.email for row in sociallogin.email_addresses if row.verified]


def has_come_by_provider(request: HttpRequest) -> bool:
    """Return whether this session was started by the provider."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in records)


def end_session_url(request: HttpRequest) -> str:
    """Return the URL that ends the provider's session; "" if it offers none.

    OpenID Connect RP-Initiated Logout 1.0, section 2. It is a link and not a redirect,
    because a form may not redirect to another host.
    """
    adapter = OpenIDConnectOAuth2Adapter(request, "sso")
    try:
        address = adapter.openid_config.get("end_session_endpoint", "")
    except (RequestException, ValueError):
        return ""
    client = adapter.get_provider().app.client_id
    back = request.build_absolute_uri(reverse("signed_out"))
    sent = {"client_id": client, "post_logout_redirect_uri": back}
    return f"{address}?{urlencode(sent)}" if address.startswith("http") else ""
