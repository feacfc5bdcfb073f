"""Which evidence somebody takes out: of which team, for what, and as what file."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.models import User
from training.certificates.queries.evidence_scope import EvidenceChoice
from training.certificates.queries.standards import standards_of
from training.teams.access import teams_seen_by
from training.teams.forms.fields import DayField
from training.teams.models import Team


class EvidenceForm(PlainForm):
    """A team, a standard, a period and a kind of file."""

    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), empty_label=_("Choose a team")
    )
    standard = forms.ChoiceField(label=_("Standard"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(
        label=_("Until the end of"),
        required=False,
        help_text=_(
            "What was to be done or in date on one of these days. If empty, everything"
            " that was ever asked."
        ),
    )
    sheet = forms.ChoiceField(
        label=_("File"),
        widget=forms.RadioSelect,
        initial="pdf",
        help_text=_(
            "Of more than 300 lines, several PDFs are prepared in the background, in a"
            " zip with all the other files."
        ),
        choices=[
            ("pdf", _("One sheet to print (PDF)")),
            ("xlsx", _("One sheet for a spreadsheet (XLSX)")),
            ("csv", _("One sheet for a spreadsheet (CSV)")),
            ("zip", _("The sheet with every answer, to verify offline (zip)")),
        ],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        teams = teams_seen_by(user).order_by("name", "pk")
        self.fields["team"].queryset = teams
        first = list(teams[:2])
        if len(first) == 1:
            self.initial.setdefault("team", first[0].pk)
        assignments, courses = standards_of(teams)
        self.fields["standard"].choices = [
            ("", gettext("Everything")),
            (gettext("Courses"), [(f"c{key}", text) for key, text in courses.items()]),
            (gettext("Assignments"), [(f"a{row.pk}", str(row)) for row in assignments]),
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", gettext("It must not end before it starts."))
        return cleaned

    def choice(self) -> EvidenceChoice:
        """Return the period and the standard."""
        given = self.cleaned_data
        kind, key = given["standard"][:1], given["standard"][1:]
        return EvidenceChoice(
            since=given["since"],
            until=given["until"],
            assignment=int(key) if kind == "a" else None,
            course=uuid.UUID(key) if kind == "c" else None,
        )
