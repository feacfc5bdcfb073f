"""Fields that the trainers' forms share: days, numbers of days, people by e-mail."""

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

# Blanks but the control characters among them, which are part of no address.
BETWEEN = re.compile(r"(?:[^\S\x0b\x0c\x1c-\x1f]|[,;])+")


class DayField(forms.DateField):
    """A day, chosen with the browser's own calendar or typed."""

    # A year mistyped by a digit would reach beyond what dates can count.
    earliest, latest = dt.date(2000, 1, 1), dt.date(2199, 12, 31)

    def __init__(self, **options):
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)

    def validate(self, value):
        super().validate(value)
        if value and not self.earliest <= value <= self.latest:
            raise ValidationError(_("Choose a day between the years 2000 and 2199."))


class DayNumbersField(forms.CharField):
    """Numbers of days, with commas between them. Gives a list, the greatest first."""

    most, greatest = 10, 365

    def prepare_value(self, value):
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value):
        words = [word for word in BETWEEN.split(super().to_python(value)) if word]
        if not all(word.isdecimal() for word in words):
            raise ValidationError(_("Write whole numbers with commas, such as 14, 3."))
        numbers = sorted({int(word) for word in words}, reverse=True)
        if any(not 1 <= number <= self.greatest for number in numbers):
            raise ValidationError(
                _("Each number is between 1 and %(greatest)d days."),
                params={"greatest": self.greatest},
            )
        if len(numbers) > self.most:
            raise ValidationError(
                _("%(most)d reminders at most."), params={"most": self.most}
            )
        return numbers

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)


class PeopleField(forms.CharField):
    """E-mail addresses, of which each must be somebody's in `people`.

    Gives a queryset of learners. `people` is set by the form: those its user may choose.
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
                    "%(addresses)s belongs to nobody in your teams.",
                    "%(addresses)s belong to nobody in your teams.",
                    len(unknown),
                ),
                params={"addresses": ", ".join(unknown)},
            )
        return Learner.objects.filter(pk__in=found.values())


class PersonField(PeopleField):
    """One e-mail address. Gives a learner."""

    widget = forms.EmailInput

    def clean(self, value):
        people = list(super().clean(value)[:2])
        if len(people) != 1:
            raise ValidationError(_("Write one e-mail address."))
        return people[0]
