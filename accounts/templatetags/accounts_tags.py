from allauth.account.utils import get_next_redirect_url
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.forms.plain import word_errors
from accounts.identity import signed_in_user
from accounts.queries.address_proposals import open_proposal_for

register = template.Library()


@register.simple_tag(takes_context=True)
def signed_in(context):
    """Return the signed-in user, or None; no query for visitors who never signed in."""
    return signed_in_user(context["request"])


@register.inclusion_tag("account/parts/new_address_offer.html", takes_context=True)
def offer_new_address(context):
    """Show the signed-in user the address that is proposed for them, if one waits."""
    user = signed_in_user(context["request"])
    return {"proposal": user and open_proposal_for(user, timezone.now())}


@register.filter
def word_form_errors(form):
    """Return a form of the framework, the same object, with its errors worded anew."""
    for name, field in form.fields.items():
        word_errors(name, field)
    if form.is_bound:
        form.full_clean()
    return form


@register.simple_tag
def is_sign_up_open():
    return settings.SIGN_UP_OPEN


@register.simple_tag(takes_context=True)
def single_sign_on(context):
    """Return the name, text and URL of single sign-on, or None if it is off."""
    if not settings.OIDC_SERVER_URL:
        return None
    onward = get_next_redirect_url(context["request"])
    query = "?" + urlencode({"next": onward}) if onward else ""
    return {
        "name": settings.OIDC_NAME,
        "text": _("Sign in with %(name)s") % {"name": settings.OIDC_NAME},
        "url": reverse("openid_connect_login", args=["sso"]) + query,
    }
