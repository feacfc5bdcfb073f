"""A person's record, and where other parts of the room add to it.

Two hooks, in the manner of Wagtail: `training_person_buttons(learner, user)` returns
buttons for the header, `training_person_panels(learner, user)` returns components that
are shown below the record.
"""

from itertools import chain

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from training import access
from training.people import name_of
from training.report_views.base import EntersTraining
from training.report_views.columns import ICONS
from training.reports.record import record_of


class PersonView(EntersTraining, WagtailAdminTemplateMixin, TemplateView):
    """All that the user may see of one person."""

    template_name = "training/person/record.html"
    page_title = _("Person")
    header_icon = "user"

    @cached_property
    def learner(self):
        seen = access.learners_seen_by(self.request.user).select_related("user")
        return get_object_or_404(seen, uuid=self.kwargs["learner"])

    def get_page_subtitle(self):
        return name_of(self.learner)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": "", "label": self.page_title, "sublabel": name_of(self.learner)},
        ]

    @cached_property
    def header_more_buttons(self):
        return self._from_hooks("training_person_buttons")

    def _from_hooks(self, name):
        found = (
            hook(self.learner, self.request.user) for hook in hooks.get_hooks(name)
        )
        return list(chain.from_iterable(found))

    def get_context_data(self, **kwargs):
        record = record_of(self.learner, self.request.user, self.at)
        return super().get_context_data(
            record=record,
            obligations=[(line, ICONS[line.status]) for line in record.obligations],
            panels=self._from_hooks("training_person_panels"),
            **kwargs,
        )
