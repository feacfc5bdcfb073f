"""Creating and editing an assignment in two steps: the form and a preview."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages

from jobs.queries import running_job
from training.assignments.access import can_change_assignment
from training.assignments.actions.assignments import (
    UnableToChange,
    change_assignment,
    create_assignment,
)
from training.assignments.forms.assignments import AssignmentForm
from training.assignments.kinds.steps import forecast_rules
from training.assignments.models import GIVING_OUT, Assignment
from training.assignments.queries.simulation import simulate_assignment
from training.assignments.queries.summaries import (
    rule_in_words,
    saved_rule,
    seen_with_audience,
)
from training.assignments.views.assignments import InOneAssignment
from training.assignments.wording import assignments
from training.teams.log import last_change_of
from training.teams.views.admin_mixins import TrainingAdminPage

# The values of the buttons; what was typed is carried from step to step.
PREVIEW, BACK, SAVE = "preview", "back", "save"
NOT_TYPED = ("csrfmiddlewaretoken", "step")


class AssignmentStepsView(TrainingAdminPage, FormView):
    """The form, then a preview, then saving."""

    template_name = "training/assignments/form.html"
    form_class = AssignmentForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        step = request.POST.get("step")
        if step == BACK or not form.is_valid():
            return self.form_invalid(form)
        return self.save(form) if step == SAVE else self.preview(form)

    def preview(self, form, **more):
        """Preview; nothing is written."""
        given = form.cleaned_data
        rule = form.rule
        simulation = simulate_assignment(
            rule,
            teams=given["teams"],
            people=given["people"],
            running_too=given.get("running_too", False),
            rules=forecast_rules(),
            at=self.at,
        )
        words = rule_in_words(
            rule, given["teams"], given["people"].select_related("user")
        )
        return self.render_page(
            "training/assignments/simulation.html",
            form=form,
            rule=words,
            simulation=simulation,
            **more,
        )

    def render_page(self, template, **context):
        context = self.get_context_data(**{"carried": self.carried()} | context)
        return self.response_class(self.request, [template], context)

    def carried(self):
        """Return what was typed as pairs of name and value, repeated names included."""
        return [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in NOT_TYPED
            for value in values
        ]


class CreateAssignment(AssignmentStepsView):
    """A new assignment."""

    page_title = gettext_lazy("New assignment")
    header_icon = "tasks"

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("assignments:index"), "label": _("Assignments")}]

    def get_initial(self):
        return {
            "starts_on": timezone.localdate(),
            "due_rule": Assignment.DueRule.ON_A_DATE,
        }

    def save(self, form):
        made = create_assignment(
            rule=form.rule,
            teams=form.cleaned_data["teams"],
            people=form.cleaned_data["people"],
            key=form.cleaned_data["key"],
            at=self.at,
            by=self.request.user,
        )
        job = running_job(kind=GIVING_OUT, about=made.pk)
        if job:
            return redirect("job", job.pk)
        message = _("“%(title)s” assigned.") % {"title": made.title}
        messages.success(self.request, message)
        return redirect("assignments:inspect", made.pk)


class EditAssignment(InOneAssignment, AssignmentStepsView):
    """A change to an assignment, which never overwrites somebody else's."""

    page_title = gettext_lazy("Edit assignment")

    def dispatch(self, request, *args, **kwargs):
        if not can_change_assignment(request.user, self.assignment):
            raise PermissionDenied
        if request.method == "GET" and self.assignment.ended_at:
            messages.error(
                request, _("This assignment has ended, so it cannot be changed.")
            )
            return redirect(self.url)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        rule = Assignment.objects.get(pk=self.assignment.pk)
        return super().get_form_kwargs() | {"instance": rule}

    def preview(self, form, **more):
        if self._is_stale(form.rule):
            return self._conflict(form)
        given = form.cleaned_data
        words = rule_in_words(
            form.rule, given["teams"], given["people"].select_related("user")
        )
        changes = assignments.rule_changes(saved_rule(self.assignment), words)
        return super().preview(form, changes=changes, is_change=True, **more)

    def save(self, form):
        given = form.cleaned_data
        try:
            change_assignment(
                rule=form.rule,
                teams=given["teams"],
                people=given["people"],
                running_too=given["running_too"],
                at=self.at,
                by=self.request.user,
            )
        except UnableToChange:
            return self._conflict(form)
        messages.success(self.request, _("Assignment updated."))
        return redirect(self.url)

    def _is_stale(self, rule):
        return self.assignment.ended_at or self.assignment.version != rule.version

    def _conflict(self, form):
        """Show both versions; what was typed is kept, so editing can continue."""
        given = form.cleaned_data
        saved = seen_with_audience(self.request.user).get(pk=self.assignment.pk)
        typed = rule_in_words(
            form.rule, given["teams"], given["people"].select_related("user")
        )
        kept = [pair for pair in self.carried() if pair[0] != "version"]
        return self.render_page(
            "training/assignments/conflict.html",
            form=form,
            carried=[*kept, ("version", saved.version)],
            changes=assignments.rule_changes(saved_rule(saved), typed),
            saved=saved,
            last=last_change_of(saved),
            back=self.url,
        )
