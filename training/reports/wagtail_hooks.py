from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from training.reports.panels import HelpPanel, StatusPanel
from training.reports.viewsets import report_viewsets
from training.teams.access import may_enter


@hooks.register("register_admin_urls")
def serve_reports_by_mail():
    return [path("training/", include("training.reports.urls.admin"))]


@hooks.register("register_admin_viewset")
def serve_reports():
    return report_viewsets()


@hooks.register("register_training_menu_item")
def show_reports_by_mail():
    return MenuItem(
        _("Reports by e-mail"),
        reverse_lazy("reports:report_mail"),
        name="reports-report_mail",
        icon_name="mail",
        order=36,
    )


@hooks.register("insert_global_admin_css")
def add_report_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("reports/admin.css"))


@hooks.register("construct_homepage_panels")
def show_who_is_in_date(request, panels):
    if may_enter(request.user):
        panels += [StatusPanel(request.user), HelpPanel(request.user)]
