"""Administrators' actions on accounts, besides Wagtail's own forms."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from accounts.actions.deletion import (
    answer_without_erasing,
    erasing_command,
    may_act_on,
    may_decide,
)
from accounts.actions.person_jobs import start_erasing, start_exporting
from accounts.actions.recovering import reset_second_step
from accounts.forms.people import ConfirmErasureForm, ErasureReasonForm
from accounts.models import DeletionRequest, User
from accounts.panels.admin_pages import AdminPage
from jobs.models import Job


class PageAboutUser(AdminPage):
    """A page below a user, for administrators who may act on that person."""

    def dispatch(self, request, *args, **kwargs):
        if not may_act_on(request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self):
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.person)

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("wagtailusers_users:index"), "label": _("Users")}]


class ResetSecondStep(PageAboutUser, FormView):
    """Asks for a reason, then resets the second step."""

    page_title = gettext_lazy("Reset second step")
    header_icon = "lock-open"
    template_name = "accounts/admin/reset_second_step.html"
    form_class = ErasureReasonForm

    def form_valid(self, form):
        is_done = reset_second_step(
            user=self.person,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=timezone.now(),
        )
        if is_done:
            messages.success(self.request, _("Second step reset."))
        else:
            messages.warning(self.request, _("This person does not use a second step."))
        return redirect("wagtailusers_users:edit", self.person.pk)


class PersonData(PageAboutUser, FormView):
    """Exports all that is held about a person, or erases the person everywhere."""

    page_title = gettext_lazy("Personal data")
    header_icon = "user"
    template_name = "accounts/admin/person_data.html"
    form_class = ConfirmErasureForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"person": self.person}

    def post(self, request, *args, **kwargs):
        if "export" not in request.POST:
            return super().post(request, *args, **kwargs)
        done = start_exporting(person=self.person, by=request.user, at=timezone.now())
        if isinstance(done, Job):
            return redirect("job", done.pk)
        name = f'attachment; filename="person-{self.person.pk}.json"'
        return JsonResponse(
            done,
            json_dumps_params={"indent": 2, "ensure_ascii": False},
            headers={"Content-Disposition": name},
        )

    def form_valid(self, form):
        by, at = self.request.user, timezone.now()
        job = start_erasing(person=self.person, by=by, at=at)
        if job:
            return redirect("job", job.pk)
        messages.success(self.request, _("The person was erased."))
        return redirect("wagtailusers_users:index")


class OfDeletionRequests(AdminPage):
    """A page for people who decide deletion requests."""

    header_icon = "bin"

    def dispatch(self, request, *args, **kwargs):
        if not may_decide(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DeletionRequests(OfDeletionRequests, TemplateView):
    """Open requests, oldest first, with what to do and by when."""

    page_title = gettext_lazy("Deletion requests")
    template_name = "accounts/admin/deletion_requests.html"

    @property
    def waiting(self):
        rows = DeletionRequest.objects.filter(decided_at=None)
        return rows.select_related("user").order_by("asked_at", "pk")

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        rows = [
            (row, row.is_late(today), erasing_command(row.user)) for row in self.waiting
        ]
        return super().get_context_data(rows=rows, days=DeletionRequest.DAYS, **kwargs)


class AnswerDeletion(OfDeletionRequests, FormView):
    """Asks why somebody is not erased, and sends them the reason."""

    page_title = gettext_lazy("Answer without erasing")
    template_name = "accounts/admin/answer_deletion.html"
    form_class = ErasureReasonForm

    def dispatch(self, request, *args, **kwargs):
        if may_decide(request.user) and self.asked.decided_at:
            return self.report_decision()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asked(self):
        rows = DeletionRequest.objects.select_related("user")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def report_decision(self):
        text = _("This request has already been decided, so nothing was sent.")
        messages.warning(self.request, text)
        return redirect("deletion_requests")

    def get_page_subtitle(self):
        return str(self.asked.user)

    def get_parent_breadcrumbs(self):
        return [{"url": reverse("deletion_requests"), "label": _("Deletion requests")}]

    def get_context_data(self, **kwargs):
        return super().get_context_data(asked=self.asked, **kwargs)

    def form_valid(self, form):
        is_done = answer_without_erasing(
            request=self.asked,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=timezone.now(),
        )
        if not is_done:
            return self.report_decision()
        text = _("We are sending the reason to %(person)s by e-mail.")
        messages.success(self.request, text % {"person": self.asked.user})
        return redirect("deletion_requests")
