"""What reviewers decided about a page and asked its author to change."""

from dataclasses import dataclass
from datetime import datetime

from wagtail.models import Page, TaskState, WorkflowState

from authoring.review.queries.sign_offs import newest_sign_off


@dataclass(frozen=True)
class SentBack:
    """A reviewer's request for changes: who, when and the comment."""

    by: str
    at: datetime
    comment: str


def sent_back(page: Page) -> SentBack | None:
    """Return the open request for changes, or None."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    step = state.current_task_state
    return SentBack(str(step.finished_by or ""), step.finished_at, step.comment)


@dataclass(frozen=True)
class Decision:
    """The last decision about a page: who made it and the comment.

    If the page was signed off, `by` is the name and role that readers see.
    """

    by: str
    comment: str


def last_decision(page: Page) -> Decision | None:
    """Return the last decision of a reviewer about the page, or None."""
    step = (
        TaskState.objects.filter(
            workflow_state__in=page.workflow_states.all(), finished_at__isnull=False
        )
        .select_related("finished_by")
        .order_by("finished_at", "pk")
        .last()
    )
    if step is None:
        return None
    review = newest_sign_off(page) if step.status == step.STATUS_APPROVED else None
    by = f"{review.name}, {review.role}" if review else str(step.finished_by or "")
    return Decision(by, step.comment)
