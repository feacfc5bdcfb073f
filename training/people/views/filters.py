"""What the list of people can be filtered by."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_filters.filters import ChoiceFilter

from training.assignments.models import Status
from training.people.queries.people import asked_for, late_with, late_with_nothing
from training.reports.queries.behind import BEHIND
from training.reports.views.filters import SeenFilterSet
from training.teams.models import Membership

LATE = {
    "behind": BEHIND,
    "overdue": (Status.OVERDUE,),
    "due_soon": (Status.DUE_SOON,),
}


class PeopleFilterSet(SeenFilterSet):
    """Team, whether they have come in, and whether they are behind."""

    team = ChoiceFilter(label=_("Team"), empty_label=_("All"))
    assignment = ChoiceFilter(
        label=_("Assignment"), method="that_are_asked", empty_label=_("All")
    )
    account = ChoiceFilter(
        label=_("Account"),
        method="with_account",
        choices=[
            ("never", _("Never came in")),
            ("waiting", _("Never came in, invitation open")),
            ("expired", _("Never came in, invitation expired")),
            ("in_use", _("Can sign in")),
        ],
        empty_label=_("Any"),
    )
    mail = ChoiceFilter(
        label=_("E-mail"),
        method="whose_mail_fails",
        choices=[("fails", _("E-mail comes back"))],
        empty_label=_("Any"),
    )
    late = ChoiceFilter(
        label=_("Behind"),
        method="that_are_late",
        choices=[
            ("behind", _("Overdue or due soon")),
            ("overdue", _("Overdue")),
            ("due_soon", _("Due soon")),
            ("none", _("Neither")),
        ],
        empty_label=_("Any"),
    )

    roster = ChoiceFilter(
        label=_("Roster"),
        method="that_are_missing",
        choices=[("missing", _("Missing from the last one"))],
        empty_label=_("Any"),
    )

    class Meta:
        model = Membership
        fields = []

    def that_are_missing(self, people, name, value):
        """Return who was not in the last roster that a command applied."""
        return people.exclude(missing_since=None)

    def with_account(self, people, name, value):
        """Return the people whose account is in this state."""
        unused = people.never_came_in()
        if value == "in_use":
            active = people.filter(learner__user__is_active=True)
            return active.exclude(pk__in=unused.values("pk"))
        now = timezone.now()
        if value == "waiting":
            return unused.filter(invited_until__gt=now)
        return unused.exclude(invited_until__gt=now) if value == "expired" else unused

    def whose_mail_fails(self, people, name, value):
        """Return the people from whose address e-mail comes back."""
        return people.filter(mail_fails=True)

    def that_are_asked(self, people, name, value):
        """Return the people who are asked for this assignment."""
        return asked_for(people, value, self.request.user)

    def that_are_late(self, people, name, value):
        """Return who is late in this way, with the assignment if one is chosen."""
        user, now = self.request.user, timezone.now()
        assignment = self.form.cleaned_data["assignment"]
        if value == "none":
            return late_with_nothing(people, user, now, assignment)
        return late_with(people, LATE[value], user, now, assignment)
