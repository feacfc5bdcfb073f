"""Danger signs: one text for lessons and the help page."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from course.events import danger_signs_saved
from course.rules.danger_signs import (
    DANGER_SIGNS,
    PHONE_NUMBERS,
    SAME_DAY_SIGNS,
    PhoneNumber,
    read_phone_numbers,
    split_lines,
)


def default_signs() -> str:
    return DANGER_SIGNS


def default_same_day_signs() -> str:
    return SAME_DAY_SIGNS


def default_numbers() -> str:
    return PHONE_NUMBERS


@register_setting(icon="warning")
class DangerSigns(BaseGenericSetting):
    """When to call for help, and whom."""

    signs = models.TextField(
        _("danger signs"),
        default=default_signs,
        help_text=_(
            "One per line. They complete the sentence “Call your emergency number now "
            "if, even days later, you have …”. A clinician should check changes."
        ),
    )
    same_day_signs = models.TextField(
        _("signs for the same day"),
        default=default_same_day_signs,
        help_text=_(
            "One per line. They complete the sentence “See a doctor the same day if "
            "you have …”. A clinician should check changes."
        ),
    )
    phone_numbers = models.TextField(
        _("phone numbers"),
        default=default_numbers,
        help_text=_(
            "One per line, such as “US crisis line: 988”. They can be tapped to call."
        ),
    )
    clinic_name = models.CharField(_("your clinic"), max_length=120, blank=True)
    clinic_number = models.CharField(
        _("your clinic's number"),
        max_length=40,
        blank=True,
        help_text=_("For questions that are not an emergency. Shown below the signs."),
    )

    panels = [
        FieldPanel("signs"),
        FieldPanel("same_day_signs"),
        FieldPanel("phone_numbers"),
        FieldPanel("clinic_name"),
        FieldPanel("clinic_number"),
    ]

    class Meta:
        verbose_name = _("danger signs")
        verbose_name_plural = _("danger signs")

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and notify rooms above: lessons that show the signs have changed."""
        super().save(*args, **kwargs)
        danger_signs_saved.publish()

    def clean(self):
        super().clean()
        try:
            read_phone_numbers(self.phone_numbers)
        except ValueError as error:
            message = _("Write a name, a colon and a number: “%(line)s”.")
            raise ValidationError(
                {"phone_numbers": message % {"line": error}}
            ) from error

    @property
    def sign_list(self) -> list[str]:
        return split_lines(self.signs)

    @property
    def same_day_list(self) -> list[str]:
        return split_lines(self.same_day_signs)

    @property
    def number_list(self) -> list[PhoneNumber]:
        return read_phone_numbers(self.phone_numbers)

    @property
    def clinic(self) -> PhoneNumber | None:
        """Whom to call with questions, or None if the site has not named anybody."""
        if not self.clinic_number:
            return None
        return PhoneNumber(self.clinic_name, self.clinic_number)
