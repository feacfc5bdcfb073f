"""Correcting a name, and the address of somebody who has never come in."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.people.forms.correcting import PersonCorrectionForm
from training.teams.access import (
    learners_run_by,
    may_correct_address,
    may_correct_name,
    may_enter,
)
from training.teams.actions.addresses import UnableToCorrect
from training.teams.actions.correcting import UnableToRename, correct_person
from training.teams.actions.invitations import UnableToInvite
from training.teams.queries.people import person_breadcrumb
from training.teams.views.team_pages import TeamFormView

LOCKED = gettext_lazy(
    "The name and the address of this person are for an administrator to correct: they"
    " have other work on the site, and have signed in."
)
NAME_ONLY = gettext_lazy(
    "Somebody has signed in with this account, so only an administrator can change its"
    " e-mail address (Settings → Users)."
)


class CorrectPerson(TeamFormView):
    """Name, and address before the first sign-in."""

    page_title = gettext_lazy("Correct name or address")
    header_icon = "edit"
    form_class = PersonCorrectionForm

    @cached_property
    def learner(self):
        people = learners_run_by(self.request.user).filter(user__isnull=False)
        found = people.select_related("user")
        return get_object_or_404(found, uuid=self.kwargs["uuid"])

    @cached_property
    def may_rename(self):
        return may_correct_name(self.request.user, self.learner)

    @cached_property
    def may_readdress(self):
        return may_correct_address(self.request.user, self.learner)

    @property
    def lead(self):
        if self.may_readdress:
            return ""
        return NAME_ONLY if self.may_rename else LOCKED

    def get_page_subtitle(self):
        return str(self.learner.user)

    def get_parent_breadcrumbs(self):
        people = {"url": reverse("people:index"), "label": _("People")}
        return [people, *person_breadcrumb(self.learner)]

    def get_back_url(self):
        return reverse("reports:person", args=[self.learner.uuid])

    get_success_url = get_back_url

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and not (self.may_rename or self.may_readdress):
            return self.refuse(LOCKED)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        may = {"may_rename": self.may_rename, "may_readdress": self.may_readdress}
        return super().get_form_kwargs() | may

    def get_initial(self):
        user = self.learner.user
        return {
            name: getattr(user, name) for name in ("first_name", "last_name", "email")
        }

    def perform(self, form, at):
        given = form.cleaned_data
        names = (given["first_name"], given["last_name"]) if self.may_rename else None
        email = given.get("email")
        is_new = email is not None and email != self.learner.user.email
        try:
            correct_person(
                learner=self.learner,
                names=names,
                email=email,
                by=self.request.user,
                at=at,
            )
        except UnableToRename:
            form.add_error(None, _("This person has been erased in the meantime."))
        except UnableToInvite:
            form.add_error(None, _("This person has come in or left in the meantime."))
        except UnableToCorrect:
            form.add_error("email", _("Someone else already has this address."))
        if is_new:
            return _("Saved. A new invitation was sent to %(email)s.") % {
                "email": email
            }
        return _("Saved.")
