"""The panel of administrators, and the word of the log for a backup."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from operating.panels import SitePanel
from operating.queries.overview import BACKED_UP


@hooks.register("construct_homepage_panels")
def show_site(request, panels):
    panel = SitePanel(request.user)
    if panel.is_shown:
        panels.append(panel)


@hooks.register("register_log_actions")
def name_backups(actions):
    actions.register_action(BACKED_UP, _("Back up"), _("Made a backup of the site"))
