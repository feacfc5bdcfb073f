"""Imported articles, and the page that new courses are added to."""

from collections.abc import Iterator

from django.db.models import (
    OuterRef,
    QuerySet,
    Subquery,
)
from django.utils.translation import get_language_info, gettext
from wagtail.models import Locale, Page, Site

from accounts.models import User
from authoring.articles.models import ArticleOutline, ImportedArticle
from authoring.articles.rules.outline import Outline, outline_named, outline_names
from authoring.articles.rules.outline_files import (
    Written,
    outline_from,
    written_outline,
)
from course.models import CoursePage
from course.queries.first_language import in_first_language


def earlier_import(sha256: str) -> ImportedArticle | None:
    """Return the newest import of the same file whose course still exists, or None.

    Its attribute `course` is the title of that course.
    """
    pages = CoursePage.objects.filter(translation_key=OuterRef("course_key"))
    courses = in_first_language(pages)
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


def home_for_courses(language: str = "") -> Page:
    """Return the parent page for new courses: the root page of the default site.

    If the site has that page in the language, return it in the language.
    """
    home = Site.objects.get(is_default_site=True).root_page
    codes = {language, language.partition("-")[0]} - {""}
    locale = Locale.objects.filter(language_code__in=codes).first()
    return (locale and home.get_translation_or_none(locale)) or home


def language_notice(language: str) -> str:
    """Return a sentence on the language of a new course, or "" if it is the usual one."""
    home, usual = home_for_courses(language), home_for_courses()
    names = {
        "language": _name_of(language),
        "usual": _name_of(home.locale.language_code),
    }
    if not language or _is_same(language, usual.locale.language_code):
        return ""
    if home != usual:
        return gettext("The article is in %(language)s, and so is the course.") % names
    return (
        gettext(
            "The article is in %(language)s. This site has no pages in %(language)s, so "
            "the course will be marked as %(usual)s, and screen readers will read it so. "
            "Ask the operator to add the language before you make the pages."
        )
        % names
    )


def _is_same(one: str, other: str) -> bool:
    return one.partition("-")[0] == other.partition("-")[0]


def _name_of(code: str) -> str:
    try:
        return get_language_info(code)["name_translated"]
    except KeyError:
        return code


def own_outlines() -> list[Outline]:
    """Return the outlines that authors of this site wrote, by their titles."""
    rows = ArticleOutline.objects.order_by("title")
    return [outline_from(row.name, row.content) for row in rows]


def shipped_outlines() -> list[Outline]:
    """Return the outlines we ship that have lessons of their own."""
    outlines = map(outline_named, outline_names())
    return [outline for outline in outlines if not outline.is_by_heading]


def outline_as_written(name: str) -> Written | None:
    """Return what an author wrote, or could have written, as the outline of this name."""
    if row := ArticleOutline.objects.filter(name=name).first():
        return row.content
    shipped = {outline.name: outline for outline in shipped_outlines()}
    return written_outline(shipped[name]) if name in shipped else None
