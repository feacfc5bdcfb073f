"""The file of completions, and what its rows may leave out."""

import datetime as dt
from dataclasses import asdict

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.signed_values import read_signed_value, sign_value
from training.elsewhere.rules.files import LONGEST
from training.teams.readers import rosters
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.rules.rosters.sheets import RosterTable
from training.teams.wording import of_file

LASTS = dt.timedelta(hours=1)
_SALT = "elsewhere.file"


class CompletionFileForm(PlainForm):
    """A CSV or XLSX file; where and who says so, for rows that do not say it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A CSV or XLSX file of up to 1,000 rows. The first row names the columns: "
            "E-mail, Course, Completed on and, optionally, Where and Who says so."
        ),
    )
    source = forms.CharField(
        label=_("Where"),
        max_length=LONGEST,
        required=False,
        help_text=_("For rows that do not say so."),
    )
    vouched_by = forms.CharField(
        label=_("Who says so"),
        max_length=LONGEST,
        required=False,
        help_text=_("For rows that do not say so."),
    )

    def clean_file(self) -> RosterTable:
        """Return the table in the file."""
        content = self.cleaned_data["file"].read(rosters.LARGEST + 1)
        try:
            return rosters.read_roster_bounded(content)
        except UnableToRead as error:
            raise forms.ValidationError(of_file(error)) from error


class CheckedFile:
    """A file whose preview is shown. The page carries it, signed, for an hour.

    So no copy of it is kept on the server.
    """

    def __init__(self, team: int, table: RosterTable, source: str, vouched_by: str):
        self.team, self.table = team, table
        self.source, self.vouched_by = source, vouched_by

    def signed(self) -> str:
        """Return the file as text that only this site can have made."""
        values = [self.team, asdict(self.table), self.source, self.vouched_by]
        return sign_value(values, salt=_SALT)


def checked_file(text: str) -> CheckedFile | None:
    """Return the file in the text; None if it is older than an hour, or altered."""
    return read_signed_value(text, _parse, salt=_SALT, max_age=LASTS)


def _parse(values):
    team, table, source, vouched_by = values
    rows = tuple((number, tuple(row)) for number, row in table["rows"])
    return CheckedFile(team, RosterTable(rows), source, vouched_by)
