"""Panels trainers see after signing in: paused quizzes, and decisions to make."""

from django.utils import timezone

from accounts.panels.admin_pages import PanelForUser
from training.assignments.access import obligations_seen_by
from training.assignments.queries.pause_warnings import pausing_seen_by
from training.assignments.queries.undecided import undecided_assignments


class TeamPausesPanel(PanelForUser):
    """Paused and soon-to-be-paused quizzes that the user's teams still need."""

    name = "quiz_pauses"
    template_name = "training/assignments/pauses_panel.html"
    order = 110

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        found = pausing_seen_by(self.user, today)
        return {"pauses": [(each, each.is_paused(today)) for each in found]}


class UndecidedPanel(PanelForUser):
    """Assignments the user can see that have no live lesson left."""

    name = "undecided"
    template_name = "training/assignments/undecided_panel.html"
    order = 105

    def get_context_data(self, parent_context):
        seen = obligations_seen_by(self.user)
        return {"undecided": undecided_assignments(seen, timezone.now())}
