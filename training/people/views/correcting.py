"""Correcting a name, an address before the first sign-in, and details of the work."""

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
    teams_run_by,
)
from training.teams.actions.addresses import UnableToCorrect
from training.teams.actions.correcting import (
    CorrectedDetails,
    UnableToNumber,
    UnableToRename,
    correct_person,
)
from training.teams.actions.invitations import UnableToInvite
from training.teams.queries.people import person_breadcrumb
from training.teams.views.team_pages import TeamFormView

LOCKED = gettext_lazy(
    "The name and the address of this person are for an administrator to correct: they"
    " have other work on the site, and have signed in."
)
NAME_ONLY = gettext_lazy(
    "Somebody has signed in with this account, so its e-mail address only changes if its"
    " owner or an administrator agrees. You can propose a new one."
)

OF_THE_TEAM = gettext_lazy("Staff number, job title and site are those in %(team)s.")
ERRORS = {
    UnableToRename: (
        None,
        gettext_lazy("This person has been erased or has left in the meantime."),
    ),
    UnableToNumber: (
        "staff_number",
        gettext_lazy("Someone else on this team already has this staff number."),
    ),
    UnableToInvite: (
        None,
        gettext_lazy("This person has come in or left in the meantime."),
    ),
    UnableToCorrect: (
        "email",
        gettext_lazy("Someone else already has this address."),
    ),
}
"""Error → the field that it is about, and what to say."""


class CorrectPerson(TeamFormView):
    """Name, address before the first sign-in, and what one team knows of their work."""

    page_title = gettext_lazy("Correct details")
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

    @cached_property
    def membership(self):
        """Their membership of the team in the address, or of the only one."""
        theirs = self.learner.memberships.current().select_related("team")
        rows = theirs.filter(team__in=teams_run_by(self.request.user))
        team = self.request.GET.get("team", "")
        found = list(rows.filter(team=team) if team.isdecimal() else rows)
        return found[0] if len(found) == 1 else None

    @property
    def lead(self):
        known = []
        if not self.may_readdress:
            known = [NAME_ONLY if self.may_rename else LOCKED]
        if self.membership:
            known += [OF_THE_TEAM % {"team": self.membership.team}]
        return " ".join(map(str, known))

    def get_page_subtitle(self):
        return str(self.learner.user)

    def get_parent_breadcrumbs(self):
        people = {"url": reverse("people:index"), "label": _("People")}
        return [people, *person_breadcrumb(self.learner)]

    def get_back_url(self):
        return reverse("reports:person", args=[self.learner.uuid])

    get_success_url = get_back_url

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and not (
            self.may_rename or self.may_readdress or self.membership
        ):
            return self.refuse(LOCKED)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        may = {
            "may_rename": self.may_rename,
            "may_readdress": self.may_readdress,
            "has_details": self.membership is not None,
        }
        return super().get_form_kwargs() | may

    def get_initial(self):
        user = self.learner.user
        names = ("first_name", "last_name", "email")
        known = {name: getattr(user, name) for name in names}
        return known | (vars(self.membership.details) if self.membership else {})

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
                work=form.details and CorrectedDetails(self.membership, form.details),
                by=self.request.user,
                at=at,
            )
        except tuple(ERRORS) as problem:
            form.add_error(*ERRORS[type(problem)])
        if is_new:
            text = _("Saved. A new invitation was sent to %(email)s.")
            return text % {"email": email}
        return _("Saved.")
