from django.urls import include, path
from wagtail import hooks

from training.assignments.panels import (
    DigestTimePanel,
    TeamPausesPanel,
    UndecidedPanel,
)
from training.assignments.viewsets import AssignmentViewSet
from training.teams.access import may_enter


@hooks.register("register_admin_urls")
def serve_obligations():
    return [path("training/", include("training.assignments.urls.admin"))]


@hooks.register("register_admin_viewset")
def serve_assignments():
    return AssignmentViewSet()


@hooks.register("construct_homepage_panels")
def show_what_pauses_and_needs_a_decision(request, panels):
    if may_enter(request.user):
        panels += [UndecidedPanel(request.user), TeamPausesPanel(request.user)]


@hooks.register("register_account_settings_panel")
def choose_when_the_digest_is_sent(request, user, profile):
    return DigestTimePanel(request, user, profile)
