"""Uploading a roster in the admin: the file, its preview and applying it."""

from django import forms
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from accounts.forms.plain import PlainForm
from accounts.rules.fonts import packages_for, without_font
from jobs.access import may_see_job
from jobs.models import Job
from jobs.queries import running_job
from training.teams import wording
from training.teams.actions import roster_uploads
from training.teams.actions.roster_jobs import (
    ApplyingRoster,
    UnableToStart,
    confirm_review,
    confirm_roster,
)
from training.teams.actions.roster_reviews import (
    KEPT_FOR_AN_HOUR,
    MOST_IN_REQUEST,
    check_upload,
    may_be_checked,
    parse_table,
    review_roster,
)
from training.teams.actions.rosters import (
    UnableToApply,
    UnableToTakeOut,
    outcome_counts,
)
from training.teams.forms.roster_choices import (
    choices_in,
    date_orders,
    leavers_in,
    with_fields,
)
from training.teams.readers import rosters
from training.teams.rules.rosters.leavers import NO_LEAVERS
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.views.team_pages import CurrentTeamPage, TeamFormView

NOT_APPLIED = {
    UnableToStart: wording.ROSTER_RUNS,
    UnableToTakeOut: wording.NO_REASON,
}


class RosterForm(PlainForm):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A CSV or XLSX file of up to 10 MB and 50,000 rows. One row must name the "
            "columns: E-mail and, optionally, First name and Last name (or Name), "
            "Staff number, Job title, Site, Role, and Team joined date. You can change what each column "
            "contains before anything is saved."
        ),
    )


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
        if not may_be_checked(table, at=timezone.now()):
            form.add_error("file", wording.NO_WORKER)
            return self.form_invalid(form)
        roster_uploads.keep_upload(self.request, self.team, table)
        return redirect("teams:roster_plan", self.team.pk)


class RosterPlanView(CurrentTeamPage, TemplateView):
    """The preview of an uploaded roster, with its choices and the Apply button."""

    page_title = gettext_lazy("Roster preview")
    template_name = "training/teams/roster_plan.html"

    @cached_property
    def upload(self):
        return roster_uploads.kept_upload(self.request, self.team)

    @cached_property
    def checked(self):
        """The review of a long roster, once a job has made it."""
        return roster_uploads.kept_review(self.request, self.team)

    @cached_property
    def choices(self):
        """What was chosen: what is sent now, or else earlier."""
        kept = (self.checked or self.upload).choices
        sent = self.request.POST
        return choices_in(sent, kept) if self.request.method == "POST" else kept

    @cached_property
    def leavers(self):
        """Who was ticked of those not in the file: what is sent now, or else earlier."""
        if self.request.method == "POST":
            return leavers_in(self.request.POST)
        return self.upload.leavers if self.upload else NO_LEAVERS

    def get(self, request, *args, **kwargs):
        if not (self.checked or self.upload):
            return self._upload_again()
        return self._show()

    def post(self, request, *args, **kwargs):
        if not (self.checked or self.upload):
            return self._upload_again()
        if "again" in request.POST:
            return self._check_again()
        try:
            applied = self._apply()
        except (UnableToStart, UnableToTakeOut) as problem:
            messages.error(request, NOT_APPLIED[type(problem)])
            return self._show()
        except (UnableToApply, UnableToRead):
            messages.error(request, wording.PLAN_CHANGED)
            is_other = self.checked and not self.checked.was_made_with(self.choices)
            return self._check_again() if is_other else self._show()
        roster_uploads.drop_upload(request, self.team)
        return self._say_what_follows(applied)

    def _check_again(self):
        if self.upload is None:
            return self._upload_again()
        chosen = (self.upload.table, self.choices, self.leavers)
        roster_uploads.keep_upload(self.request, self.team, *chosen)
        return redirect("teams:roster_plan", self.team.pk)

    def _say_what_follows(self, applied):
        if isinstance(applied, Job):
            messages.success(self.request, wording.ROSTER_STARTED)
            return redirect("job", applied.pk)
        text = wording.describe_roster(outcome_counts(applied))
        messages.success(self.request, text)
        several = roster_uploads.teams_of_several(self.request)
        if self.team.pk in several.get("teams", ()):
            return redirect("teams:several_plans")
        return redirect(self.team_url)

    def _apply(self):
        at, sent = timezone.now(), self.request.POST
        terms = {
            "team": self.team,
            "fingerprint": sent.get("plan", ""),
            "leavers": self.leavers,
            "by": self.request.user,
            "at": at,
        }
        if self.checked:
            return confirm_review(review=self.checked, choices=self.choices, **terms)
        parsed = parse_table(self.team, self.upload.table, self.choices, at)
        return confirm_roster(parsed=parsed, **terms)

    def _upload_again(self):
        job = running_job(kind=ApplyingRoster.code, about=self.team.pk)
        if job and may_see_job(self.request.user, job):
            return redirect("job", job.pk)
        messages.warning(self.request, KEPT_FOR_AN_HOUR)
        return redirect("teams:roster", self.team.pk)

    def _show(self):
        if self.checked:
            return self._show_review(self.checked)
        if len(self.upload.table.rows) > MOST_IN_REQUEST:
            return self._wait_for_review()
        review, _plan = review_roster(
            team=self.team,
            table=self.upload.table,
            choices=self.choices,
            by=self.request.user,
            at=timezone.now(),
        )
        return self._show_review(review)

    def _wait_for_review(self):
        terms = {"team": self.team, "by": self.request.user, "at": timezone.now()}
        job = check_upload(upload=self.upload, **terms)
        # Its review was kept for as long as the upload.
        return self._upload_again() if job.state == "done" else redirect("job", job.pk)

    def _show_review(self, review):
        letters = without_font(review.letters)
        context = self.get_context_data(
            plan=review,
            choices=self.choices,
            columns=with_fields(review.columns),
            orders=date_orders(self.choices),
            vanished=list(map(wording.vanished_line, review.vanished)),
            leavers=self.leavers,
            unreadable=review.unreadable and wording.of_file(review.unreadable),
            letters=letters,
            packages=packages_for(letters),
            problems=review.problems.map(wording.problem_line),
            empties=review.empties.map(wording.empty_line),
            steps=review.to_do.map(wording.step_line),
            counts=wording.outcome_lines(review.counts),
            upload_url=reverse("teams:roster", args=[self.team.pk]),
        )
        return self.render_to_response(context)
