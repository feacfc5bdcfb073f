"""Doing something for the people chosen in the list: asks once, then does it."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView
from wagtail.admin import messages

from jobs.models import Job
from training.assignments.kinds.remind_now import sending_moment
from training.people.actions.bulk import UnableToStartBulk, act_on_people
from training.people.actions.verbs import UnableToAct
from training.people.views.bulk_pages import PAGES, BulkPage
from training.people.views.choosing import chosen_people, list_url
from training.people.wording import describe_outcomes
from training.teams.access import may_enter, teams_run_by
from training.teams.models import Team
from training.teams.rules.bulk import BulkOutcome
from training.teams.views.admin_mixins import TrainingAdminPage

NAMED = 10


@dataclass(frozen=True)
class Wait:
    """A team in its quiet hours, and when they end, in its own time."""

    team: Team
    until: dt.datetime


class ActOnPeople(TrainingAdminPage, FormView):
    """Says for whom it is done, asks for what it needs, and does it."""

    template_name = "training/people/act.html"
    header_icon = "user"

    def dispatch(self, request, *args, **kwargs):
        may_run = may_enter(request.user) and teams_run_by(request.user).exists()
        if may_enter(request.user) and not may_run:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def act(self) -> BulkPage:
        try:
            return PAGES[self.kwargs["verb"]]
        except KeyError:
            raise Http404 from None

    def get_page_title(self):
        return self.act.title

    @property
    def list_url(self):
        return list_url(self.request.GET)

    def get_parent_breadcrumbs(self):
        return [{"url": self.list_url, "label": _("People")}]

    @cached_property
    def people(self):
        rows = chosen_people(self.request)
        return rows.order_by("learner__user__last_name", "learner__user__email", "pk")

    def get_form_class(self):
        return self.act.form_class

    def get_form_kwargs(self):
        more = {"user": self.request.user, "people": self.people}
        return super().get_form_kwargs() | more

    def get_initial(self):
        return {"assignment": self.request.GET.get("assignment")}

    @cached_property
    def waits(self):
        """The teams of these people that are in their quiet hours now."""
        if not self.act.waits:
            return []
        teams = Team.objects.filter(pk__in=self.people.order_by().values("team"))
        moments = [(team, sending_moment(team, self.at)) for team in teams]
        return [Wait(team, until) for team, until in moments if until > self.at]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        first, count = list(self.people[:NAMED]), len(context["form"].keys)
        return context | {
            "act": self.act,
            "count": count,
            "first": first,
            "others": count - len(first),
            "waits": self.waits,
            "back": self.list_url,
        }

    def form_valid(self, form):
        verb = self.kwargs["verb"]
        terms = {"verb": verb, "keys": form.keys, "terms": form.terms()}
        try:
            came = act_on_people(by=self.request.user, at=self.at, **terms)
        except UnableToStartBulk:
            text = _("You have started this already. Wait until it is done.")
            messages.warning(self.request, text)
            return redirect(self.list_url)
        except UnableToAct as problem:
            form.add_error(None, str(problem))
            return self.form_invalid(form)
        if isinstance(came, Job):
            return redirect("job", came.pk)
        self._say(verb, came)
        return redirect(self.list_url)

    def _say(self, verb, counts):
        done = {BulkOutcome.DONE: counts.pop(BulkOutcome.DONE, 0)}
        if any(done.values()):
            messages.success(self.request, " ".join(describe_outcomes(verb, done)))
        if counts:
            messages.warning(self.request, " ".join(describe_outcomes(verb, counts)))
