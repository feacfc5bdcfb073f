"""What waits for a reviewer, since when, and from where on to read."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page, Revision, TaskState

from accounts.models import User
from authoring.review.models import ClinicalReview, LiveContent
from authoring.review.queries.states import ReviewState, with_review_state
from course.models import CoursePage, LessonPage

Name = tuple[object, int]


@dataclass(frozen=True)
class ToRead:
    """A page to read. `step` is what the reviewer was asked to decide, if asked.

    `signed` is the last sign-off of what was live, and `versions` are the two to
    compare: none if nobody signed, or if what was signed is gone.
    """

    page: Page
    since: dt.datetime | None
    step: TaskState | None
    signed: ClinicalReview | None
    versions: tuple[str, str] | None


def pages_to_decide(user: User, pages: QuerySet[Page]) -> list[ToRead]:
    """Return what the user was asked to sign off, oldest first.

    Versions can only be compared of the pages that the user may edit.
    """
    steps = _steps(user)
    asked = [step.workflow_state.object_id for step in steps]
    found = Page.objects.filter(pk__in=asked).select_related("locale")
    known = {str(page.pk): page for page in found}
    editable = set(pages.order_by().filter(pk__in=asked).values_list("pk", flat=True))
    signed = _newest_sign_offs(known.values())
    kept = _revisions_kept(signed.values())
    rows = []
    for step in steps:
        if page := known.get(step.workflow_state.object_id):
            review = signed.get(_name(page))
            start = str(review.revision) if review and review.revision in kept else ""
            start = start or ("live" if page.live and not review else "")
            versions = (start, "latest") if start and page.pk in editable else None
            rows.append(ToRead(page, step.started_at, step, review, versions))
    return rows


def pages_not_signed(pages: QuerySet[Page]) -> list[ToRead]:
    """Return live pages that changed since their sign-off, or never had one.

    Those that were submitted or sent back are left out. The oldest come first.
    """
    live = LiveContent.objects.filter(
        page_key=OuterRef("translation_key"),
        locale=OuterRef("locale__language_code"),
    )
    reviewed = pages.live().type(CoursePage, LessonPage).select_related("locale")
    found = list(
        with_review_state(reviewed)
        .filter(review_state__in=[ReviewState.CHANGED, ReviewState.NEVER])
        .annotate(
            since=Coalesce(Subquery(live.values("since")[:1]), "first_published_at")
        )
        .order_by("since", "path")
    )
    signed = _newest_sign_offs(
        p for p in found if p.review_state == ReviewState.CHANGED
    )
    kept = _revisions_kept(signed.values())
    rows = []
    for page in found:
        review = signed.get(_name(page))
        versions = None
        if review and review.revision in kept:
            versions = (str(review.revision), "live")
        rows.append(ToRead(page, page.since, None, review, versions))
    return rows


def _steps(user):
    of_pages = ContentType.objects.get_for_model(Page)
    return list(
        TaskState.objects.reviewable_by(user)
        .filter(workflow_state__base_content_type=of_pages)
        .select_related("task", "workflow_state__requested_by")
        .order_by("started_at", "pk")
    )


def _name(page: Page) -> Name:
    return page.translation_key, page.locale_id


def _newest_sign_offs(pages: Iterable[Page]) -> Mapping[Name, ClinicalReview]:
    """Return page → its newest sign-off of what was live by then, in one query."""
    known = {(p.translation_key, p.locale.language_code): p for p in pages}
    reviews = ClinicalReview.objects.filter(page_key__in={key for key, _code in known})
    found = {}
    for review in reviews.order_by("at", "pk"):
        page = known.get((review.page_key, review.locale))
        since = getattr(page, "since", None)
        if page and (since is None or review.at <= since):
            found[_name(page)] = review
    return found


def _revisions_kept(reviews: Iterable[ClinicalReview]) -> set[int]:
    numbers = [review.revision for review in reviews]
    found = Revision.page_revisions.filter(pk__in=numbers)
    return set(found.values_list("pk", flat=True))
