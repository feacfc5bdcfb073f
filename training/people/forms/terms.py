"""What is asked before people are moved, or asked, let off or given more time."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from training.assignments.access import obligations_run_by
from training.assignments.models import Assignment, Obligation
from training.assignments.queries.open_to_more import assignments_open_to_more
from training.assignments.wording.assignments import when_due
from training.people.forms.bulk import BulkForm
from training.teams.access import teams_run_by
from training.teams.forms.fields import DayField, ReasonField
from training.teams.models import Team


class AssignmentChoice(forms.ModelChoiceField):
    """An assignment, with when it is due."""

    def __init__(self, **options: Any):
        super().__init__(
            label=_("Assignment"),
            queryset=Assignment.objects.none(),
            empty_label=_("Choose an assignment"),
            **options,
        )

    def label_from_instance(self, assignment: Assignment) -> str:
        return f"{assignment.title} ({when_due(assignment)})"


class MoveForm(BulkForm):
    """The team that people move to, and why."""

    team = forms.ModelChoiceField(
        label=_("New team"),
        queryset=Team.objects.none(),
        empty_label=_("Choose a team"),
    )
    reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        teams = teams_run_by(self.user).current().order_by("name")
        self.fields["team"].queryset = teams

    def terms(self):
        given = self.cleaned_data
        return {"team": given["team"].pk, "reason": given["reason"]}


class TakeOutForm(BulkForm):
    """Why people are taken out of their teams."""

    reason = ReasonField()

    def terms(self):
        return {"reason": self.cleaned_data["reason"]}


class AssignForm(BulkForm):
    """The assignment that people are asked for."""

    assignment = AssignmentChoice(
        help_text=_(
            "For a new one, go to Assignments, New assignment. Assignments that ask only"
            " those who were on a team at the start are not listed: edit them instead."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = assignments_open_to_more(self.user).order_by("title", "pk")
        self.fields["assignment"].queryset = rows

    def terms(self):
        return {"assignment": self.cleaned_data["assignment"].pk}


class BulkExceptionForm(BulkForm):
    """One assignment that some of the people still have to do, and why."""

    assignment = AssignmentChoice()
    reason = ReasonField()
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        people = self.people.order_by().values("learner")
        theirs = self.concerned().filter(learner__in=people)
        rows = Assignment.objects.current().filter(pk__in=theirs.values("assignment"))
        self.fields["assignment"].queryset = rows.order_by("title", "pk")

    def concerned(self) -> QuerySet[Obligation]:
        """Return the obligations that it can be done for."""
        return obligations_run_by(self.user).unsatisfied()

    def terms(self):
        given = self.cleaned_data
        return {
            "assignment": given["assignment"].pk,
            "reason": given["reason"],
            "key": str(given["key"]),
        }

    def clean_day(self, name: str) -> None:
        """Add an error if the day is in the past."""
        day = self.cleaned_data.get(name)
        if day and day < timezone.localdate():
            text = gettext("This date is in the past. Choose today or later.")
            self.add_error(name, text)


class BulkExtensionForm(BulkExceptionForm):
    """A later due date."""

    due_on = DayField(label=_("New due date"))
    field_order = ("assignment", "due_on", "reason")

    def clean(self):
        super().clean()
        self.clean_day("due_on")
        return self.cleaned_data

    def terms(self):
        return super().terms() | {"due_on": self.cleaned_data["due_on"].isoformat()}


class AskAgainForm(BulkExtensionForm):
    """What is asked again, until when, and why."""

    # As long before the due date as the first reminder.
    usual_days = 14

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = gettext("Due")
        usual = timezone.localdate() + dt.timedelta(days=self.usual_days)
        self.initial.setdefault("due_on", usual)
        first = list(self.fields["assignment"].queryset[:2])
        if len(first) == 1 and not self.initial.get("assignment"):
            self.initial["assignment"] = first[0].pk

    def concerned(self):
        return obligations_run_by(self.user).in_force().exclude(satisfied_at=None)


class BulkWaiverForm(BulkExceptionForm):
    """Nothing is asked for some days, or for the whole cycle."""

    since = DayField(
        label=_("From"), required=False, help_text=_("If empty, from now on.")
    )
    until = DayField(
        label=_("Until the end of"),
        required=False,
        help_text=_("If empty, it applies for the whole cycle."),
    )
    field_order = ("assignment", "since", "until", "reason")

    def clean(self):
        super().clean()
        self.clean_day("since")
        self.clean_day("until")
        since, until = map(self.cleaned_data.get, ("since", "until"))
        if since and until and until < since:
            self.add_error("until", gettext("It must end after it starts."))
        return self.cleaned_data

    def terms(self):
        days = {name: self.cleaned_data[name] for name in ("since", "until")}
        texts = {name: day.isoformat() if day else "" for name, day in days.items()}
        return super().terms() | texts
