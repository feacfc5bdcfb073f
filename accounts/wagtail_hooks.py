from django.core.exceptions import PermissionDenied
from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from accounts.actions.deletion import may_act_on, may_decide
from accounts.actions.learners import trust_address
from accounts.actions.welcoming import welcome_user
from accounts.models import User
from accounts.panels.deletions import DeletionsPanel
from accounts.panels.proposals import ProposalsPanel
from accounts.views.administration import (
    AnswerDeletion,
    DeletionRequests,
    PersonData,
    ResetSecondStep,
)
from accounts.views.proposals import DecideProposedAddress, ProposedAddresses


@hooks.register("after_create_user")
@hooks.register("after_edit_user")
def follow_address(request, user):
    """Make the address that an administrator entered the user's sign-in address."""
    trust_address(user=user)


@hooks.register("after_create_user")
def write_to_new_user(request, user):
    """Let people choose their own password: nobody else ever knew one."""
    welcome_user(user=user, by=request.user)


@hooks.register("before_edit_user")
def leave_operators_to_operators(request, user):
    """Refuse to change the address of somebody with more rights than one's own."""
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def leave_operators_out(request, action_type, objects, action_class_instance):
    if action_class_instance.models == [User]:
        for user in objects:
            leave_operators_to_operators(request, user)


@hooks.register("register_admin_urls")
def serve_pages_of_users():
    step, data = ResetSecondStep.as_view(), PersonData.as_view()
    return [
        path("users/<int:pk>/second-step/", step, name="reset_second_step"),
        path("users/<int:pk>/data/", data, name="person_data"),
    ]


@hooks.register("register_admin_urls")
def serve_deletion_requests():
    start, answer = "deletion-requests/", AnswerDeletion.as_view()
    return [
        path(start, DeletionRequests.as_view(), name="deletion_requests"),
        path(f"{start}<int:pk>/answer/", answer, name="answer_deletion"),
    ]


class DeletionRequestsItem(MenuItem):
    """Shown to people who decide deletion requests."""

    def is_shown(self, request):
        return may_decide(request.user)


@hooks.register("register_settings_menu_item")
def lead_to_deletion_requests():
    return DeletionRequestsItem(
        _("Deletion requests"),
        reverse_lazy("deletion_requests"),
        name="deletion-requests",
        icon_name="bin",
        order=650,
    )


@hooks.register("construct_homepage_panels")
def show_deletion_requests(request, panels):
    if may_decide(request.user):
        panels.append(DeletionsPanel())


@hooks.register("register_admin_urls")
def serve_proposed_addresses():
    start = "proposed-addresses/"
    return [
        path(start, ProposedAddresses.as_view(), name="proposed_addresses"),
        path(
            f"{start}<int:pk>/decide/",
            DecideProposedAddress.as_view(),
            name="decide_proposed_address",
        ),
    ]


class ProposedAddressesItem(DeletionRequestsItem):
    """Shown to people who decide about proposed addresses: the same ones."""


@hooks.register("register_settings_menu_item")
def lead_to_proposed_addresses():
    return ProposedAddressesItem(
        _("Proposed addresses"),
        reverse_lazy("proposed_addresses"),
        name="proposed-addresses",
        icon_name="mail",
        order=651,
    )


@hooks.register("construct_homepage_panels")
def show_proposed_addresses(request, panels):
    if may_decide(request.user):
        panels.append(ProposalsPanel())


@hooks.register("register_user_listing_buttons")
def offer_pages_of_user(user, request_user):
    if may_act_on(request_user, user):
        address = reverse("reset_second_step", args=[user.pk])
        yield Button(_("Second step…"), address, icon_name="lock-open", priority=40)
        address = reverse("person_data", args=[user.pk])
        yield Button(_("Personal data…"), address, icon_name="download", priority=50)


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    actions.register_action(
        "accounts.reset_second_step",
        _("Reset second step"),
        _("Reset the second step at sign-in"),
    )
    actions.register_action(
        "accounts.ask_for_deletion",
        _("Ask for deletion"),
        _("Asked for the account to be deleted"),
    )
    actions.register_action(
        "accounts.answer_deletion",
        _("Answer a deletion request"),
        _("Answered the deletion request without erasing"),
    )
    actions.register_action(
        "accounts.decide_address",
        _("Decide about a proposed address"),
        _("Decided about a proposed address"),
    )
    actions.register_action(
        "accounts.change_address",
        _("Change an address"),
        _("Changed the e-mail address"),
    )
    actions.register_action(
        "accounts.export_person",
        _("Export a person's data"),
        _("Exported all data about the person"),
    )
    actions.register_action(
        "accounts.erase_person",
        _("Erase a person"),
        _("Erased the person"),
    )
