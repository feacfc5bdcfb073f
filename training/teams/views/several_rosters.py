"""Uploading one roster for several teams, by a column that names the team."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from training.teams import wording
from training.teams.access import may_enter, teams_run_by
from training.teams.actions import roster_uploads
from training.teams.actions.roster_reviews import may_be_checked
from training.teams.queries.teams import teams_called
from training.teams.readers import rosters
from training.teams.rules.rosters.by_team import split_by_team, tables_of_teams
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.views.rosters import RosterForm
from training.teams.views.team_pages import BelowTeamsPage, TeamFormView


class SeveralRostersForm(RosterForm):
    """A file, and the column that names the team."""

    column = forms.CharField(
        label=gettext_lazy("Column with the team"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "Its name, as the file has it. Leave this empty if it is called Team,"
            " Department, Ward or the like, in any language."
        ),
    )


class OfSeveralTeams(BelowTeamsPage):
    """A page for people who may change a team."""

    def dispatch(self, request, *args, **kwargs):
        may_run = may_enter(request.user) and teams_run_by(request.user).exists()
        if may_enter(request.user) and not may_run:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UploadSeveralView(OfSeveralTeams, TeamFormView):
    page_title = gettext_lazy("Roster of several teams")
    form_class = SeveralRostersForm
    button = gettext_lazy("Preview changes")
    lead = gettext_lazy(
        "You will first see which teams are in the file, and a preview for each of"
        " them. Nobody is removed or invited until you confirm."
    )

    def get_back_url(self):
        return reverse("teams:index")

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
        return self._take_apart(form, table)

    def _take_apart(self, form, table):
        try:
            split = split_by_team(table, form.cleaned_data["column"])
        except UnableToRead as error:
            form.add_error("column", wording.of_file(error))
            return self.form_invalid(form)
        known = teams_called(teams_run_by(self.request.user))
        problems = list(wording.split_lines(split, known))
        found = tables_of_teams(split, known)
        if not found:
            form.add_error("file", " ".join([str(wording.NO_TEAM_FOUND), *problems]))
            return self.form_invalid(form)
        roster_uploads.keep_several(self.request, found, problems)
        return redirect("teams:several_plans")
