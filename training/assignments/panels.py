"""Panels trainers see: paused quizzes, decisions to make, and when they get mail."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from accounts.panels.admin_pages import PanelForUser
from training.assignments.access import obligations_seen_by
from training.assignments.forms.digests import DigestTimeForm
from training.assignments.queries.pause_warnings import pausing_seen_by
from training.assignments.queries.undecided import undecided_assignments
from training.teams.queries.teams import trainers_in


class DigestTimePanel(BaseSettingsPanel):
    """Part of the trainer's account: when the list of who is behind is sent."""

    name = "digest"
    title = _("Who is behind, once a week")
    tab = notifications_tab
    form_class = DigestTimeForm
    order = 150

    def is_active(self):
        return trainers_in(learner__user=self.user).exists()


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
