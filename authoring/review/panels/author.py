"""What waits for an author: drafts, comments, checks and dates."""

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator, capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Comment

from accounts.panels.admin_pages import PanelForUser
from authoring.review.access import may_write_pages, pages_edited_by
from authoring.review.panels.dates import dates_section
from authoring.review.panels.waiting import (
    WaitingRow,
    WaitingSection,
    edit_url,
    language_of,
    page_row,
    shown_day,
    since_day,
    waiting_context,
)
from authoring.review.queries.behind import Behind, translations_behind
from authoring.review.queries.drafts import OpenDraft, drafts_of
from authoring.review.queries.faults import LessonFaults, lesson_faults
from authoring.review.queries.open_comments import comments_waiting_for
from course.models import LessonPage


class AuthorPanel(PanelForUser):
    """The drafts, comments, checks and dates that wait for whoever writes pages."""

    name = "your-pages"
    template_name = "authoring/review/panels/author_panel.html"
    order = 91
    replaces = "user_objects_in_workflow_moderation"

    @property
    def is_shown(self) -> bool:
        return may_write_pages(self.user)

    def get_context_data(self, parent_context):
        today = timezone.localdate()
        pages = pages_edited_by(self.user)
        faults = lesson_faults(pages, today)
        sections = [
            _drafts(drafts_of(self.user, pages), {p.pk: f for p, f in faults}),
            _comments(comments_waiting_for(self.user, pages)),
            _checks(faults),
            _behind(translations_behind(pages)),
            dates_section(pages, today),
        ]
        return waiting_context(sections)


def _drafts(drafts: list[OpenDraft], faults: dict[int, LessonFaults]) -> WaitingSection:
    rows = [
        page_row(
            draft.page,
            icon="warning" if draft.is_sent_back else "edit",
            what=_state_of(draft),
            when=since_day(draft.since),
            links=_to_finish(draft, faults.get(draft.page.pk, LessonFaults())),
        )
        for draft in drafts
    ]
    return WaitingSection(
        "drafts", _("Your drafts"), _("No draft of yours waits to go live."), rows
    )


def _state_of(draft: OpenDraft) -> str:
    step = draft.workflow and draft.workflow.current_task_state
    if draft.is_sent_back:
        return _("Sent back by %(who)s on %(day)s") % {
            "who": step.finished_by or _("somebody"),
            "day": shown_day(step.finished_at),
        }
    if step:
        return _("Submitted on %(day)s, waits for %(step)s") % {
            "day": shown_day(step.started_at),
            "step": step.task.name,
        }
    if draft.live_on:
        return _("Goes live on %(day)s") % {"day": shown_day(draft.live_on)}
    return _("Not submitted yet")


def _to_finish(draft: OpenDraft, faults: LessonFaults) -> tuple[tuple[str, str], ...]:
    """Return links to what must be done before the draft can go live."""
    links = []
    if faults.fields:
        names = [capfirst(str(_name_of(name))) for name in faults.fields]
        words = _("Fill in: %(fields)s") % {"fields": get_text_list(names, _("and"))}
        links.append((edit_url(draft.page), words))
    if faults.questions:
        words = ngettext(
            "Fix %(n)d question", "Fix %(n)d questions", faults.questions
        ) % {"n": faults.questions}
        links.append((f"{edit_url(draft.page)}#tab-quiz", words))
    return tuple(links)


def _name_of(name: str):
    return LessonPage._meta.get_field(name).verbose_name


def _comments(comments) -> WaitingSection:
    return WaitingSection(
        "comments",
        _("Open comments"),
        _("No comment waits for your answer."),
        [_of_comment(comment) for comment in comments],
    )


def _of_comment(comment: Comment) -> WaitingRow:
    page = comment.page
    answers = ngettext("%(n)d answer", "%(n)d answers", comment.answers) % {
        "n": comment.answers
    }
    by = _("%(who)s on “%(page)s”") % {
        "who": comment.user,
        "page": page.get_admin_display_title(),
    }
    return WaitingRow(
        title=Truncator(comment.text).chars(80),
        url=f"{edit_url(page)}?comment={comment.pk}",
        icon="comment",
        what=f"{by} · {answers}" if comment.answers else by,
        when=since_day(comment.created_at),
        language=language_of(page),
    )


def _checks(faults: list[tuple[LessonPage, LessonFaults]]) -> WaitingSection:
    rows = [
        page_row(
            lesson,
            tab="review",
            icon="clipboard-list",
            what=_findings(found.findings),
            links=_keys(lesson, found.keys),
        )
        for lesson, found in faults
        if found.findings or found.keys
    ]
    return WaitingSection(
        "checks", _("Lessons with something to check"), _("All checks pass."), rows
    )


def _findings(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(n)d finding", "%(n)d findings", count) % {"n": count}


def _keys(lesson: LessonPage, count: int) -> tuple[tuple[str, str], ...]:
    if not count:
        return ()
    words = ngettext("Check %(n)d key", "Check %(n)d keys", count) % {"n": count}
    return ((reverse("keys_to_check", args=[lesson.pk]), words),)


def _behind(found: list[Behind]) -> WaitingSection:
    rows = [
        page_row(
            each.page,
            icon="globe",
            what=_("Its original changed for safety and says something else now"),
            when=since_day(each.changed_at),
            is_late=True,
            links=_original(each),
        )
        for each in found
    ]
    return WaitingSection(
        "translations", _("Translations behind"), _("No translation is behind."), rows
    )


def _original(each: Behind) -> tuple[tuple[str, str], ...]:
    if not each.is_open:
        return ()
    return ((edit_url(each.original), _("Open the original")),)
