"""Joining a team with a link or a code."""

import re

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts import sent_forms
from accounts.identity import signed_in_user
from accounts.views.guessing import look_up_code
from training.teams.actions.invitations import ask_to_join
from training.teams.actions.join_links import UnableToJoinByLink, join_by_link
from training.teams.forms.joining import JoinAddressForm, JoinCodeForm
from training.teams.models import JoinLink

# In the query string of the page that says an e-mail has been sent.
ASKED = "asked"


@never_cache
def type_code(request):
    """Show a form for a code that was read out or written on a board."""
    form = JoinCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("join_team", form.cleaned_data["code"])
    return TemplateResponse(request, "training/teams/joining/code.html", {"form": form})


@never_cache
def join_team(request, code):
    link = look_up_code(request, lambda: _open_link(code), action="try_join_code")
    if link is None:
        return _closed(request)
    user = signed_in_user(request)
    if user and request.method == "POST":
        return _join(request, link, user)
    if request.method == "POST":
        return _ask(request, link)
    asked = sent_forms.read_sent_form(request, ASKED)
    return _asked(request, link, asked) if asked else _page(request, link)


def _open_link(code):
    written = re.sub(r"[\s-]", "", code).upper()
    link = JoinLink.objects.select_related("team").filter(code=written).first()
    return link if link and link.is_open(timezone.now()) else None


def _closed(request):
    if request.method == "POST":
        return redirect(request.path)
    return TemplateResponse(request, "training/teams/joining/closed.html", status=404)


def _page(request, link, form=None):
    sign_up = reverse("account_signup") if settings.SIGN_UP_OPEN else ""
    context = {
        "team": link.team,
        "form": form or JoinAddressForm(),
        "here": request.path,
    }
    context |= {"sign_in": reverse("account_login"), "sign_up": sign_up}
    return TemplateResponse(request, "training/teams/joining/join.html", context)


def _join(request, link, user):
    try:
        is_new = join_by_link(link=link, user=user, at=timezone.now())
    except UnableToJoinByLink:
        return _closed(request)
    text = (
        _("You have joined the team %(team)s.")
        if is_new
        else _("You were already on the team %(team)s.")
    )
    messages.success(request, text % {"team": link.team})
    return redirect("my_learning")


def _ask(request, link):
    """Respond in the same way whether or not the address has an account."""
    form = JoinAddressForm(request.POST)
    if settings.SIGN_UP_OPEN:
        return redirect(request.path)
    if not form.is_valid():
        return _page(request, link, form)
    email = form.cleaned_data["email"]
    limited = ratelimit.consume_or_429(request, action="ask_to_join", key=email)
    if limited:
        return limited
    ask_to_join(link=link, email=email, at=timezone.now())
    return sent_forms.lead_to_get(request, form, ASKED)


def _asked(request, link, sent):
    context = {"team": link.team, "email": sent.typed["email"]}
    return TemplateResponse(request, "training/teams/joining/asked.html", context)
