"""The review status of lessons."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, WorkflowState

from authoring.review.models import (
    ClinicalReview,
    LiveContent,
)


class ReviewState(TextChoices):
    """The review status of a lesson."""

    WAITING = "waiting", _("Waiting for review")
    SENT_BACK = "sent_back", _("Sent back")
    SIGNED_OFF = "signed_off", _("Signed off")
    CHANGED = "changed", _("Changed since review")
    NEVER = "never", _("Not reviewed")


def with_review_state(lessons: QuerySet) -> QuerySet:
    """Return the lessons with `review_state` and `signed_at`, which is None for never.

    A draft that is waiting or was sent back takes precedence over the live page.
    """
    live = LiveContent.objects.filter(
        page_key=OuterRef("page_key"), locale=OuterRef("locale")
    )
    reviews = ClinicalReview.objects.filter(
        page_key=OuterRef("translation_key"),
        locale=OuterRef("locale__language_code"),
    )
    holding = reviews.filter(sha256=Subquery(live.values("sha256")))
    outdated = reviews.filter(at__lte=Subquery(live.values("since")))
    return lessons.annotate(
        review_state=Case(
            When(
                _in_workflow(WorkflowState.STATUS_IN_PROGRESS),
                then=Value(ReviewState.WAITING),
            ),
            When(
                _in_workflow(WorkflowState.STATUS_NEEDS_CHANGES),
                then=Value(ReviewState.SENT_BACK),
            ),
            When(Exists(holding), then=Value(ReviewState.SIGNED_OFF)),
            When(Exists(outdated), then=Value(ReviewState.CHANGED)),
            default=Value(ReviewState.NEVER),
            output_field=CharField(),
        ),
        signed_at=Subquery(reviews.order_by("-at").values("at")[:1]),
    )


def _in_workflow(status):
    return Exists(
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Page),
            object_id=Cast(OuterRef("pk"), CharField()),
            status=status,
        )
    )
