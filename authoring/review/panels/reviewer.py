"""What waits for a clinical reviewer: what to read, since when, and what changed."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.panels.admin_pages import PanelForUser
from authoring.review.access import (
    may_sign_off_pages,
    may_write_pages,
    pages_edited_by,
)
from authoring.review.models import ClinicalReview, ClinicalReviewTask
from authoring.review.panels.dates import dates_section
from authoring.review.panels.waiting import (
    WaitingRow,
    WaitingSection,
    page_row,
    shown_day,
    since_day,
    waiting_context,
)
from authoring.review.queries.to_read import (
    ToRead,
    pages_not_signed,
    pages_to_decide,
)


class ReviewerPanel(PanelForUser):
    """What a reviewer was asked to sign off, and what is live without a sign-off."""

    name = "to-read"
    template_name = "authoring/review/panels/reviewer_panel.html"
    order = 90
    replaces = "workflow_objects_to_moderate"

    @property
    def is_shown(self) -> bool:
        return may_sign_off_pages(self.user)

    def get_context_data(self, parent_context):
        pages = pages_edited_by(self.user)
        live = pages_not_signed(pages)
        sections = [
            self._decisions(pages_to_decide(self.user, pages)),
            self._changed([each for each in live if each.signed]),
            self._unsigned([each for each in live if not each.signed]),
        ]
        if not may_write_pages(self.user):
            sections.append(dates_section(pages, timezone.localdate()))
        return waiting_context(sections)

    def _decisions(self, found: list[ToRead]) -> WaitingSection:
        return WaitingSection(
            "decisions",
            _("To sign off or send back"),
            _("Nobody waits for your sign-off."),
            [self._row(each, icon="clipboard-list") for each in found],
        )

    def _changed(self, found: list[ToRead]) -> WaitingSection:
        return WaitingSection(
            "changed",
            _("Live, and changed since the sign-off"),
            _("Nothing live has changed since its sign-off."),
            [self._row(each, icon="warning") for each in found],
        )

    def _unsigned(self, found: list[ToRead]) -> WaitingSection:
        return WaitingSection(
            "unsigned",
            _("Live, and never signed off"),
            _("Everything live has been signed off."),
            [self._row(each, icon="view") for each in found],
        )

    def _row(self, each: ToRead, icon: str) -> WaitingRow:
        return page_row(
            each.page,
            icon=icon,
            what=_in_words(each, self.user),
            when=since_day(each.since),
            links=_compared(each),
            buttons=_steps_of(each),
        )


def _in_words(each: ToRead, user: User) -> str:
    parts = []
    by = each.step and each.step.workflow_state.requested_by
    if by:
        parts.append(_("Submitted by %(who)s") % {"who": by})
    if each.step or each.signed:
        parts.append(_signed(each.signed, user))
    return " · ".join(parts)


def _signed(review: ClinicalReview | None, user: User) -> str:
    if review is None:
        return _("Never signed off")
    day = {"day": shown_day(review.at)}
    if review.reviewer_id == user.pk:
        return _("Signed off by you on %(day)s") % day
    return _("Signed off by %(name)s on %(day)s") % {"name": review.name, **day}


def _compared(each: ToRead) -> tuple[tuple[str, str], ...]:
    if each.versions is None:
        return ()
    url = reverse(
        "wagtailadmin_pages:revisions_compare", args=[each.page.pk, *each.versions]
    )
    words = _("See what changed") if each.signed else _("Compare with the live page")
    return ((url, words),)


def _steps_of(each: ToRead) -> tuple[tuple[str, str], ...]:
    """Return the dialogs in which the reviewer decides; other tasks have their own."""
    ours = ContentType.objects.get_for_model(ClinicalReviewTask)
    if not each.step or each.step.task.content_type_id != ours.pk:
        return ()
    words = {"approve": _("Sign off…"), "reject": _("Send back…")}
    return tuple(
        (
            reverse(
                "wagtailadmin_pages:workflow_action",
                args=[each.page.pk, name, each.step.pk],
            ),
            text,
        )
        for name, text in words.items()
    )
