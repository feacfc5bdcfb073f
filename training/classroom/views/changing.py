"""Changing a session, and who is invited to it."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from training.classroom.access import can_change_session
from training.classroom.actions.sessions import (
    UnableToChangeSession,
    UnableToInviteToSession,
    change_invited,
    change_session,
)
from training.classroom.forms.invited import InvitedForm
from training.classroom.forms.sessions import DETAILS, SessionDetailsForm
from training.classroom.queries.inviting import invitation_list
from training.classroom.views.session_pages import BelowSession
from training.teams.access import may_enter
from training.teams.views.team_pages import TeamFormView


class ChangeOfSession(BelowSession, TeamFormView):
    """A form that leads back to the page of the session."""

    template_name = "training/classroom/form.html"

    def get_back_url(self):
        return self.session_url

    get_success_url = get_back_url


class EditSession(ChangeOfSession):
    """Course, day, time, place, teacher and hours, until attendance is confirmed."""

    page_title = gettext_lazy("Edit session")
    form_class = SessionDetailsForm
    lead = gettext_lazy(
        "The code of the day stays the same. Print the sheet again, and tell people: no"
        " e-mail is sent."
    )

    def dispatch(self, request, *args, **kwargs):
        if may_enter(request.user) and not can_change_session(
            request.user, self.session
        ):
            return self.refuse(_("Only someone who trains everybody can edit it."))
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        held = {name: getattr(self.session, name) for name in DETAILS}
        return held | {"course": str(self.session.course_key)}

    def perform(self, form, at):
        try:
            change_session(session=form.fill(self.session), by=self.request.user)
        except UnableToChangeSession as error:
            form.add_error(None, str(error))
            return None
        return _("Session updated.")


class ChangeInvited(ChangeOfSession):
    """Ticks for everybody in the teams, and addresses of others."""

    page_title = gettext_lazy("Who is invited")
    form_class = InvitedForm
    lead = gettext_lazy(
        "People who come without being on the list can be added on the day, too."
    )

    @cached_property
    def listed(self):
        return invitation_list(self.session, self.request.user)

    def get_form_kwargs(self):
        about = {"session": self.session, "listed": self.listed}
        return super().get_form_kwargs() | about | {"user": self.request.user}

    def perform(self, form, at):
        change = {"added": form.added, "removed": form.removed}
        try:
            change_invited(session=self.session, by=self.request.user, **change)
        except UnableToInviteToSession as error:
            form.add_error(None, str(error))
            return None
        return _("The list was saved.")
