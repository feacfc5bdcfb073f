"""What waits for somebody, as a start page shows it: sections of rows, in words."""

import datetime as dt
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from languages.content import has_several_languages

SHOWN = 5


@dataclass(frozen=True)
class WaitingRow:
    """One thing that waits: a link to it, what to do, and since when or until when.

    `links` and `buttons` are pairs of an address and words; a button opens the dialog of
    a step. `is_late` marks the date in words and colour.
    """

    title: str
    url: str
    icon: str
    what: str
    when: str = ""
    language: str = ""
    is_late: bool = False
    links: tuple[tuple[str, str], ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class WaitingSection:
    """Rows of one kind below a heading, and what is said if there are none."""

    name: str
    heading: str
    empty: str
    rows: list[WaitingRow] = field(default_factory=list)

    @property
    def first(self) -> list[WaitingRow]:
        return self.rows[:SHOWN]

    @property
    def rest(self) -> list[WaitingRow]:
        return self.rows[SHOWN:]


def waiting_context(sections: list[WaitingSection]) -> dict[str, object]:
    """Return the sections with rows, those without, and how much waits in all."""
    return {
        "sections": [section for section in sections if section.rows],
        "empty": [section.empty for section in sections if not section.rows],
        "count": sum(len(section.rows) for section in sections),
    }


def page_row(page: Page, *, tab: str = "", **fields) -> WaitingRow:
    """Return a row that leads to the page in the editor, on the tab if one is named."""
    url = edit_url(page)
    return WaitingRow(
        title=page.get_admin_display_title(),
        url=f"{url}#tab-{tab}" if tab else url,
        language=language_of(page),
        **fields,
    )


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def language_of(page: Page) -> str:
    """Return the name of the page's language, or "" if the site has one."""
    return page.locale.get_display_name() if has_several_languages() else ""


def since_day(at: dt.datetime | None) -> str:
    return _("since %(day)s") % {"day": shown_day(at)} if at else ""


def shown_day(at: dt.datetime | dt.date) -> str:
    """Return the day in words, as the user's clock has it."""
    day = timezone.localtime(at) if isinstance(at, dt.datetime) else at
    return date_format(day, "DATE_FORMAT")
