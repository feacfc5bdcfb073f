"""What administrators see of the site after signing in."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.panels.admin_pages import PanelForUser
from jobs.access import may_watch_work
from operating.queries.health import DOWN, LATE, NOT_APPLIED, QUIET
from operating.queries.overview import read_overview

PARTS = {
    "database": _("Database"),
    "cache": _("Cache"),
    "migrations": _("Updates of the database"),
    "media": _("Files of pages"),
    "mail": _("E-mail"),
    "worker": _("Background work"),
}
STATES = {
    DOWN: _("does not work"),
    QUIET: _("no worker has run for more than 15 minutes"),
    LATE: _("some has waited for more than an hour"),
    NOT_APPLIED: _("not all are applied"),
}


class SitePanel(PanelForUser):
    """Health, work and e-mail that failed, the last backup, versions and roles."""

    name = "this-site"
    template_name = "operating/site_panel.html"
    order = 90

    @property
    def is_shown(self) -> bool:
        return may_watch_work(self.user)

    def get_context_data(self, parent_context):
        site = read_overview(at=timezone.now())
        faults = [(PARTS[part], STATES[state]) for part, state in site.faults]
        return {
            "site": site,
            "faults": faults,
            "manages_users": self.user.has_perm("accounts.change_user"),
        }
