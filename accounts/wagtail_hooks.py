from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from accounts.actions import trust_address
from accounts.admin_views import ResetSecondStep
from accounts.recovering import may_reset_second_step


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def follow_address(request, user):
    """The address that an administrator wrote is the one that signs the user in."""
    trust_address(user=user)


@hooks.register("register_admin_urls")
def serve_second_steps():
    view = ResetSecondStep.as_view()
    return [path("users/<int:pk>/second-step/", view, name="reset_second_step")]


@hooks.register("register_user_listing_buttons")
def offer_a_way_back(user, request_user):
    if may_reset_second_step(request_user, user):
        address = reverse("reset_second_step", args=[user.pk])
        yield Button(_("Second step…"), address, icon_name="lock-open", priority=40)


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    actions.register_action(
        "accounts.reset_second_step",
        _("Take the second step away"),
        _("Took away the second step at sign-in"),
    )
    actions.register_action(
        "accounts.ask_for_deletion",
        _("Ask for deletion"),
        _("Asked for the account to be deleted"),
    )
