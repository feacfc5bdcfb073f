"""Imported articles, and the page that new courses are added to."""

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
    """Return the newest import of the same file whose course still exists, or None.

    Its attribute `course` is the title of that course.
    """
    courses = CoursePage.objects.filter(translation_key=OuterRef("course_key"))
    applied = ImportedArticle.objects.filter(sha256=sha256, applied_at__isnull=False)
    named = applied.annotate(course=Subquery(courses.values("title")[:1]))
    return named.exclude(course=None).order_by("-applied_at").first()


def articles_not_exported(page: Page) -> Iterator[str]:
    """Yield a description of the article a course was made from; packs do not hold it."""
    if ImportedArticle.objects.filter(course_key=page.translation_key).exists():
        yield "the article it was made from"


def unfinished_imports(user: User) -> QuerySet[ImportedArticle]:
    """Return the user's articles that have no pages yet, newest first."""
    articles = ImportedArticle.objects.filter(user=user, applied_at=None)
    return articles.defer("content", "plan").order_by("-created_at")


def home_for_courses() -> Page:
    """Return the parent page for new courses: the root page of the default site."""
    return Site.objects.get(is_default_site=True).root_page
