"""The panel that trainers see after signing in: their teams."""

from accounts.panels.admin_pages import PanelForUser
from training.teams.access import may_make_teams, teams_seen_by
from training.teams.queries.teams import with_people


class TeamsPanel(PanelForUser):
    """The teams somebody looks after, with a link to each."""

    name = "teams"
    template_name = "training/teams/home_panel.html"
    order = 100

    def get_context_data(self, parent_context):
        teams = with_people(teams_seen_by(self.user).current())
        return {"teams": teams.order_by("name"), "may_make": may_make_teams(self.user)}
