"""Review dates on the start page, for authors and reviewers."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page

from authoring.review.panels.waiting import (
    WaitingRow,
    WaitingSection,
    page_row,
    shown_day,
)
from authoring.review.queries.coming_dates import ComingDate, coming_dates
from course.rules.review_dates import is_past


def dates_section(pages: QuerySet[Page], today: dt.date) -> WaitingSection:
    """Return the section of pages to check again soon, and of those past their date."""
    return WaitingSection(
        "dates",
        _("Review dates"),
        _("No review date comes in the next 60 days."),
        [_row(each, today) for each in coming_dates(pages, today)],
    )


def _row(each: ComingDate, today: dt.date) -> WaitingRow:
    day = {"day": shown_day(each.page.next_check)}
    is_late = is_past(each.page.next_check, today)
    return page_row(
        each.page,
        tab="review",
        icon="warning" if is_late else "calendar",
        what=_quiz_of(each, today) if is_late else "",
        when=_("was due on %(day)s") % day if is_late else _("due on %(day)s") % day,
        is_late=is_late,
    )


def _quiz_of(each: ComingDate, today: dt.date) -> str:
    if each.last_day is None:
        return ""
    day = {"day": shown_day(each.last_day)}
    if each.is_paused(today):
        return _("The quiz is paused. It was open until %(day)s") % day
    return _("The quiz is open until %(day)s") % day
