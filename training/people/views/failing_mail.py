"""Trying an address again from which e-mail came back."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from training.teams.access import learners_run_by
from training.teams.actions.failing_mail import try_mail_again
from training.teams.views.admin_mixins import TrainingAdminMixin


class TryMailAgain(TrainingAdminMixin, View):
    """Takes the mark from a person's address."""

    http_method_names = ["post"]

    def post(self, request, uuid):
        people = learners_run_by(request.user).filter(user__isnull=False)
        learner = get_object_or_404(people.select_related("user"), uuid=uuid)
        if try_mail_again(learner=learner, by=request.user):
            text = _(
                "E-mail is sent to %(email)s again. If it comes back, you hear of it."
            )
            messages.success(request, text % {"email": learner.user.email})
        else:
            messages.warning(request, _("This address is not marked any more."))
        return redirect("reports:person", learner.uuid)
