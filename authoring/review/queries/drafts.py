"""An author's drafts: since when each waits, and for what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from wagtail.models import Page, Revision, WorkflowState

from accounts.models import User

_EVER = Value(dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


@dataclass(frozen=True)
class OpenDraft:
    """A page with changes that are not live.

    `since` is when the first of them was saved. `workflow` is its open review, if it was
    submitted; `live_on` is when it goes live, if somebody scheduled that.
    """

    page: Page
    since: dt.datetime
    workflow: WorkflowState | None
    live_on: dt.datetime | None

    @property
    def is_sent_back(self) -> bool:
        state = self.workflow
        return bool(state) and state.status == WorkflowState.STATUS_NEEDS_CHANGES


def drafts_of(user: User, pages: QuerySet[Page]) -> list[OpenDraft]:
    """Return the user's drafts among the pages, oldest first, in 2 queries.

    A draft is the user's if they made the page, saved it last or submitted it.
    """
    mine = Q(owner=user) | Q(latest_revision__user=user) | _submitted_by(user)
    drafts = pages.filter(mine, has_unpublished_changes=True).annotate(
        draft_since=Coalesce(Subquery(_unpublished()), "latest_revision_created_at")
    )
    found = list(
        drafts.select_related("locale", "latest_revision").order_by(
            "draft_since", "path"
        )
    )
    open_reviews = _open_reviews(found)
    return [
        OpenDraft(
            page=page,
            since=page.draft_since,
            workflow=open_reviews.get(str(page.pk)),
            live_on=page.latest_revision and page.latest_revision.approved_go_live_at,
        )
        for page in found
    ]


def _of_pages() -> Q:
    return Q(base_content_type=ContentType.objects.get_for_model(Page))


def _submitted_by(user):
    states = WorkflowState.objects.active().filter(_of_pages(), requested_by=user)
    return Q(Exists(states.filter(object_id=Cast(OuterRef("pk"), CharField()))))


def _unpublished():
    """Return when the page's first version after it last went live was saved."""
    versions = Revision.objects.filter(
        _of_pages(),
        object_id=Cast(OuterRef("pk"), CharField()),
        created_at__gt=Coalesce(OuterRef("last_published_at"), _EVER),
    )
    return versions.order_by("created_at").values("created_at")[:1]


def _open_reviews(pages: Iterable[Page]) -> dict[str, WorkflowState]:
    states = WorkflowState.objects.active().filter(
        _of_pages(), object_id__in=[str(page.pk) for page in pages]
    )
    related = ("current_task_state__task", "current_task_state__finished_by")
    return {state.object_id: state for state in states.select_related(*related)}
