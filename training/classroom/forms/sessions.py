"""A classroom session: what is taught, when and where, and whom a new one invites."""

import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.models import User
from training.assignments.queries.contents import live_courses
from training.classroom.models import ClassroomSession
from training.classroom.queries.inviting import people_to_invite
from training.teams.access import learners_run_by, teams_run_by
from training.teams.forms.fields import DayField, PeopleField
from training.teams.models import Team

MOST_HOURS = 99
DETAILS = ("held_on", "start_time", "place", "taught_by", "hours")


class SessionDetailsForm(PlainForm):
    """What is taught, when and where, by whom, and for how long."""

    course = forms.ChoiceField(label=_("Course"))
    held_on = DayField(label=_("Date"))
    start_time = forms.TimeField(
        label=_("Start"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("In the time zone of the team."),
    )
    place = forms.CharField(
        label=_("Place"), max_length=80, help_text=_("Such as Seminar room 2.")
    )
    taught_by = forms.CharField(label=_("Taught by"), max_length=80)
    hours = forms.DecimalField(
        label=_("Hours"),
        required=False,
        min_value=Decimal("0.25"),
        max_value=MOST_HOURS,
        max_digits=4,
        decimal_places=2,
        help_text=_(
            "Stands on the record of those who attended. You can leave it out."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["course"].choices = [("", _("Choose a course"))] + [
            (str(course.translation_key), course.title) for course in live_courses()
        ]

    def fill(self, session: ClassroomSession) -> ClassroomSession:
        """Return the session with what was entered, once it is valid. Saves nothing."""
        session.course_key = uuid.UUID(self.cleaned_data["course"])
        for name in DETAILS:
            setattr(session, name, self.cleaned_data[name])
        return session


class ClassroomSessionForm(SessionDetailsForm):
    """A new session, with the teams and people that it invites."""

    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody who learns in these teams now is invited."),
    )
    people = PeopleField(
        label=_("People"),
        required=False,
        help_text=_("E-mail addresses of people in your teams, one per line."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    field_order = ("course", "teams", "people", *DETAILS)

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["teams"].queryset = teams_run_by(user).current().order_by("name")
        self.fields["people"].people = learners_run_by(user)
        self.fields["taught_by"].initial = str(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "teams" in cleaned and "people" in cleaned:
            self._clean_invited(cleaned["teams"], cleaned["people"])
        return cleaned

    def _clean_invited(self, teams, people):
        self.invited = people_to_invite(teams, people, self.user)
        zones = {row.team.time_zone for row in self.invited}
        if not (teams or people):
            text = gettext("Choose a team, or enter the people to invite.")
            self.add_error("teams", text)
        elif not self.invited:
            text = gettext("There is nobody in these teams. Add people first.")
            self.add_error("teams", text)
        elif len(zones) > 1:
            text = gettext(
                "These teams are in different time zones. Create a session for each."
            )
            self.add_error("teams", text)

    @property
    def session(self) -> ClassroomSession:
        """What was entered, once it is valid. It is not saved."""
        zone = self.invited[0].team.time_zone
        return self.fill(
            ClassroomSession(uuid=self.cleaned_data["key"], time_zone=zone)
        )
