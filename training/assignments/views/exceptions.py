"""One obligation with its ledger, and making exceptions for one or more people."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from training.assignments.access import obligations_run_by, obligations_seen_by
from training.assignments.actions.exceptions import UnableToRevoke, revoke_exception
from training.assignments.forms.exceptions import FOR_SEVERAL, FORMS, made_for
from training.assignments.models import ExceptionEntry, Obligation
from training.assignments.rules import due
from training.assignments.views.assignments import InOneAssignment
from training.assignments.wording import reasons
from training.teams.models import site_time_zone
from training.teams.queries.people import name_of
from training.teams.views.admin_mixins import TrainingAdminPage


@dataclass(frozen=True)
class LedgerLine:
    """An entry in the ledger with its state in words."""

    entry: ExceptionEntry
    state: str
    can_end: bool


def _line(entry, at):
    if entry.revoked_at:
        return LedgerLine(entry, _("revoked"), can_end=False)
    if entry.ends_at and entry.ends_at <= at:
        return LedgerLine(entry, _("ended"), can_end=False)
    state = _("in force") if entry.starts_at <= at else _("upcoming")
    can_end = entry.kind != ExceptionEntry.Kind.ASKED_AGAIN
    return LedgerLine(entry, state, can_end=can_end)


class OfObligation(TrainingAdminPage):
    """A page about what one person was asked for in one cycle."""

    header_icon = "user"

    def allowed(self):
        return obligations_run_by(self.request.user)

    def get_pk(self):
        return self.kwargs["pk"]

    @cached_property
    def obligation(self):
        rows = self.allowed().select_related("assignment", "learner__user", "team")
        return get_object_or_404(rows.with_status(self.at), pk=self.get_pk())

    @property
    def url(self):
        return reverse("obligations:inspect", args=[self.obligation.pk])

    @property
    def person(self):
        return name_of(self.obligation.learner)

    def get_parent_breadcrumbs(self):
        assignment = self.obligation.assignment
        page = reverse("assignments:inspect", args=[assignment.pk])
        return [
            {"url": reverse("assignments:index"), "label": _("Assignments")},
            {"url": page, "label": assignment.title},
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            obligation=self.obligation, person=self.person, back=self.url, **kwargs
        )


class BelowObligation(OfObligation):
    """A page below an obligation's page."""

    def get_parent_breadcrumbs(self):
        return [
            *super().get_parent_breadcrumbs(),
            {"url": self.url, "label": self.person},
        ]


class ObligationPage(OfObligation, TemplateView):
    """Why this person was asked, the status, and the ledger."""

    template_name = "training/assignments/exceptions/obligation.html"

    def allowed(self):
        return obligations_seen_by(self.request.user)

    def get_page_title(self):
        return self.person

    def get_page_subtitle(self):
        return self.obligation.assignment.title

    def get_context_data(self, **kwargs):
        row = self.obligation
        entries = row.exceptions.select_related("actor", "revoked_by", "deputy__user")
        ledger = list(entries.order_by("created_at", "pk"))
        mine = obligations_run_by(self.request.user).filter(pk=row.pk)
        same = self.allowed().filter(assignment=row.assignment, learner=row.learner)
        return super().get_context_data(
            sentences=reasons.reasons_in_words(
                reasons.facts_about(row, ledger, self.at)
            ),
            ledger=[_line(entry, self.at) for entry in ledger],
            cycles=same.with_status(self.at).order_by("cycle"),
            forms=[(kind, form.title) for kind, form in FORMS.items()],
            can_run=row.is_open and mine.exists(),
            **kwargs,
        )


class MakeException(BelowObligation, FormView):
    """One exception for one person."""

    template_name = "training/assignments/exceptions/make.html"

    def get_form_class(self):
        try:
            return FORMS[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    def get_page_title(self):
        return self.get_form_class().title

    def get_form_kwargs(self):
        today = due.day_in(self.at, self.obligation.time_zone)
        more = {"user": self.request.user, "today": today}
        return super().get_form_kwargs() | more

    def form_valid(self, form):
        if not form.apply(self.obligation, self.at):
            return self.form_invalid(form)
        messages.success(self.request, made_for(1))
        return redirect(self.url)


class RevokeException(BelowObligation, TemplateView):
    """Asks for confirmation, then revokes an exception."""

    page_title = gettext_lazy("Revoke exception")
    template_name = "training/assignments/exceptions/revoke.html"

    @cached_property
    def entry(self):
        return get_object_or_404(
            ExceptionEntry.objects.filter(obligation__in=self.allowed()),
            pk=self.kwargs["pk"],
        )

    def get_pk(self):
        return self.entry.obligation_id

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, **kwargs)

    def post(self, request, *args, **kwargs):
        try:
            revoke_exception(entry=self.entry, at=self.at, by=request.user)
        except UnableToRevoke as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Exception revoked."))
        return redirect(self.url)


class ExceptSeveral(InOneAssignment, FormView):
    """An extension or a waiver for several people in an assignment at once."""

    template_name = "training/assignments/exceptions/several.html"

    def get_form_class(self):
        try:
            return FOR_SEVERAL[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    def get_page_title(self):
        return self.get_form_class().title

    @cached_property
    def chosen(self) -> list[Obligation]:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        keys = [key for key in sent.getlist("obligation") if key.isdecimal()]
        rows = obligations_run_by(self.request.user).filter(
            assignment=self.assignment, pk__in=keys
        )
        named = rows.select_related("assignment", "learner__user", "team")
        return list(named.with_status(self.at).order_by("pk"))

    def get_form_kwargs(self):
        today = due.day_in(self.at, site_time_zone())
        more = {"user": self.request.user, "today": today}
        return super().get_form_kwargs() | more

    def get_context_data(self, **kwargs):
        return super().get_context_data(chosen=self.chosen, back=self.url, **kwargs)

    def form_valid(self, form):
        refused = form.apply_to_several(self.chosen, self.at)
        for refusal in refused:
            person = refusal.obligation.learner.user
            messages.warning(self.request, f"{person}: {refusal.why}")
        if made := len(self.chosen) - len(refused):
            messages.success(self.request, made_for(made))
        return redirect(self.url)
