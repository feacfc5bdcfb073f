"""Recording what one person completed elsewhere, and revoking it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.assignments.access import completions_run_by, teams_to_record_in
from training.assignments.actions.completions import (
    UnableToRecord,
    record_completion,
    revoke_completion,
)
from training.assignments.queries.completions import effects_of
from training.assignments.wording.elsewhere import effects_in_words
from training.elsewhere.forms.recording import CompletionForm, RevokeCompletionForm
from training.teams.access import learners_run_by, may_enter
from training.teams.queries.people import name_of, person_breadcrumb
from training.teams.views.team_pages import TeamFormView


class BelowPerson(TeamFormView):
    """A form about one person that leads back to their record."""

    header_icon = "link-external"

    def get_page_subtitle(self):
        return name_of(self.learner)

    def get_parent_breadcrumbs(self):
        people = {"url": reverse("people:index"), "label": _("People")}
        return [people, *person_breadcrumb(self.learner)]

    def get_back_url(self):
        return reverse("reports:person", args=[self.learner.uuid])

    get_success_url = get_back_url


class RecordCompletion(BelowPerson):
    """Course, day, where, who says so, and a file that proves it."""

    page_title = gettext_lazy("Record a completion elsewhere")
    form_class = CompletionForm
    button = gettext_lazy("Record")
    lead = gettext_lazy(
        "For a course that this person completed outside this site. It is marked as done "
        "elsewhere wherever it counts, and gives no certificate."
    )

    @cached_property
    def learner(self):
        people = learners_run_by(self.request.user).filter(user__isnull=False)
        return get_object_or_404(
            people.select_related("user"), uuid=self.kwargs["uuid"]
        )

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and not self._may_record:
            return self.refuse(
                _("This person is in no current team, so nothing can be recorded.")
            )
        return super().dispatch(request, *args, **kwargs)

    @property
    def _may_record(self):
        return teams_to_record_in(self.request.user, self.learner).exists()

    def get_form_kwargs(self):
        whose = {"user": self.request.user, "learner": self.learner}
        return super().get_form_kwargs() | whose

    def form_invalid(self, form):
        form.ask_for_file_again()
        return super().form_invalid(form)

    def perform(self, form, at):
        try:
            made = record_completion(
                learner=self.learner,
                team=form.cleaned_data["team"],
                facts=form.facts,
                key=form.cleaned_data["key"],
                by=self.request.user,
                at=at,
            )
        except UnableToRecord as error:
            form.add_error(error.field, str(error))
            return None
        return " ".join([_("Recorded."), *effects_in_words(effects_of(made))])


class RevokeCompletion(BelowPerson):
    """Asks why, and lets a completion count no longer."""

    page_title = gettext_lazy("Revoke a completion elsewhere")
    form_class = RevokeCompletionForm
    button = gettext_lazy("Revoke")
    is_serious = True
    lead = gettext_lazy(
        "What was done by it has to be done again by its due date, unless something else "
        "counts. The record and its proof are kept."
    )

    @cached_property
    def completion(self):
        rows = completions_run_by(self.request.user).select_related("learner__user")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def learner(self):
        return self.completion.learner

    def perform(self, form, at):
        revoke_completion(
            completion=self.completion,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=at,
        )
        return _("Revoked. It no longer counts.")
