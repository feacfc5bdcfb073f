"""The link in an invitation: choose a password and sign in."""

from allauth.account.forms import SetPasswordForm
from allauth.account.utils import get_next_redirect_url, perform_login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.identity import signed_in_user
from training.teams.actions.invitations import UnableToAccept, accept_invitation
from training.teams.queries.invitation_links import (
    InvitationStatus,
    invitation_of,
    invitation_status,
)


@never_cache
def open_invitation(request, token):
    invitation = invitation_of(token)
    is_sent = request.method == "POST"
    barred = _barred(request, invitation)
    if barred:
        return redirect(request.path) if is_sent else barred
    sent = request.POST if is_sent else None
    form = SetPasswordForm(user=invitation.learner.user, data=sent)
    if form.is_valid():
        return _come_in(request, invitation, form.cleaned_data["password1"])
    return _page(request, "invitation", invitation, form=form)


def _barred(request, invitation):
    """Return the page that says why the link does not work, or None if it does."""
    stands = (
        invitation_status(invitation, timezone.now())
        if invitation
        else InvitationStatus.OVER
    )
    if stands is not InvitationStatus.OPEN:
        return _dead(request, stands)
    visitor = signed_in_user(request)
    if visitor and visitor != invitation.learner.user:
        return _page(request, "somebody_else", invitation, email=visitor.email)
    return None


def _come_in(request, invitation, password):
    try:
        user = accept_invitation(
            invitation=invitation, password=password, at=timezone.now()
        )
    except UnableToAccept:
        return redirect(request.path)
    onward = get_next_redirect_url(request) or reverse("my_learning")
    return perform_login(request, user, redirect_url=onward)


def _dead(request, stands):
    context = {"is_used": stands is InvitationStatus.USED}
    return TemplateResponse(
        request, "training/teams/joining/invitation_over.html", context, status=404
    )


def _page(request, name, invitation, **context):
    context |= {"invitation": invitation, "address": invitation.learner.user.email}
    return TemplateResponse(request, f"training/teams/joining/{name}.html", context)
