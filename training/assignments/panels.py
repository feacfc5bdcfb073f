"""What trainers find after signing in: quizzes that pause, and what has to be decided."""

from django.utils import timezone

from accounts.panels.admin_pages import PanelForUser
from training.assignments.access import obligations_seen_by
from training.assignments.queries.pause_warnings import pausing_seen_by
from training.assignments.queries.undecided import undecided_assignments


class TeamPausesPanel(PanelForUser):
    """Which quizzes pause, or are paused, that the user's teams still need."""

    name = "quiz_pauses"
    template_name = "training/assignments/pauses_panel.html"
    order = 110

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        found = pausing_seen_by(self.user, today)
        return {"pauses": [(each, each.is_paused(today)) for each in found]}


class UndecidedPanel(PanelForUser):
    """Which assignments the user sees of which nothing can be learnt any more."""

    name = "undecided"
    template_name = "training/assignments/undecided_panel.html"
    order = 105

    def get_context_data(self, parent_context):
        seen = obligations_seen_by(self.user)
        return {"undecided": undecided_assignments(seen, timezone.now())}
