"""May a course or lesson go live? In languages other than the site's own, once signed.

`ReviewedPage.save` asks, whichever way a page is published; the editor asks earlier, to
say what has to be done.
"""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from authoring.review.queries.sign_offs import reviews_of
from authoring.rules.going_live import (
    Missing,
    missing_to_go_live,
    needs_own_sign_off,
)
from course.models import CoursePage, LessonPage
from course.models.pages import ReviewedPage

WHAT_TO_DO = {
    Missing.SIGN_OFF: _(
        "A clinical reviewer must sign this translation before it can be published."
    ),
    Missing.COURSE: _(
        "The course must be published in this language before its lessons can be. A "
        "lesson that is signed off by then is published with it."
    ),
}


def waits_for_sign_off(page: Page) -> bool:
    """Return whether the page, of any type, only goes live once it is signed off."""
    return is_gated_in(page.locale, page.specific_class)


def is_gated_in(locale: Locale, page_class: type[Page] | None) -> bool:
    """Return whether pages of this type wait for a sign-off in this language."""
    return issubclass(page_class or Page, ReviewedPage) and needs_own_sign_off(
        locale.language_code, settings.LANGUAGE_CODE
    )


def missing_of(page: Page) -> Missing | None:
    """Return what the page, in the version given, needs before it may go live."""
    if not waits_for_sign_off(page):
        return None
    return missing_to_go_live(
        is_signed=reviews_of(page).exists(), course_is_live=_course_is_live(page)
    )


def missing_of_draft(page: Page) -> Missing | None:
    """Return what the newest version of the page needs before it may go live."""
    if not waits_for_sign_off(page):
        return None
    return missing_of(page.get_latest_revision_as_object())


def _course_is_live(page: ReviewedPage) -> bool:
    if not isinstance(page, LessonPage):
        return True
    above = page.get_ancestors().type(CoursePage).last()
    return above is None or above.live
