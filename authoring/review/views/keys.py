"""Confirm the keys of questions whose FAQ entry was edited after the sign-off."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from authoring.questions.views import OfLesson
from authoring.review.actions.sign_offs import UnableToConfirm, confirm_key
from authoring.review.forms import ConfirmKeyForm
from authoring.review.queries.keys_to_check import keys_to_check


class KeysToCheck(OfLesson, TemplateView):
    """Shows each question with its FAQ entry, so that the key can be confirmed."""

    page_title = gettext_lazy("Check the keys")
    template_name = "authoring/review/keys_to_check.html"
    header_icon = "key"

    def get_context_data(self, **kwargs):
        draft = self.lesson.get_latest_revision_as_object()
        return super().get_context_data(
            keys=keys_to_check([draft])[0], edit_url=self.edit_url, **kwargs
        )

    def post(self, request, *args, **kwargs):
        form = ConfirmKeyForm(request.POST)
        if form.is_valid() and self._confirmed(**form.cleaned_data):
            messages.success(request, _("The key was confirmed."))
        else:
            message = _(
                "Somebody has changed the FAQ entry or the question. Check it again."
            )
            messages.error(request, message)
        return redirect(request.path)

    def _confirmed(self, **looked_at):
        try:
            confirm_key(
                lesson=self.lesson,
                user=self.request.user,
                at=timezone.now(),
                **looked_at,
            )
        except UnableToConfirm:
            return False
        return True
