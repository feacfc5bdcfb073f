"""Whom the account library lets in by single sign-on."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.provider import (
    OpenIDConnectProvider,
)
from django.conf import settings
from django.template.response import TemplateResponse
from django.urls import reverse

from accounts.actions import trust_address
from accounts.models import User
from accounts.names import first_and_last, storable_address, storable_name


class TidyProvider(OpenIDConnectProvider):
    """OpenID Connect as the library has it; nobody can be asked to type a name anew."""

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
    """Opens the account with the verified address; makes none unless a setting says so."""

    def is_open_for_signup(self, request, sociallogin):
        return settings.OIDC_SIGN_UP_OPEN

    def get_provider(self, request, provider, client_id=None):
        """Return the provider, which hands over addresses and names by our rule."""
        found = super().get_provider(request, provider, client_id=client_id)
        return TidyProvider(request, app=found.app)

    def authenticate_by_email(self, sociallogin):
        """Find the account, whose address is trusted if an administrator wrote it.

        The library would take away the password of one with an unconfirmed address, and
        not find one that was written in capitals.
        """
        for address in _verified(sociallogin):
            for user in User.objects.filter(email__iexact=address, emailaddress=None):
                trust_address(user=user)
        return super().authenticate_by_email(sociallogin)

    def pre_social_login(self, request, sociallogin):
        """Refuse whoever comes without a verified address, or with somebody's."""
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
