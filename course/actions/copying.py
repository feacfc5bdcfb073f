"""Copying a large course in parts that can be watched and stopped."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.actions.copy_page import (
    CopyPageAction,
    CopyPageIntegrityError,
    CopyPagePermissionError,
)
from wagtail.models import Page

from accounts.models import User
from course.actions.copied_keys import sync_copied_keys
from course.models import CoursePage
from jobs.actions.chains import start_job
from jobs.kinds import JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job

# As many pages are copied in the request; a part copies fewer, each with its history.
MOST_AT_ONCE = 20
PAGES = 10
REFUSALS = (
    CopyPageIntegrityError,
    CopyPagePermissionError,
    ValidationError,
    IntegrityError,
)


class CopyingCourse(JobKind):
    """Copies a course, and then its lessons, as drafts."""

    code = "copying_course"
    label = gettext_lazy("copying a course")
    link = gettext_lazy("Open the copy")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Copy the course itself, or its next lessons."""
        source = CoursePage.objects.filter(pk=job.about).first()
        if source is None:
            raise UnableToContinue(_("The course has been deleted."))
        if not (job.started_by and job.started_by.is_active):
            raise UnableToContinue(
                _("The person who started this may not copy the course any more.")
            )
        if job.result["copy"] is None:
            return _copy_course(job, source)
        return _copy_lessons(job, source)

    def title_of(self, job: Job) -> str:
        return job.result["title"]

    def page_of(self, job: Job) -> str:
        there = Page.objects.filter(pk=job.result["copy"] or 0).exists()
        page = job.result["copy"] if there else job.result["to"]
        return reverse("wagtailadmin_explore", args=[page])

    def describe_result(self, job: Job) -> str:
        if job.state == Job.State.DONE:
            return _("The copy is a draft. Check it, then publish it.")
        return _("The copy is not whole. Continue, or delete the pages copied so far.")


def _copy_course(job, source):
    """Copy the course without its lessons."""
    new = {"title": job.result["title"], "slug": job.result["slug"]}
    copied = _copy(job, source, job.result["to"], update_attrs=new)
    job.result |= {"copy": copied.pk, "after": ""}
    return PartOutcome(1, is_last=job.total == 1)


def _copy_lessons(job, source):
    following = source.get_children().filter(path__gt=job.result["after"])
    lessons = list(following.order_by("path")[:PAGES])
    for lesson in lessons:
        _copy(job, lesson, job.result["copy"])
        job.result["after"] = lesson.path
    return PartOutcome(len(lessons), is_last=len(lessons) < PAGES)


def _copy(job, page, to, **changes):
    """Return the page's copy below the page with the key `to`.

    Raises UnableToContinue, which names the page.
    """
    parent = Page.objects.filter(pk=to).first()
    if parent is None:
        raise UnableToContinue(_("The page that it was to be copied to is gone."))
    action = CopyPageAction(
        page.specific, to=parent, keep_live=False, user=job.started_by, **changes
    )
    try:
        with transaction.atomic():
            copied = action.execute()
    except REFUSALS as refusal:
        text = _(
            "“%(title)s” cannot be copied there. Check that you may add pages there, "
            "and that no page there has the same address."
        )
        raise UnableToContinue(text % {"title": page.title}) from refusal
    sync_copied_keys(page=copied)
    return copied


@transaction.atomic
def copy_in_parts(
    *, course: CoursePage, to: Page, title: str, slug: str, by: User, at: dt.datetime
) -> Job | None:
    """Return the job that copies the course below `to`, if it is large.

    None means that the request is to copy it.
    """
    total = rows_for_worker(
        course.get_descendants(inclusive=True).count, most=MOST_AT_ONCE, at=at
    )
    if not total:
        return None
    # Whoever presses the button twice waits here.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    job = running_job(kind=CopyingCourse.code, about=course.pk, by=by)
    if job and job.result["slug"] == slug:
        return job
    job = start_job(kind=CopyingCourse(), about=course.pk, total=total, by=by, at=at)
    job.result = {"to": to.pk, "title": title, "slug": slug, "copy": None}
    job.save()
    return job
