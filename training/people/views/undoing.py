"""Undoing what the trainer did last for many people."""

from django.forms import Form
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from jobs.models import Job
from training.people.actions.bulk import UnableToStartBulk, undo_last
from training.people.actions.verbs import UnableToAct
from training.people.queries.acts import last_undoable
from training.people.wording import describe_act, describe_outcomes
from training.teams.views.admin_mixins import TrainingAdminPage
from training.teams.views.team_pages import TeamFormView

GONE = gettext_lazy("There is nothing to undo any more.")


class UndoLast(TeamFormView):
    """Says what is undone, and for how many, and undoes it."""

    page_title = gettext_lazy("Undo")
    header_icon = "rotate"
    form_class = Form
    button = gettext_lazy("Undo")

    @cached_property
    def act(self):
        return last_undoable(self.request.user, self.at)

    @property
    def lead(self):
        more = _("Whoever has been changed again since then stays as they are.")
        return f"{describe_act(self.act)} {more}"

    def get_parent_breadcrumbs(self):
        people = {"url": self.get_back_url(), "label": _("People")}
        return [*TrainingAdminPage.get_parent_breadcrumbs(self), people]

    def get_back_url(self):
        return reverse("people:index")

    def get(self, request, *args, **kwargs):
        if self.act is None:
            return self.refuse(GONE)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            came = undo_last(by=self.request.user, at=self.at)
        except (UnableToStartBulk, UnableToAct):
            return self.refuse(GONE)
        if isinstance(came, Job):
            return redirect("job", came.pk)
        messages.success(self.request, " ".join(describe_outcomes("undo", came)))
        return redirect(self.get_back_url())
