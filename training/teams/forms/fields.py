"""Fields shared by trainers' forms: days, numbers of days, and people by e-mail."""

import datetime as dt
import re

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import Learner
from accounts.rules.names import clean_address

# White space except the control characters, which are not part of any address.
BETWEEN = re.compile(r"(?:[^\S\x0b\x0c\x1c-\x1f]|[,;])+")


class ReasonField(forms.CharField):
    """Why something is done; others read it later."""

    def __init__(self, **options):
        super().__init__(
            label=_("Reason"),
            max_length=255,
            help_text=_(
                "Kept with the evidence. Only include what others need to know."
            ),
            **options,
        )


class DayField(forms.DateField):
    """A day, chosen with the browser's date picker or typed."""

    # A mistyped year could fall outside the range that dates support.
    earliest, latest = dt.date(2000, 1, 1), dt.date(2199, 12, 31)

    def __init__(self, **options):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def validate(self, value):
        super().validate(value)
        if value and not self.earliest <= value <= self.latest:
            raise ValidationError(_("Choose a date between 2000 and 2199."))


class DayNumbersField(forms.CharField):
    """Numbers of days, separated by commas. Returns a list, largest first."""

    most, greatest = 10, 365

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        words = [word for word in BETWEEN.split(super().to_python(value)) if word]
        if not all(word.isdecimal() for word in words):
            raise ValidationError(
                _("Enter whole numbers separated by commas, such as 14, 3.")
            )
        numbers = sorted({int(word) for word in words}, reverse=True)
        if any(not 1 <= number <= self.greatest for number in numbers):
            raise ValidationError(
                _("Each number must be between 1 and %(greatest)d days."),
                params={"greatest": self.greatest},
            )
        if len(numbers) > self.most:
            raise ValidationError(
                _("Enter at most %(most)d reminders."), params={"most": self.most}
            )
        return numbers

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class PeopleField(forms.CharField):
    """E-mail addresses, each of which must belong to somebody in `people`.

    Returns a queryset of learners. The form sets `people` to those its user may choose.
    """

    widget = forms.Textarea(attrs={"rows": 3})
    people: QuerySet[Learner] = Learner.objects.none()

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return "\n".join(sorted(person.user.email for person in value if person.user))

    def clean(self, value):
        text = super().clean(value)
        addresses = set(filter(None, map(clean_address, BETWEEN.split(text))))
        rows = self.people.annotate(address=Lower("user__email"))
        found = dict(rows.filter(address__in=addresses).values_list("address", "pk"))
        if unknown := sorted(addresses - set(found)):
            raise ValidationError(
                ngettext_lazy(
                    "%(addresses)s does not belong to anyone in your teams.",
                    "%(addresses)s do not belong to anyone in your teams.",
                    len(unknown),
                ),
                params={"addresses": ", ".join(unknown)},
            )
        return Learner.objects.filter(pk__in=found.values())


class PersonField(PeopleField):
    """One e-mail address. Returns a learner."""

    widget = forms.EmailInput

    def clean(self, value):
        people = list(super().clean(value)[:2])
        if len(people) != 1:
            raise ValidationError(_("Enter one e-mail address."))
        return people[0]
