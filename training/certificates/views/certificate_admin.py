"""Certificates for trainers: viewing, revoking and reissuing them."""

import uuid

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.models import IndexView

from accounts.forms.plain import PlainForm
from progress.actions.certificates import UnableToReissue
from progress.models import Certificate
from training.certificates.access import certificates_run_by, certificates_seen_by
from training.certificates.actions.certificates import (
    reissue_certificate,
    revoke_certificate,
)
from training.certificates.queries.certificates import CertificateState, with_state
from training.teams.queries.people import name_of
from training.teams.views.admin_mixins import TrainingAdminMixin, TrainingAdminPage


class StateColumn(Column):
    cell_template_name = "training/assignments/columns/standing.html"

    def get_value(self, instance):
        return instance.shown.state.label

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"icon": instance.shown.state.icon}


class CertificateDayColumn(Column):
    """A date; Wagtail's own column says how long ago, which suits no future dates."""

    def get_value(self, instance):
        moment = super().get_value(instance)
        return date_format(timezone.localtime(moment)) if moment else ""


class Certificates(TrainingAdminMixin, IndexView):
    """The certificates of everybody the user can see, newest first."""

    model = Certificate
    page_title = gettext_lazy("Certificates")
    results_template_name = "accounts/admin/list_results.html"
    header_icon = "tick-inverse"
    search_fields = [
        "serial",
        "enrolment__learner__user__email",
        "enrolment__learner__user__first_name",
        "enrolment__learner__user__last_name",
    ]
    default_ordering = "-issued_at"
    paginate_by = 50
    columns = [
        TitleColumn(
            "holder",
            label=gettext_lazy("Holder"),
            accessor=lambda row: name_of(row.shown.learner),
            url_name="certificates:inspect",
            get_url=lambda row: reverse("certificates:inspect", args=[row.serial]),
        ),
        Column(
            "course",
            label=gettext_lazy("Course"),
            accessor=lambda row: row.shown.course,
        ),
        CertificateDayColumn(
            "issued_at", label=gettext_lazy("Issued"), sort_key="issued_at"
        ),
        Column(
            "valid_until",
            label=gettext_lazy("Valid until"),
            accessor=lambda row: (
                date_format(row.shown.valid_until_day)
                if row.shown.valid_until_day
                else ""
            ),
        ),
        StateColumn("state", label=gettext_lazy("Status")),
    ]

    def get_base_queryset(self):
        seen = certificates_seen_by(self.request.user)
        if "person" in self.request.GET:
            seen = seen.filter(
                enrolment__learner__uuid=_uuid(self.request.GET["person"])
            )
        return seen.select_related("enrolment__learner__user")

    def get_table(self, object_list):
        rows = list(object_list)
        for row, each in zip(rows, with_state(rows, self.at), strict=True):
            row.shown = each
        return super().get_table(rows)


def _uuid(text):
    try:
        return uuid.UUID(text)
    except ValueError:
        raise Http404 from None


class OneCertificate(TrainingAdminPage):
    """A view of one certificate, for users who may see it."""

    header_icon = "tick-inverse"
    allowed = staticmethod(certificates_seen_by)

    @cached_property
    def certificate(self):
        rows = self.allowed(self.request.user).select_related(
            "enrolment__learner__user", "replaces", "replaced_by"
        )
        return get_object_or_404(rows, serial=self.kwargs["serial"])

    @cached_property
    def url(self):
        return reverse("certificates:inspect", args=[self.certificate.serial])

    def get_page_subtitle(self):
        return self.certificate.statement["course"]

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("certificates:index"), "label": _("Certificates")}]


class ShowCertificate(OneCertificate, TemplateView):
    page_title = gettext_lazy("Certificate")
    template_name = "training/certificates/admin/certificate.html"

    def get_context_data(self, **kwargs):
        [certificate] = with_state([self.certificate], self.at)
        may_change = certificates_run_by(self.request.user).filter(
            pk=self.certificate.pk
        )
        return super().get_context_data(
            certificate=certificate,
            may_change=may_change.exists(),
            is_revoked=certificate.state == CertificateState.REVOKED,
            **kwargs,
        )


class CertificateReasonForm(PlainForm):
    """The reason, and the certificate's status when the page was opened."""

    stood = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=255,
        help_text=gettext_lazy("The holder can read it, and it is kept in the log."),
    )


class ChangeCertificate(OneCertificate, FormView):
    """A form that asks for a reason, for users who may change the certificate."""

    def get_parent_breadcrumbs(self):
        here = {"url": self.url, "label": self.certificate.statement["course"]}
        return [*super().get_parent_breadcrumbs(), here]

    allowed = staticmethod(certificates_run_by)
    form_class = CertificateReasonForm
    template_name = "training/teams/reason_form.html"

    def get_initial(self):
        return {"stood": self._stands}

    @property
    def _stands(self):
        """The changes that other people can make; not affected by time alone."""
        row = self.certificate
        return f"{row.replaced_at or ''}/{row.revoked_at or ''}"

    def form_valid(self, form):
        if form.cleaned_data["stood"] not in ("", self._stands):
            text = _(
                "Someone else changed this certificate while you had the page open."
                " Nothing was done. Check its current status."
            )
            messages.error(self.request, text)
            return redirect(self.url)
        return self.perform(form)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            submit=self.submit, what_happens=self.what_happens, back=self.url, **kwargs
        )


class RevokeCertificate(ChangeCertificate):
    page_title = gettext_lazy("Revoke certificate")
    submit = gettext_lazy("Revoke certificate")
    what_happens = gettext_lazy(
        "Anyone who checks it will see that it was revoked. Learning records and"
        " assignments do not change. You cannot undo this, but you can issue a new"
        " certificate."
    )

    def perform(self, form):
        revoke_certificate(
            certificate=self.certificate,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=self.at,
        )
        messages.success(self.request, _("Certificate revoked."))
        return redirect(self.url)


class ReissueCertificate(ChangeCertificate):
    page_title = gettext_lazy("Reissue certificate")
    submit = gettext_lazy("Reissue certificate")
    what_happens = gettext_lazy(
        "The new certificate will have a new number, and the same content and expiry"
        " date. The old one is kept and marked as replaced."
    )

    def perform(self, form):
        try:
            again = reissue_certificate(
                certificate=self.certificate,
                reason=form.cleaned_data["reason"],
                by=self.request.user,
                at=self.at,
            )
        except UnableToReissue:
            text = _("This certificate has already been replaced. Nothing was done.")
            messages.error(self.request, text)
            return redirect(self.url)
        messages.success(self.request, _("Certificate reissued."))
        return redirect("certificates:inspect", again.serial)
