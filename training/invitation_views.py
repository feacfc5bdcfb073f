"""The link in an invitation: choose a password, and come in."""

from allauth.account.forms import SetPasswordForm
from allauth.account.utils import get_next_redirect_url, perform_login
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from accounts.identity import signed_in_user
from training.actions.inviting import UnableToAccept, accept_invitation
from training.invitation_links import Standing, invitation_of, standing


@never_cache
def accept(request, token):
    invitation = invitation_of(token)
    stands = standing(invitation, timezone.now()) if invitation else Standing.OVER
    if stands is not Standing.OPEN:
        return _dead(request, stands)
    visitor = signed_in_user(request)
    if visitor and visitor != invitation.learner.user:
        return _page(request, "somebody_else", invitation, email=visitor.email)
    form = SetPasswordForm(user=invitation.learner.user, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, invitation, form.cleaned_data["password1"])
    return _page(request, "invitation", invitation, form=form)


def _come_in(request, invitation, password):
    try:
        user = accept_invitation(
            invitation=invitation, password=password, at=timezone.now()
        )
    except UnableToAccept:
        return _dead(request, Standing.USED)
    onward = get_next_redirect_url(request) or "/my-learning/"
    return perform_login(request, user, redirect_url=onward)


def _dead(request, stands):
    context = {"is_used": stands is Standing.USED}
    return TemplateResponse(
        request, "training/joining/invitation_over.html", context, status=404
    )


def _page(request, name, invitation, **context):
    context |= {"invitation": invitation, "address": invitation.learner.user.email}
    return TemplateResponse(request, f"training/joining/{name}.html", context)
