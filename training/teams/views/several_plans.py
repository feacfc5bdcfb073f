"""The teams in a roster of several: what each preview says, and applying them at once."""

from dataclasses import dataclass

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages

from jobs.models import Job
from training.teams import wording
from training.teams.access import teams_run_by
from training.teams.actions import roster_uploads
from training.teams.actions.roster_jobs import UnableToStart, confirm_roster
from training.teams.actions.roster_reviews import (
    MOST_IN_REQUEST,
    parse_table,
    review_roster,
)
from training.teams.actions.roster_uploads import RosterUpload
from training.teams.actions.rosters import UnableToApply
from training.teams.models import Team
from training.teams.rules.rosters.plan import RosterPlan
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.views.several_rosters import OfSeveralTeams


@dataclass
class TeamUpload:
    """A team of the file, and its rows unless they were applied or an hour passed.

    `plan` is what would change, if the file is short enough to look at it here.
    """

    team: Team
    upload: RosterUpload | None
    plan: RosterPlan | None = None

    @property
    def people(self) -> int:
        return len(self.upload.table.rows) - 1 if self.upload else 0

    @property
    def is_ready(self) -> bool:
        """Whether nothing is left to fix or to answer before it is applied."""
        return bool(self.plan and self.plan.is_ready)

    @property
    def changes(self) -> str:
        """What the plan would do to how many people, in words."""
        lines = wording.outcome_lines(self.plan.counts) if self.is_ready else ()
        return "; ".join(f"{words}: {number}" for words, number in lines if number)


class SeveralPlansView(OfSeveralTeams, TemplateView):
    """The teams in the last roster of several, each with its preview."""

    page_title = gettext_lazy("Teams in the roster")
    template_name = "training/teams/several_plans.html"

    @cached_property
    def uploads(self):
        held = roster_uploads.teams_of_several(self.request)
        teams = teams_run_by(self.request.user).filter(pk__in=held.get("teams", ()))
        found = [
            TeamUpload(team, roster_uploads.kept_upload(self.request, team))
            for team in teams.order_by("name")
        ]
        if sum(each.people for each in found) <= MOST_IN_REQUEST:
            for each in found:
                each.plan = self._plan(each)
        return found

    def _plan(self, each):
        if each.upload is None or each.team.archived_at:
            return None
        _review, plan = review_roster(
            team=each.team,
            table=each.upload.table,
            choices=each.upload.choices,
            by=self.request.user,
            at=timezone.now(),
        )
        return plan

    def get(self, request, *args, **kwargs):
        if not self.uploads:
            return redirect("teams:several_rosters")
        return super().get(request, *args, **kwargs)

    def post(self, request):
        """Apply what was shown to every team whose preview leaves nothing to decide."""
        shown = set(request.POST.getlist("plan"))
        ready = [each for each in self.uploads if each.is_ready]
        came = [self._apply(each) for each in ready if each.plan.fingerprint in shown]
        done = [each for each in came if each]
        if done:
            self._say(len(done), any(isinstance(each, Job) for each in done))
        if len(done) < len(shown):
            messages.warning(request, wording.PLAN_CHANGED)
        return redirect("teams:several_plans")

    def _apply(self, each):
        """Return what was applied, or the job that does it; None if it was not possible."""
        by, at = self.request.user, timezone.now()
        upload, fingerprint = each.upload, each.plan.fingerprint
        try:
            parsed = parse_table(each.team, upload.table, upload.choices, at)
            came = confirm_roster(
                team=each.team, parsed=parsed, fingerprint=fingerprint, by=by, at=at
            )
        except (UnableToApply, UnableToRead, UnableToStart):
            return None
        roster_uploads.drop_upload(self.request, each.team)
        return came

    def _say(self, number, is_later):
        text = ngettext(
            "The roster of %(n)d team was applied.",
            "The rosters of %(n)d teams were applied.",
            number,
        )
        later = _("Long ones are applied in the background.") if is_later else ""
        messages.success(self.request, f"{text % {'n': number}} {later}".strip())

    def get_context_data(self, **kwargs):
        held = roster_uploads.teams_of_several(self.request)
        return super().get_context_data(
            uploads=self.uploads,
            problems=held["problems"],
            waiting=sum(bool(each.upload) for each in self.uploads),
            ready=sum(each.is_ready for each in self.uploads),
            upload_url=reverse("teams:several_rosters"),
            **kwargs,
        )
