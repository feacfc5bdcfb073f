"""When an assignment starts, when it is due, and whether it comes again."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from training.assignments.models import Assignment
from training.teams.forms.fields import DayField

SHORTEST_MONTH = 28


class ScheduleFields(PlainForm):
    """The days of an assignment's form, and what must be true between them."""

    starts_on = DayField(label=_("Starts on"))
    due_on = DayField(
        label=_("Due date"), required=False, help_text=_("Only if it is due on a date.")
    )
    recurs_from = forms.ChoiceField(
        label=_("Does it recur?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("No, once only")),
            ("completion", _("Yes, counted from the day it was completed")),
            (
                "previous_expiry",
                _("Yes, counted from the day the previous one expired"),
            ),
            ("fixed_date", _("Yes, on a fixed date for everyone")),
        ],
    )
    recurs_on = DayField(
        label=_("Fixed date"),
        required=False,
        help_text=_(
            "The first date on which it expires for all. Only if it recurs on a fixed date."
        ),
    )

    def clean_due_day(self):
        given = self.cleaned_data
        if given.get("due_rule") == Assignment.DueRule.ON_A_DATE:
            given["due_after_days"] = None
            self._clean_due_date()
        elif given.get("due_rule"):
            given["due_on"] = None
            self._need("due_after_days", gettext("Enter the number of days."))

    def _clean_due_date(self):
        self._need("due_on", gettext("Choose the due date."))
        starts_on, due_on = map(self.cleaned_data.get, ("starts_on", "due_on"))
        if due_on and starts_on and due_on < starts_on:
            self.add_error(
                "due_on", gettext("The due date cannot be before the start date.")
            )
        elif due_on and "due_on" in self.changed_data and due_on < timezone.localdate():
            self.add_error(
                "due_on", gettext("This date is in the past. Choose a future date.")
            )

    def clean_recurrence(self):
        given = self.cleaned_data
        if not given.get("recurs_from"):
            typed = given.get("recurs_every_months") and set(self.changed_data)
            if typed and typed & {"recurs_every_months", "recurs_from"} == {
                "recurs_every_months"
            }:
                words = gettext(
                    "Choose what the months are counted from, or clear the number of months."
                )
                self.add_error("recurs_from", words)
            given["recurs_every_months"] = given["recurs_on"] = None
            return
        self._need("recurs_every_months", gettext("Enter the number of months."))
        if given["recurs_from"] == Assignment.RecursFrom.FIXED_DATE:
            self._need("recurs_on", gettext("Choose the fixed date."))
        else:
            given["recurs_on"] = None
        months, window = map(given.get, ("recurs_every_months", "window_days"))
        if months and window is not None and window >= months * SHORTEST_MONTH:
            words = gettext("The window must be shorter than the time until it recurs.")
            self.add_error("window_days", words)

    def _need(self, name, message):
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)
