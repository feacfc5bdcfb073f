"""Receive Wagtail's signal that somebody begins a page."""

import datetime as dt

from django.utils import timezone
from wagtail.models import Page

from course.models.pages import FROM_ABOVE, ReviewedPage

CHECKED_AGAIN_AFTER = dt.timedelta(days=182)


def page_was_begun(page: Page, parent: Page, **kwargs):
    """Fill in how a new page was made and checked, so that nobody types it for each.

    A page that is below none with such information was made today.
    """
    if not isinstance(page, ReviewedPage):
        return
    above = parent.specific
    if isinstance(above, ReviewedPage):
        for name in FROM_ABOVE:
            setattr(page, name, getattr(above, name))
    else:
        page.last_checked = timezone.localdate()
        page.next_check = page.last_checked + CHECKED_AGAIN_AFTER
