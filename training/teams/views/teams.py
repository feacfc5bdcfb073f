"""Teams in the admin: the list, and creating, editing, archiving and restoring them."""

from django.forms import Form
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters.filters import ChoiceFilter
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from training.teams.access import (
    may_enter,
    may_make_teams,
    teams_run_by,
    teams_seen_by,
)
from training.teams.actions.teams import (
    NameTaken,
    archive_team,
    bring_back_team,
    change_team,
    create_team,
)
from training.teams.forms.teams import TeamForm
from training.teams.models import Team
from training.teams.queries.teams import with_people
from training.teams.views.admin_mixins import TrainingAdminPage
from training.teams.views.team_pages import CurrentTeamPage, TeamFormView, TeamPage

TAKEN = gettext_lazy("There is already a team with this name.")


class TeamFilterSet(WagtailFilterSet):
    """Hides archived teams unless the filter asks for them."""

    state = ChoiceFilter(
        label=gettext_lazy("State"),
        method="in_state",
        choices=[
            ("archived", gettext_lazy("Archived")),
            ("all", gettext_lazy("Current and archived")),
        ],
        empty_label=gettext_lazy("Current"),
    )

    class Meta:
        model = Team
        fields = []

    def in_state(self, teams, name, value):
        return teams.exclude(archived_at=None) if value == "archived" else teams

    def filter_queryset(self, queryset):
        teams = super().filter_queryset(queryset)
        return teams if self.form.cleaned_data["state"] else teams.current()


def _trainers(team):
    return ", ".join(str(row.learner.user or "") for row in team.trainers)


class TeamListView(TrainingAdminPage, IndexView):
    """The teams that the user looks after."""

    results_template_name = "accounts/admin/list_results.html"
    model = Team
    header_icon = "group"
    page_title = gettext_lazy("Teams")
    any_permission_required = None
    add_item_label = gettext_lazy("New team")
    filterset_class = TeamFilterSet
    search_fields = ("name",)
    default_ordering = "name"
    paginate_by = 50
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Name"),
            url_name="teams:inspect",
            sort_key="name",
        ),
        Column("people", label=gettext_lazy("People"), sort_key="people"),
        Column("trainers", label=gettext_lazy("Trainers"), accessor=_trainers),
        DateColumn(
            "archived_at", label=gettext_lazy("Archived"), sort_key="archived_at"
        ),
    ]

    def get_base_queryset(self):
        return with_people(teams_seen_by(self.request.user))

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if teams_run_by(self.request.user).exists():
            url = reverse("teams:several_rosters")
            label = _("Roster of several teams")
            buttons.append(Button(label, url=url, icon_name="upload", priority=80))
        return buttons

    def get_add_url(self):
        if may_make_teams(self.request.user):
            return reverse("teams:add")
        return None


class AddTeam(TeamFormView):
    page_title = gettext_lazy("New team")
    form_class = TeamForm
    button = gettext_lazy("Create team")

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and not may_make_teams(request.user):
            return self.refuse(_("Only trainers can create teams."))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": Team()}

    def perform(self, form, at):
        try:
            self.team = create_team(team=form.instance, by=self.request.user, at=at)
        except NameTaken:
            return form.add_error("name", TAKEN)
        return _("Team “%(team)s” created. Now add people.") % {"team": self.team}

    def get_back_url(self):
        return reverse("teams:index")

    def get_success_url(self):
        return reverse("teams:inspect", args=[self.team.pk])


class EditTeam(CurrentTeamPage, TeamFormView):
    page_title = gettext_lazy("Edit team")
    form_class = TeamForm
    lead = gettext_lazy(
        "A new time zone applies to future assignments. Existing due dates stay as "
        "they are."
    )

    @cached_property
    def edited(self):
        return Team.objects.get(pk=self.team.pk)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.edited}

    def perform(self, form, at):
        try:
            change_team(team=form.instance, by=self.request.user)
        except NameTaken:
            return form.add_error("name", TAKEN)
        return _("Team “%(team)s” updated.") % {"team": form.instance}


class ArchiveTeam(CurrentTeamPage, TeamFormView):
    page_title = gettext_lazy("Archive team")
    lead = gettext_lazy(
        "People will no longer be asked for anything through this team, and its join "
        "links will close. Learning records, certificates and the log are kept. You "
        "can restore the team at any time."
    )
    button = gettext_lazy("Archive team")
    is_serious = True
    form_class = Form

    def perform(self, form, at):
        archive_team(team=self.team, by=self.request.user, at=at)
        return _("Team “%(team)s” archived.") % {"team": self.team}


class BringBackTeam(TeamPage, TeamFormView):
    changes = True
    page_title = gettext_lazy("Restore team")
    lead = gettext_lazy(
        "Its people will again be asked for what is assigned to the team. Join links "
        "stay closed."
    )
    button = gettext_lazy("Restore team")
    form_class = Form

    def form_valid(self, form):
        at = timezone.now()
        try:
            bring_back_team(team=self.team, by=self.request.user, at=at)
        except NameTaken:
            text = _("Another team is now called “%(team)s”. Rename that team first.")
            return self.refuse(text % {"team": self.team})
        text = _("Team “%(team)s” restored.") % {"team": self.team}
        messages.success(self.request, text)
        return redirect(self.team_url)
