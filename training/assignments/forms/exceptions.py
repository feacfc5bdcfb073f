"""The forms for exceptions: the reason, the dates and the terms."""

import datetime as dt
import uuid

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.models import User
from training.assignments.actions import exceptions as verbs
from training.assignments.actions.exceptions import Days, UnableToExcept
from training.assignments.models import ExceptionEntry, Obligation
from training.teams.access import learners_run_by
from training.teams.forms.fields import DayField, PersonField

Kind = ExceptionEntry.Kind


class ExceptionReasonForm(PlainForm):
    """What every exception needs: a reason, and a key so that it is made only once."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        help_text=_("Kept with the evidence. Only include what others need to know."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    # The field that shows the error if the action fails.
    at_field = "reason"

    def __init__(self, *args, user: User, today: dt.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today

    def apply(self, obligation: Obligation, at: dt.datetime) -> bool:
        """Make the exception and return True, or add an error to the form."""
        try:
            self.make(obligation=obligation, at=at, by=self.user, **self.terms())
        except UnableToExcept as error:
            self.add_error(self.at_field, str(error))
            return False
        return True

    def apply_to_several(
        self, rows: list[Obligation], at: dt.datetime
    ) -> list[verbs.Refusal]:
        """Make it for each; return those for whom it was not possible, and why."""
        return self.make_several(obligations=rows, at=at, by=self.user, **self.terms())

    def terms(self):
        return {name: self.cleaned_data[name] for name in ("reason", "key")}


class ExtensionForm(ExceptionReasonForm):
    """A later due date."""

    title = _("Extend")
    lead = _("Sets a later due date, for this cycle only.")
    at_field = "due_on"
    make = staticmethod(verbs.extend_due_date)
    make_several = staticmethod(verbs.extend_several)

    due_on = DayField(label=_("New due date"))
    field_order = ("due_on", "reason")

    def terms(self):
        return super().terms() | {"due_on": self.cleaned_data["due_on"]}


class DaysForm(ExceptionReasonForm):
    """An exception that applies for some days."""

    since = DayField(
        label=_("From"), required=False, help_text=_("If empty, from now on.")
    )
    until = DayField(
        label=_("Until the end of"),
        required=False,
        help_text=_(
            "It ends automatically after this day. If empty, it applies for the whole "
            "cycle."
        ),
    )

    def clean(self):
        super().clean()
        since, until = map(self.cleaned_data.get, ("since", "until"))
        if since and since < self.today:
            self.add_error(
                "since", gettext("This date is in the past. Choose today or later.")
            )
        if until and until < (since or self.today):
            self.add_error("until", gettext("It must end after it starts."))
        return self.cleaned_data

    def terms(self):
        since, until = map(self.cleaned_data.get, ("since", "until"))
        return super().terms() | {"days": Days(since, until)}


class WaiverForm(DaysForm):
    """Nothing is asked for a while, or for the whole cycle."""

    title = _("Waive")
    lead = _(
        "While the waiver is in force, this is not required and no e-mails are sent."
    )
    make = staticmethod(verbs.waive_obligation)
    make_several = staticmethod(verbs.waive_several)
    field_order = ("since", "until", "reason")


class AttemptsForm(DaysForm):
    """More attempts count."""

    title = _("Grant attempts")
    lead = _("This many more attempts on each quiz count, on top of those in the rule.")
    at_field = "number"
    make = staticmethod(verbs.grant_attempts)

    number = forms.IntegerField(label=_("Extra attempts"), min_value=1, max_value=20)
    since = None
    field_order = ("number", "until", "reason")

    def terms(self):
        return super().terms() | {"number": self.cleaned_data["number"]}


class HandOverForm(DaysForm):
    """Somebody else does it."""

    title = _("Hand over")
    lead = _("What the deputy does from the start date counts for this person.")
    at_field = "deputy"
    make = staticmethod(verbs.hand_over)

    deputy = PersonField(
        label=_("Deputy"), help_text=_("The e-mail address of someone in your teams.")
    )
    field_order = ("deputy", "since", "until", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["deputy"].people = learners_run_by(self.user)

    def terms(self):
        return super().terms() | {"deputy": self.cleaned_data["deputy"]}


FORMS = {
    Kind.EXTENSION: ExtensionForm,
    Kind.WAIVER: WaiverForm,
    Kind.EXTRA_ATTEMPTS: AttemptsForm,
    Kind.HAND_OVER: HandOverForm,
}
FOR_SEVERAL = {kind: FORMS[kind] for kind in (Kind.EXTENSION, Kind.WAIVER)}


def made_for(number: int) -> str:
    """Return the message that says for how many people it was made."""
    return ngettext(
        "Exception made for %(n)d person.",
        "Exception made for %(n)d people.",
        number,
    ) % {"n": number}
