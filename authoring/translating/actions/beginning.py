"""Begin translations, take up what authors changed since, and send them to review."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from accounts.models import User
from authoring.translating.actions.drafts import save_draft
from authoring.translating.queries import (
    count_untranslated,
    has_changed_elsewhere,
    pages_to_begin,
)


class UnableToTranslate(Exception):
    """`reason` says why nothing was saved and what to do."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def begin_translations(
    *, page: Page, locales: Iterable[Locale], with_below: bool, user: User
) -> list[Page]:
    """Make a draft of the live page in each language, and of pages above that lack one.

    With `with_below`, also of the live pages below it. Returns the drafts of the page.
    """
    drafts = []
    for locale in locales:
        for each in pages_to_begin(page, locale, with_below=with_below):
            if not each.live:
                raise UnableToTranslate(_publish_first(each))
            draft = _begin(each, locale, user)
            if each.pk == page.pk:
                drafts.append(draft)
    return drafts


def _begin(page, locale, user):
    source, _is_new = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.update_or_create(
        source=source, target_locale=locale, defaults={"enabled": True}
    )
    draft, _is_new = save_draft(source=source, locale=locale, user=user)
    return draft


def _publish_first(page):
    message = _("Publish “%(title)s” first. Only what is live can be translated.")
    return message % {"title": page.get_admin_display_title()}


@transaction.atomic
def update_source(*, source: TranslationSource) -> None:
    """Let translators see the page as it is live now. Their drafts stay as they are."""
    source.update_from_db()


@transaction.atomic
def save_translation(
    *, translation: Translation, page: Page, user: User, replace: bool = False
) -> None:
    """Save the translated texts as a draft of the page.

    Raises UnableToTranslate if they do not fit, or, without `replace`, if somebody
    changed the page itself since.
    """
    if not replace and has_changed_elsewhere(translation, page):
        raise UnableToTranslate(_("Somebody changed this page in the page editor."))
    try:
        save_draft(
            source=translation.source, locale=translation.target_locale, user=user
        )
    except ValidationError as error:
        raise UnableToTranslate(" ".join(error.messages)) from error


@transaction.atomic
def submit_translation(*, translation: Translation, page: Page, user: User) -> None:
    """Save the draft and send it to the reviewers of the language.

    Raises UnableToTranslate if texts are missing, too.
    """
    if missing := count_untranslated(translation):
        raise UnableToTranslate(missing)
    workflow = page.get_workflow()
    if not workflow:
        raise UnableToTranslate(_("No workflow is set for this page."))
    save_translation(translation=translation, page=page, user=user)
    page.refresh_from_db()
    workflow.start(page, user)
