from django.urls import include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from training.assignments.panels import TeamPausesPanel, UndecidedPanel
from training.teams.access import may_enter


@hooks.register("register_admin_urls")
def serve_assignments():
    return [path("training/", include("training.assignments.urls.admin"))]


@hooks.register("register_training_menu_item")
def show_assignments():
    return MenuItem(
        _("Assignments"),
        reverse_lazy("assignments:assignments"),
        icon_name="tasks",
        order=20,
    )


@hooks.register("construct_homepage_panels")
def show_what_pauses_and_needs_a_decision(request, panels):
    if may_enter(request.user):
        panels += [UndecidedPanel(request.user), TeamPausesPanel(request.user)]
