"""The base of every page about a team, and of the forms that change it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm

from training.teams.access import may_enter, teams_run_by, teams_seen_by
from training.teams.views.admin_mixins import TrainingAdminPage


class BelowTeamsPage(TrainingAdminPage):
    """A page below the list of teams."""

    header_icon = "group"

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("teams:index"), "label": _("Teams")}]


class TeamPage(BelowTeamsPage):
    """A page about one team; not found for anybody who does not look after it.

    Observers are refused if the page `changes` something.
    """

    changes = False

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and self.changes and not self.may_change:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def team(self):
        teams = teams_seen_by(self.request.user)
        return get_object_or_404(teams, pk=self.kwargs["pk"])

    @cached_property
    def may_change(self):
        return teams_run_by(self.request.user).filter(pk=self.team.pk).exists()

    @property
    def team_url(self):
        return reverse("teams:inspect", args=[self.team.pk])

    def get_page_subtitle(self):
        return self.team.name

    def get_parent_breadcrumbs(self):
        return [
            *super().get_parent_breadcrumbs(),
            {"url": self.team_url, "label": self.team.name},
        ]


class CurrentTeamPage(TeamPage):
    """A page that changes a team that is not archived."""

    changes = True

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and self.may_change and self.team.archived_at:
            return self._say_it_is_archived()
        return super().dispatch(request, *args, **kwargs)

    def _say_it_is_archived(self):
        text = _("“%(team)s” is archived, so nothing was changed. Restore it first.")
        messages.warning(self.request, text % {"team": self.team})
        return redirect(self.team_url)


class TeamFormView(BelowTeamsPage, FormView):
    """A form, or a confirmation question, and its action.

    `perform(form, at)` performs it and returns the message, or adds errors to the form
    and returns None.
    """

    template_name = "training/teams/form.html"
    lead = ""
    button = _("Save")
    is_serious = False

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if issubclass(self.get_form_class(), WagtailAdminModelForm):
            kwargs["for_user"] = self.request.user
        return kwargs

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {"media": context["form"].media, "back": self.get_back_url()}

    def get_back_url(self):
        return self.team_url

    def get_success_url(self):
        return self.team_url

    def form_valid(self, form):
        message = self.perform(form, self.at)
        if form.errors:
            return self.form_invalid(form)
        messages.success(self.request, message)
        return redirect(self.get_success_url())

    def form_invalid(self, form):
        messages.validation_error(
            self.request, _("Nothing has been saved yet. Fix the errors below."), form
        )
        return super().form_invalid(form)

    def refuse(self, text):
        """Redirect back with a message saying why it cannot be done."""
        messages.error(self.request, text)
        return redirect(self.get_back_url())
