"""What Wagtail's own admin pages show to people who look after teams."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.identity import signed_in_user
from accounts.middleware import is_in_admin
from training.teams.access import may_enter, may_oversee, works_only_here

# The admin pages that the training area and the account pages need.
OPEN = (
    "mail:",
    "job",
    "wagtailadmin_home",
    "wagtailadmin_account",
    "wagtailadmin_logout",
    "wagtailadmin_login",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_dismissibles",
)
# It shows everything on which somebody has any permission, other people's teams too.
SITE_HISTORY = "wagtailadmin_reports:site_history"


class TrainersRoomMiddleware:
    """Hides drafts, other teams' logs and users' activity from trainers.

    Wagtail's choosers, API and reports only check that somebody may enter the admin.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        name = request.resolver_match.view_name or ""
        if not is_in_admin(request) or _is_in_training(request):
            return
        if name.startswith(OPEN):
            return
        # Wagtail's login pages redirect to the account pages.
        if view.__module__ == "accounts.views.account":
            return
        user = signed_in_user(request)
        if not user:
            return
        history = name.startswith(SITE_HISTORY) and not may_oversee(user)
        if works_only_here(user) or (history and may_enter(user)):
            raise PermissionDenied


def _is_in_training(request):
    """Return whether the page is below the same URL as the list of teams."""
    return request.path.startswith(reverse("teams:index").removesuffix("teams/"))
