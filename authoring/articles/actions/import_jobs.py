"""Making the pages of a long article in parts that can be watched and stopped."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Page

from accounts.models import User
from authoring.articles.access import may_add_courses
from authoring.articles.actions.importing import (
    ImportedCourse,
    UnableToMakePages,
    begin_course,
    lessons_to_make,
    make_lesson,
    make_pages,
    whole_plan,
)
from authoring.articles.models import ImportedArticle
from course.models import CoursePage
from course.queries.first_language import in_first_language
from course.rules.digests import digest_json
from jobs.actions.chains import start_job
from jobs.kinds import JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job

# As many lessons are made in the request; a part makes fewer.
MOST_AT_ONCE = 10
LESSONS = 5


class ImportingArticle(JobKind):
    """Makes the course, and then some lessons at a time, as drafts."""

    code = "importing_article"
    label = gettext_lazy("making pages from an article")
    link = gettext_lazy("Open the drafts")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Make the next lessons. The last part ends the import."""
        article = ImportedArticle.objects.filter(pk=job.about).first()
        if article is None:
            raise UnableToContinue(_("The article has been deleted."))
        if digest_json(article.plan) != job.result["plan"]:
            text = _("The plan has been changed. Make the pages from the plan again.")
            raise UnableToContinue(text)
        if not (
            job.started_by
            and job.started_by.is_active
            and may_add_courses(job.started_by)
        ):
            text = _("The person who started this may not add courses any more.")
            raise UnableToContinue(text)
        try:
            return _make_next(job, article, at)
        except UnableToMakePages as problem:
            raise UnableToContinue(str(problem)) from problem

    def title_of(self, job: Job) -> str:
        names = ImportedArticle.objects.filter(pk=job.about)
        return names.values_list("filename", flat=True).first() or ""

    def page_of(self, job: Job) -> str:
        keys = ImportedArticle.objects.filter(pk=job.about).values("course_key")
        pages = CoursePage.objects.filter(translation_key__in=keys)
        course = in_first_language(pages).first()
        return reverse("wagtailadmin_explore", args=[course.pk]) if course else ""

    def describe_result(self, job: Job) -> str:
        return " ".join(
            [_count_lessons(job.done), *map(_describe_kept, job.result["kept"])]
        )


def _make_next(job, article, at):
    plan = whole_plan(article)
    done = begin_course(
        article=article,
        plan=plan,
        parent=Page.objects.get(pk=job.result["parent"]),
        user=job.started_by,
        at=at,
        onto=ImportedArticle.objects.filter(pk=job.result["onto"]).first(),
    )
    lessons = lessons_to_make(plan)
    now = lessons[job.done : job.done + LESSONS]
    for lesson in now:
        make_lesson(
            plan=plan,
            planned=lesson,
            article=article,
            done=done,
            user=job.started_by,
            at=at,
        )
    is_last = job.done + len(now) >= len(lessons)
    article.applied_at = at if is_last else None
    article.save()
    job.result["kept"] += done.kept
    return PartOutcome(len(now), is_last=is_last)


def _count_lessons(number):
    done = ngettext(
        "%(n)d lesson is done. Check it, then publish it.",
        "%(n)d lessons are done. Check them one by one.",
        number,
    )
    return done % {"n": number}


def _describe_kept(title):
    text = _("“%(title)s” was not changed, because it is live or somebody edited it.")
    return text % {"title": title}


def import_article(
    *,
    article: ImportedArticle,
    parent: Page,
    user: User,
    at: dt.datetime,
    onto: ImportedArticle | None,
) -> ImportedCourse | Job:
    """Make the pages now, or return the job that makes them if they are many.

    Raises UnableToMakePages, with nothing done.
    """
    lessons = lessons_to_make(whole_plan(article))
    total = rows_for_worker(len(lessons), most=MOST_AT_ONCE, at=at)
    if not total:
        return make_pages(article=article, parent=parent, user=user, at=at, onto=onto)
    return _start(article, parent, user, at, onto, total)


@transaction.atomic
def _start(article, parent, user, at, onto, total):
    # Whoever presses the button twice waits here.
    ImportedArticle.objects.select_for_update().get(pk=article.pk)
    job = article_job(article)
    if job:
        return job
    job = start_job(
        kind=ImportingArticle(), about=article.pk, total=total, by=user, at=at
    )
    job.result = {
        "parent": parent.pk,
        "onto": onto and onto.pk,
        "plan": digest_json(article.plan),
        "kept": [],
    }
    job.save()
    return job


def article_job(article: ImportedArticle) -> Job | None:
    """Return the job that makes pages from the article at the moment, if one does."""
    return running_job(kind=ImportingArticle.code, about=article.pk)
