"""Articles that were imported, and where new courses stand."""

from collections.abc import Iterator

from django.db.models import (
    OuterRef,
    QuerySet,
    Subquery,
)
from wagtail.models import Page, Site

from accounts.models import User
from authoring.articles.models import (
    ImportedArticle,
)
from course.models import CoursePage


def earlier_import(sha256: str) -> ImportedArticle | None:
    """Return the newest import of the same file whose course is still there.

    Its `course` is the title of that course.
    """
    courses = CoursePage.objects.filter(translation_key=OuterRef("course_key"))
    applied = ImportedArticle.objects.filter(sha256=sha256, applied_at__isnull=False)
    named = applied.annotate(course=Subquery(courses.values("title")[:1]))
    return named.exclude(course=None).order_by("-applied_at").first()


def articles_not_exported(page: Page) -> Iterator[str]:
    """Yield “the article it was made from” where there is one: packs hold none."""
    if ImportedArticle.objects.filter(course_key=page.translation_key).exists():
        yield "the article it was made from"


def articles_in_hand(user: User) -> QuerySet[ImportedArticle]:
    """Return the user's articles of which no pages are made yet, the newest first."""
    articles = ImportedArticle.objects.filter(user=user, applied_at=None)
    return articles.defer("content", "plan").order_by("-created_at")


def home_for_courses() -> Page:
    """Return the page below which new courses stand."""
    return Site.objects.get(is_default_site=True).root_page
