"""The form for the day and hour of the weekly digest, in the account of the admin."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from training.assignments.actions.digests import choose_digest_time
from training.assignments.models import Weekday
from training.assignments.queries.digests import digest_time_of
from training.teams.models import site_time_zone


class DigestTimeForm(PlainForm):
    """When the account gets the list of who is behind in its teams."""

    weekday = forms.TypedChoiceField(
        label=_("Day"),
        choices=Weekday.choices,
        coerce=int,
        help_text=_("You get this e-mail only if somebody in your teams is behind."),
    )
    hour = forms.TypedChoiceField(
        label=_("Hour"),
        choices=[(hour, f"{hour}:00") for hour in range(24)],
        coerce=int,
    )

    def __init__(self, *args, instance, **kwargs):
        self.user, time = instance, digest_time_of(instance)
        initial = {"weekday": time.weekday, "hour": time.hour}
        super().__init__(*args, initial=initial, **kwargs)
        zone = _("In the time zone %(zone)s.") % {"zone": site_time_zone()}
        self.fields["hour"].help_text = zone

    def save(self):
        """Keep the choice, as Wagtail asks each form of the account to do."""
        choose_digest_time(user=self.user, at=timezone.now(), **self.cleaned_data)
