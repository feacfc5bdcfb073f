"""The sign-offs of live content."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import (
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from wagtail.models import Locale

from accounts.models import User
from authoring.packs.queries import content_digest
from authoring.review.models import (
    ClinicalReview,
    LiveContent,
)
from course.models.pages import ReviewedPage
from page_cache.memory import recall_part


@dataclass(frozen=True)
class SignOff:
    """The newest sign-off of a page. `changed_at` is None while it holds."""

    name: str
    role: str
    at: datetime
    changed_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.changed_at is None


def sign_off_of(page: ReviewedPage) -> SignOff | None:
    """Return the sign-off that readers of the page see, in one query."""
    name = ("sign-off", page.translation_key, page.locale_id)
    return recall_part(name, lambda: sign_offs_of([page]).get(page.translation_key))


def sign_off_of_draft(page: ReviewedPage) -> SignOff | None:
    """Return the newest sign-off of the page's content as it is in memory."""
    signed = reviews_of(page).order_by("at", "pk").last()
    return SignOff(signed.name, signed.role, signed.at, None) if signed else None


def reviews_of(page: ReviewedPage) -> QuerySet[ClinicalReview]:
    """Return the sign-offs of this very content in the page's language."""
    return ClinicalReview.objects.filter(
        page_key=page.translation_key,
        locale=page.locale.language_code,
        sha256=content_digest.of_reviewed(page),
    )


def sign_offs_of(pages: Iterable[ReviewedPage]) -> dict[UUID, SignOff]:
    """Return page key → sign-off for pages, each one in its own language, in one query.

    The newest sign-off of the live content counts, or else the newest one of content
    that was live before. A sign-off of content that is not live yet does not count.
    """
    live = LiveContent.objects.filter(
        page_key=OuterRef("page_key"), locale=OuterRef("locale")
    )
    reviews = (
        ClinicalReview.objects.filter(_of_pages(pages))
        .annotate(
            live_sha256=Subquery(live.values("sha256")),
            live_since=Subquery(live.values("since")),
        )
        .order_by("at", "pk")
    )
    found: dict[UUID, SignOff] = {}
    for review in reviews:
        signed = _sign_off(review)
        known = found.get(review.page_key)
        if signed and (signed.holds or known is None or not known.holds):
            found[review.page_key] = signed
    return found


def _of_pages(pages):
    """Return a condition that matches the reviews of these pages in their languages.

    What somebody signed in one language says nothing about the words of another.
    """
    keys: dict[int, set[UUID]] = defaultdict(set)
    for page in pages:
        keys[page.locale_id].add(page.translation_key)
    found = Q(pk__in=[])
    for locale, signed in keys.items():
        code = Locale.objects.filter(pk=locale).values("language_code")
        found |= Q(page_key__in=signed, locale__in=code)
    return found


def _sign_off(review):
    if review.sha256 == review.live_sha256:
        return SignOff(review.name, review.role, review.at, None)
    if review.live_since and review.at <= review.live_since:
        return SignOff(review.name, review.role, review.at, review.live_since)
    return None


def sign_offs_record(user: User) -> list[dict[str, str]]:
    """Return the user's sign-offs as JSON values, oldest first."""
    fields = ("page_key", "locale", "revision", "name", "role", "at")
    rows = ClinicalReview.objects.filter(reviewer=user).order_by("at")
    return [{k: str(v) for k, v in row.items()} for row in rows.values(*fields)]


def sign_offs_not_exported(page: ReviewedPage) -> Iterator[str]:
    """Yield “its clinical sign-offs” if the page has any, since packs hold none."""
    if newest_sign_off(page):
        yield "its clinical sign-offs"


def newest_sign_off(page: ReviewedPage) -> ClinicalReview | None:
    """Return the page's newest sign-off, even if that version is not live yet."""
    reviews = ClinicalReview.objects.filter(
        page_key=page.translation_key, locale=page.locale.language_code
    )
    return reviews.order_by("at", "pk").last()
