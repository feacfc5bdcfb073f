"""Danger signs: one text for lessons and the help page, in each language."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Locale

from course.events import danger_signs_saved
from course.panels import OtherLanguagesPanel
from course.rules.danger_signs import (
    DANGER_SIGNS,
    PHONE_NUMBERS,
    SAME_DAY_SIGNS,
    PhoneNumber,
    SignTexts,
    read_phone_numbers,
)


def default_signs() -> str:
    return DANGER_SIGNS


def default_same_day_signs() -> str:
    return SAME_DAY_SIGNS


def default_numbers() -> str:
    return PHONE_NUMBERS


def other_languages() -> models.Q:
    """Return which languages signs are translated into."""
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    return models.Q(language_code__in=codes) & ~models.Q(
        language_code=settings.LANGUAGE_CODE
    )


def _signs_field(**options):
    help_text = _(
        "One per line. They complete the sentence “Call your emergency number now "
        "if, even days later, you have …”. A clinician should check changes."
    )
    return models.TextField(_("danger signs"), help_text=help_text, **options)


def _same_day_field(**options):
    help_text = _(
        "One per line. They complete the sentence “See a doctor the same day if "
        "you have …”. A clinician should check changes."
    )
    return models.TextField(_("signs for the same day"), help_text=help_text, **options)


def _numbers_field(**options):
    help_text = _(
        "One per line, such as “US crisis line: 988”. They can be tapped to call."
    )
    return models.TextField(_("phone numbers"), help_text=help_text, **options)


class SignsOfLanguage(models.Model):
    """The signs and numbers in one language."""

    signs = _signs_field()
    same_day_signs = _same_day_field()
    phone_numbers = _numbers_field()

    class Meta:
        abstract = True

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
    def texts(self) -> SignTexts:
        return SignTexts(self.signs, self.same_day_signs, self.phone_numbers)


_TEXTS = [
    FieldPanel("signs"),
    FieldPanel("same_day_signs"),
    FieldPanel("phone_numbers"),
]


@register_setting(icon="warning")
class DangerSigns(SignsOfLanguage, ClusterableModel, BaseGenericSetting):
    """When to call for help, and whom, in the site's first language and in others."""

    signs = _signs_field(default=default_signs)
    same_day_signs = _same_day_field(default=default_same_day_signs)
    phone_numbers = _numbers_field(default=default_numbers)
    clinic_name = models.CharField(_("your clinic"), max_length=120, blank=True)
    clinic_number = models.CharField(
        _("your clinic's number"),
        max_length=40,
        blank=True,
        help_text=_("For questions that are not an emergency. Shown below the signs."),
    )

    panels = [
        *_TEXTS,
        FieldPanel("clinic_name"),
        FieldPanel("clinic_number"),
        OtherLanguagesPanel(
            "translations",
            heading=_("In other languages"),
            label=_("Language"),
            help_text=_(
                "Without a translation, readers see the signs in the first language, "
                "or Anteroom's own translation as long as you have not changed them."
            ),
        ),
    ]

    class Meta:
        verbose_name = _("danger signs")
        verbose_name_plural = _("danger signs")

    def __str__(self):
        return str(self._meta.verbose_name)

    @transaction.atomic
    def save(self, *args, **kwargs):
        """Save, and notify rooms above: lessons that show the signs have changed."""
        super().save(*args, **kwargs)
        danger_signs_saved.publish()

    @property
    def clinic(self) -> PhoneNumber | None:
        """Whom to call with questions, or None if the site has not named anybody."""
        if not self.clinic_number:
            return None
        return PhoneNumber(self.clinic_name, self.clinic_number)


class TranslatedDangerSigns(SignsOfLanguage):
    """The site's danger signs in a language other than its first."""

    danger_signs = ParentalKey(
        DangerSigns, on_delete=models.CASCADE, related_name="translations"
    )
    locale = models.ForeignKey(
        Locale,
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to=other_languages,
        verbose_name=_("language"),
    )

    panels = [FieldPanel("locale"), *_TEXTS]

    class Meta:
        verbose_name = _("danger signs in another language")
        verbose_name_plural = _("danger signs in other languages")
        constraints = [
            models.UniqueConstraint(
                fields=["danger_signs", "locale"], name="one_text_a_language"
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name}: {self.locale}"
