"""What administrators do for an account besides Wagtail's own forms."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.forms import ReasonForm
from accounts.models import User
from accounts.recovering import may_reset_second_step, reset_second_step


class ResetSecondStep(WagtailAdminTemplateMixin, FormView):
    """Asks why, then takes the second step away."""

    page_title = gettext_lazy("Take the second step away")
    header_icon = "lock-open"
    template_name = "accounts/admin/reset_second_step.html"
    form_class = ReasonForm

    def dispatch(self, request, *args, **kwargs):
        if not may_reset_second_step(request.user, self.person):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def person(self):
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return str(self.person)

    def form_valid(self, form):
        is_done = reset_second_step(
            user=self.person,
            reason=form.cleaned_data["reason"],
            by=self.request.user,
            at=timezone.now(),
        )
        if is_done:
            messages.success(self.request, _("The second step is taken away."))
        else:
            messages.warning(self.request, _("This person has no second step."))
        return redirect("wagtailusers_users:edit", self.person.pk)
