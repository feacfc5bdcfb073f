"""Take the translations of a PO file."""

from dataclasses import dataclass

import polib
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail_localize.models import StringTranslation, Translation

from accounts.models import User
from authoring.translating.readers import LARGEST, UnreadableFile, read_po_file
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within


class UnableToTakeTexts(Exception):
    """`reason` says what is wrong with the file. Nothing was taken from it."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class ImportedTexts:
    """How many texts a file had, and how many of them no place in the page has."""

    count: int
    unknown: int
    invalid: int


@transaction.atomic
def import_texts(
    *, translation: Translation, content: bytes, user: User
) -> ImportedTexts:
    """Take all translations that the file has for texts of the page."""
    catalogue = polib.POFile()
    for place, source, text in _read(translation, content):
        entry = polib.POEntry(msgctxt=place, msgid=source, msgstr=text)
        catalogue.append(entry)
    unknown = translation.import_po(catalogue, user=user, tool_name="PO file")
    filled = sum(1 for entry in catalogue if entry.msgstr)
    return ImportedTexts(
        count=max(filled - len(unknown), 0),
        unknown=len(unknown),
        invalid=_count_invalid(translation),
    )


def _count_invalid(translation):
    return StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale,
        has_error=True,
    ).count()


def _read(translation, content):
    if not content:
        raise UnableToTakeTexts(_("Choose a PO file."))
    if len(content) > LARGEST:
        raise UnableToTakeTexts(
            _("This file is too large. Upload one of 2 MB or less.")
        )
    try:
        belongs_to, entries = read_within(read_po_file, content)
    except UnreadableFile as error:
        raise UnableToTakeTexts(_why_unreadable(error)) from error
    except BeyondBounds as error:
        raise UnableToTakeTexts(_("This file takes too long to read.")) from error
    except TooManyAtOnce as error:
        raise UnableToTakeTexts(
            _("The site is busy. Try again in a minute.")
        ) from error
    if belongs_to != str(translation.uuid):
        raise UnableToTakeTexts(
            _("This file was made for another page or language. Nothing was changed.")
        )
    return entries


def _why_unreadable(error):
    if error.line:
        message = _("This PO file is damaged at line %(line)d. Nothing was changed.")
        return message % {"line": error.line}
    return _("This is no PO file, or it is damaged. Nothing was changed.")
