"""A person's record, with links to the log and evidence."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.widgets.button import Button

from mail.queries import failing_address_of
from training.reports.queries.record import record_of
from training.teams import access
from training.teams.queries.people import name_of
from training.teams.views.admin_mixins import TrainingAdminPage


class PersonView(TrainingAdminPage, TemplateView):
    """Everything the user may see about one person."""

    template_name = "training/reports/person/record.html"
    page_title = gettext_lazy("Person")
    header_icon = "user"

    @cached_property
    def learner(self):
        seen = access.learners_seen_by(self.request.user).select_related("user")
        return get_object_or_404(seen, uuid=self.kwargs["learner"])

    def get_page_title(self):
        return name_of(self.learner)

    @cached_property
    def header_more_buttons(self):
        buttons = [
            (_("Log"), "evidence:person_log", "history"),
            (_("Evidence (zip)"), "evidence:person", "download"),
        ]
        if self.may_change:
            elsewhere = _("Record a completion elsewhere")
            buttons += [
                (_("Correct details"), "people:correct", "edit"),
                (elsewhere, "elsewhere:record", "link-external"),
            ]
            if access.may_propose_address(self.request.user, self.learner):
                proposing = _("Propose a new e-mail address")
                buttons += [(proposing, "people:propose_address", "mail")]
        return [
            Button(
                label,
                url=reverse(name, args=[self.learner.uuid]),
                icon_name=icon,
                priority=place,
            )
            for place, (label, name, icon) in enumerate(buttons)
        ]

    @cached_property
    def may_change(self):
        runs = access.learners_run_by(self.request.user).filter(pk=self.learner.pk)
        return bool(self.learner.user) and runs.exists()

    def get_context_data(self, **kwargs):
        record = record_of(self.learner, self.request.user, self.at)
        context = {
            "record": record,
            "failing": failing_address_of(self.learner.user),
            "may_change": self.may_change,
        }
        return super().get_context_data(**kwargs) | context
