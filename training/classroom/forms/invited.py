"""Who is invited to a session: ticks, and addresses of others."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.models import User
from training.classroom.models import ClassroomSession
from training.classroom.queries.inviting import InvitationList, people_to_invite
from training.teams.access import learners_run_by
from training.teams.forms.fields import PeopleField
from training.teams.queries.people import name_of


class ListedPeopleField(forms.TypedMultipleChoiceField):
    """Ticks, of which those of people who are on the list no more do not count.

    Somebody may enter the code or leave the team while the page is open.
    """

    def to_python(self, value: Any) -> list[str]:
        return [key for key in super().to_python(value) if self.valid_value(key)]


class InvitedForm(PlainForm):
    """Everybody in the teams, with a tick for those who are invited.

    `before` are those who were when the page was shown: nobody else is taken off.
    """

    invited = ListedPeopleField(
        label=_("Invited"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "People in the teams of this session. Whoever has entered the code, or has"
            " a confirmed attendance, stays on the list and is not shown here."
        ),
    )
    people = PeopleField(
        label=_("Others"),
        required=False,
        help_text=_("E-mail addresses of people in your teams, one per line."),
    )
    before = ListedPeopleField(
        coerce=int, required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(
        self,
        *args: Any,
        session: ClassroomSession,
        listed: InvitationList,
        user: User,
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.session, self.listed, self.user = session, listed, user
        choices = [(person.pk, name_of(person)) for person in listed.people]
        self.fields["invited"].choices = self.fields["before"].choices = choices
        invited = sorted(listed.invited)
        self.initial |= {"invited": invited, "before": invited}
        self.fields["people"].people = learners_run_by(user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self._clean_added(cleaned)
        return cleaned

    def _clean_added(self, cleaned):
        ticked, before = set(cleaned["invited"]), set(cleaned["before"])
        self.removed = before - ticked
        by_tick = ticked - self.listed.invited
        found = people_to_invite((), cleaned["people"], self.user)
        self.added = [row for row in self.listed.others if row.learner_id in by_tick]
        known = by_tick | self.listed.kept | (self.listed.invited - self.removed)
        self.added += [row for row in found if row.learner_id not in known]
        if any(row.team.time_zone != self.session.time_zone for row in found):
            text = gettext("The team of one of these people is in another time zone.")
            self.add_error("people", text)
