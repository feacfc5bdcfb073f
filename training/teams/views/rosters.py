"""Uploading a roster in the admin: the file, its preview and applying it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from accounts.rules.fonts import packages_for, without_font
from progress.rules.days import day_in
from training.teams import wording
from training.teams.actions import roster_uploads
from training.teams.actions.rosters import UnableToApply, apply_roster, plan_roster
from training.teams.forms.roster_choices import choices_in, date_orders, with_fields
from training.teams.readers import rosters
from training.teams.rules.rosters import rows, sheets
from training.teams.rules.rosters.plan import RosterOutcome
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.views.team_pages import CurrentTeamPage, TeamFormView

SHOWN = 500


class RosterForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A CSV or XLSX file of up to 10 MB and 5,000 rows. One row must name the "
            "columns: E-mail and, optionally, First name and Last name (or Name), "
            "Staff number, Role, and Team joined date. You can change what each column "
            "contains before anything is saved."
        ),
    )


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class UploadRosterView(CurrentTeamPage, TeamFormView):
    page_title = gettext_lazy("Upload a roster")
    form_class = RosterForm
    button = gettext_lazy("Preview changes")
    lead = gettext_lazy(
        "You will first see a preview of the changes for each person. Nobody is "
        "removed or invited until you confirm."
    )

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        try:
            table = rosters.read_roster_bounded(file.read(rosters.LARGEST + 1))
        except UnableToRead as error:
            form.add_error("file", wording.of_file(error))
            return self.form_invalid(form)
        roster_uploads.keep_upload(self.request, self.team, table)
        return redirect("teams:roster_plan", self.team.pk)


class RosterPlanView(CurrentTeamPage, TemplateView):
    """The preview of an uploaded roster, with its choices and the Apply button."""

    page_title = gettext_lazy("Roster preview")
    template_name = "training/teams/roster_plan.html"

    def get(self, request, *args, **kwargs):
        kept = roster_uploads.kept_upload(request, self.team)
        return self._show(*kept) if kept else self._upload_again()

    def post(self, request, *args, **kwargs):
        kept = roster_uploads.kept_upload(request, self.team)
        if kept is None:
            return self._upload_again()
        table, choices = kept[0], choices_in(request.POST, kept[1])
        if "again" in request.POST:
            roster_uploads.keep_upload(request, self.team, table, choices)
            return redirect("teams:roster_plan", self.team.pk)
        try:
            plan = self._apply(table, choices)
        except (UnableToApply, UnableToRead):
            text = _(
                "Nothing was saved: the plan has changed, or there are choices left to "
                "make. Check the plan again."
            )
            messages.error(request, text)
            return self._show(table, choices)
        roster_uploads.drop_upload(request, self.team)
        messages.success(request, _message(plan))
        return redirect(self.team_url)

    def _parsed(self, table, choices):
        today = day_in(timezone.now(), self.team.time_zone)
        return rows.parse_roster(table, today, is_address, choices)

    def _apply(self, table, choices):
        return apply_roster(
            team=self.team,
            parsed=self._parsed(table, choices),
            fingerprint=self.request.POST.get("plan", ""),
            remove_absent="remove" in self.request.POST,
            by=self.request.user,
            at=timezone.now(),
        )

    def _upload_again(self):
        messages.warning(
            self.request, _("Upload the roster again. We only keep it for an hour.")
        )
        return redirect("teams:roster", self.team.pk)

    def _show(self, table, choices):
        sheet = sheets.take_apart(table, choices)
        context = {
            "columns": with_fields(sheet),
            "choices": choices,
            "skipped": [
                (number, ", ".join(filter(None, cells)))
                for number, cells in sheet.body
                if number in choices.skipped
            ],
            "orders": date_orders(choices),
            "upload_url": reverse("teams:roster", args=[self.team.pk]),
        }
        try:
            context |= self._planned(self._parsed(table, choices))
        except UnableToRead as error:
            context |= {"unreadable": wording.of_file(error)}
        return self.render_to_response(self.get_context_data(**context))

    def _planned(self, parsed):
        plan = plan_roster(team=self.team, parsed=parsed, by=self.request.user)
        problems = plan.problems or plan.left_out
        letters = without_font("".join(map("".join, (row.names for row in plan.steps))))
        return {
            "plan": plan,
            "parsed": parsed,
            "letters": letters,
            "packages": packages_for(letters),
            "problems": [(row.row, wording.of_row(row)) for row in problems],
            "empties": [
                (row.row, row.column, wording.of_row(row)) for row in plan.empties
            ],
            "steps": [
                (step, wording.OF_OUTCOME[step.outcome]) for step in plan.to_do[:SHOWN]
            ],
            "not_shown": max(0, len(plan.to_do) - SHOWN),
            "titled": [row for row in parsed.rows if row.titles],
            "counts": [
                (wording.OF_OUTCOME[outcome], plan.count(outcome))
                for outcome in RosterOutcome
            ],
        }


def _message(plan):
    counts = {outcome.value: plan.count(outcome) for outcome in RosterOutcome}
    done = _(
        "Roster applied: %(invited)d invited, %(added)d added, "
        "%(changed)d changed, %(unchanged)d unchanged."
    )
    moved = ngettext(
        "%(readdressed)d address was changed.",
        "%(readdressed)d addresses were changed.",
        counts["readdressed"],
    )
    return " ".join([done, moved] if counts["readdressed"] else [done]) % counts
