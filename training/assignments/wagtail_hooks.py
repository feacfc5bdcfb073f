from django.urls import include, path
from wagtail import hooks

from training.assignments.panels import TeamPausesPanel, UndecidedPanel
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
