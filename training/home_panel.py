"""What a trainer finds after signing in: their teams."""

from django.utils import timezone

from accounts.admin_pages import PanelForUser
from training.access import may_make_teams, teams_seen_by
from training.assignment_access import obligations_seen_by
from training.pause_warnings import pausing_seen_by
from training.team_queries import with_people
from training.undecided import undecided


class TeamsPanel(PanelForUser):
    """The teams somebody looks after, each with the way to it."""

    name = "teams"
    template_name = "training/admin/home_panel.html"
    order = 100

    def get_context_data(self, parent_context):
        teams = with_people(teams_seen_by(self.user).current())
        return {"teams": teams.order_by("name"), "may_make": may_make_teams(self.user)}


class TeamPausesPanel(PanelForUser):
    """Which quizzes pause, or are paused, that the user's teams still need."""

    name = "quiz_pauses"
    template_name = "training/admin/pauses_panel.html"
    order = 110

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        found = pausing_seen_by(self.user, today)
        return {"pauses": [(each, each.is_paused(today)) for each in found]}


class UndecidedPanel(PanelForUser):
    """Which assignments the user sees of which nothing can be learnt any more."""

    name = "undecided"
    template_name = "training/admin/undecided_panel.html"
    order = 105

    def get_context_data(self, parent_context):
        seen = obligations_seen_by(self.user)
        return {"undecided": undecided(seen, timezone.now())}
