"""Write the texts of translators into a draft of the page in their language.

A live page stays as it is until the draft is published, which is up to Wagtail's
workflow and the room `review`.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.whitelist import check_url
from wagtail_localize.fields import copy_synchronised_fields
from wagtail_localize.models import (
    CannotSaveDraftError,
    TranslationLog,
    TranslationSource,
)
from wagtail_localize.segments import OverridableSegmentValue
from wagtail_localize.segments.ingest import ingest_segments

from accounts.models import User
from authoring.translating.queries import texts_too_long


@transaction.atomic
def save_draft(
    *, source: TranslationSource, locale: Locale, user: User | None
) -> tuple[Page, bool]:
    """Save a draft in the language; return it, and whether the page is new.

    What is not translated stands in the source's language. What each language has of its
    own is that of the newest draft. Raises ValidationError, and saves nothing, if a text
    does not fit.
    """
    original = source.as_instance()
    if not isinstance(original, Page):
        raise CannotSaveDraftError
    draft, is_new = _newest_draft(source, original, locale)
    _put_texts_in(draft, source, original)
    if problems := texts_too_long(draft):
        raise ValidationError(problems)
    revision = draft.save_revision(user=user, clean=False)
    TranslationLog.objects.create(source=source, locale=locale, revision=revision)
    source.sync_view_restrictions(original, draft)
    return draft, is_new


def _newest_draft(source, original, locale):
    model = type(original)
    page = model.objects.filter(translation_key=source.object_id, locale=locale).first()
    if page:
        return page.get_latest_revision_as_object(), False
    return _begun(original.copy_for_translation(locale)), True


def _begun(page):
    """Return the new page, which nobody has checked yet: that is due today."""
    if hasattr(page, "next_check"):
        page.last_checked = page.next_check = timezone.localdate()
        page.save(clean=False)
    return page


def _put_texts_in(draft, source, original):
    locale = draft.locale
    copy_synchronised_fields(original, draft)
    found = source._get_segments_for_translation(locale, fallback=True)
    segments = [segment for segment in found if _may_be_used(segment)]
    ingest_segments(original, draft, source.locale, locale, segments)


def _may_be_used(segment):
    """Return whether it is no link to something that a browser would run."""
    is_link = isinstance(segment, OverridableSegmentValue)
    return not (is_link and isinstance(segment.data, str)) or check_url(segment.data)
