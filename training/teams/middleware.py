"""What Wagtail's own pages in the admin show to those who look after teams."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.identity import signed_in_user
from accounts.middleware import is_in_admin
from training.teams.access import may_enter, may_oversee, works_only_here

# What the pages of the training rooms, and the account, need of the admin.
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
# It tells of everything on which somebody has any right, other people's teams too.
SITE_HISTORY = "wagtailadmin_reports:site_history"


class TrainersRoomMiddleware:
    """Keeps Wagtail from showing trainers drafts, other teams' log and what people do.

    Its choosers, its API and its reports ask whether somebody enters the admin, and no
    more.
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
        # Wagtail's ways in lead to the account pages.
        if view.__module__ == "accounts.views.account":
            return
        user = signed_in_user(request)
        if not user:
            return
        history = name.startswith(SITE_HISTORY) and not may_oversee(user)
        if works_only_here(user) or (history and may_enter(user)):
            raise PermissionDenied


def _is_in_training(request):
    """Return whether the page is below the same address as the list of teams."""
    return request.path.startswith(reverse("teams:index").removesuffix("teams/"))
