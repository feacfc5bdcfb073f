"""The danger signs of the site, as they are read in a language."""

from dataclasses import dataclass

from django.conf import settings

from course.models import DangerSigns, TranslatedDangerSigns
from course.rules.danger_signs import (
    PhoneNumber,
    SignTexts,
    choose_signs,
    read_phone_numbers,
    split_lines,
)
from languages.content import WordsIn, content_language


@dataclass(frozen=True)
class DangerSignsShown:
    """Signs and numbers, each of which says in which language it is."""

    sign_list: list[WordsIn]
    same_day_list: list[WordsIn]
    number_list: list[PhoneNumber]
    clinic: PhoneNumber | None


def danger_signs(language: str = "") -> DangerSignsShown:
    """Return the danger signs in the language, by default that of what is shown.

    Those of the site, or the ones we ship. One query; two in a language other than the
    site's first.
    """
    language = language or content_language()
    site = DangerSigns.objects.first()
    found, texts = choose_signs(
        language, settings.LANGUAGE_CODE, _written(site, language)
    )
    return DangerSignsShown(
        sign_list=_lines(texts.signs, found),
        same_day_list=_lines(texts.same_day_signs, found),
        number_list=[
            PhoneNumber(WordsIn(phone.name, found), phone.number)
            for phone in read_phone_numbers(texts.phone_numbers)
        ],
        clinic=site.clinic if site else None,
    )


def _written(site: DangerSigns | None, language: str) -> dict[str, SignTexts]:
    if site is None:
        return {}
    written = {settings.LANGUAGE_CODE: site.texts}
    if language != settings.LANGUAGE_CODE:
        translated = TranslatedDangerSigns.objects.filter(
            danger_signs=site, locale__language_code=language
        ).first()
        written |= {language: translated.texts} if translated else {}
    return written


def _lines(text: str, language: str) -> list[WordsIn]:
    return [WordsIn(line, language) for line in split_lines(text)]
