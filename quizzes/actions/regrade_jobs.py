"""Marking many people's answers again in parts, after a quiz was changed."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from course.models import LessonPage
from jobs.actions.chains import resume_job, start_job
from jobs.kinds import JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker
from quizzes.actions.regrading import regrade_lesson
from quizzes.models import Attempt, Paper, Publication

# As many people's attempts are marked again in a part, and at most in the request.
PEOPLE = 200


class MarkingAgain(JobKind):
    """Marks the attempts of some people at a time against what was published.

    The author decided it when publishing, so it goes on whatever becomes of the author.
    """

    code = "marking_again"
    label = gettext_lazy("marking answers again")
    link = gettext_lazy("Open the lesson")

    def do_part(self, job: Job, at: dt.datetime, prepared: None) -> PartOutcome:
        """Mark the next people's attempts."""
        publication = Publication.objects.select_related("paper").get(pk=job.about)
        lesson = _lesson_of(publication)
        if lesson is None:
            raise UnableToContinue(_("The lesson has been deleted."))
        if _unfinished(lesson).filter(pk__lt=job.pk).exists():
            raise UnableToContinue(
                _(
                    "An earlier change to this lesson is still being applied. This one "
                    "continues by itself when that is done."
                )
            )
        people = list(_people(lesson, job.result["after"])[:PEOPLE])
        job.result["marked"] += regrade_lesson(
            lesson=lesson,
            choice=publication.given_answers,
            before=Paper.objects.get(pk=job.result["before"]).content,
            actor=publication.actor,
            at=at,
            now=publication.paper.content,
            enrolments=people,
        )
        is_last = len(people) < PEOPLE
        if is_last:
            _continue_next(lesson, job)
        else:
            job.result["after"] = people[-1]
        return PartOutcome(len(people), is_last=is_last)

    def title_of(self, job: Job) -> str:
        lesson = _lesson_of(Publication.objects.filter(pk=job.about).first())
        return lesson.title if lesson else ""

    def page_of(self, job: Job) -> str:
        lesson = _lesson_of(Publication.objects.filter(pk=job.about).first())
        return reverse("wagtailadmin_pages:edit", args=[lesson.pk]) if lesson else ""

    def describe_result(self, job: Job) -> str:
        number = job.result["marked"]
        done = ngettext(
            "%(n)d attempt was given a new mark.",
            "%(n)d attempts were given a new mark.",
            number,
        )
        return done % {"n": number}


def _lesson_of(publication):
    if publication is None:
        return None
    return LessonPage.objects.filter(
        translation_key=publication.lesson_key,
        locale__language_code=publication.locale,
    ).first()


def _people(lesson, after=0):
    """Return the enrolments with submitted attempts on the lesson, in order."""
    attempts = Attempt.objects.on(lesson.translation_key).submitted()
    keys = attempts.filter(enrolment__gt=after).order_by("enrolment")
    return keys.values_list("enrolment", flat=True).distinct()


def _unfinished(lesson):
    """Return the jobs that have not applied a change to the lesson to everybody."""
    publications = Publication.objects.filter(lesson_key=lesson.translation_key)
    jobs = Job.objects.filter(
        kind=MarkingAgain.code, about__in=publications.values("pk")
    )
    return jobs.exclude(state=Job.State.DONE)


def _continue_next(lesson, job):
    following = _unfinished(lesson).filter(pk__gt=job.pk).order_by("pk").first()
    if following:
        transaction.on_commit(lambda: resume_job(job=following))


def mark_again(
    *, lesson: LessonPage, publication: Publication, before: Paper, at: dt.datetime
) -> None:
    """Mark earlier answers as the author decided: now, or in parts if they are many."""
    total = rows_for_worker(_people(lesson).count, most=0, at=at)
    if total > PEOPLE or (total and _unfinished(lesson).exists()):
        job = start_job(
            kind=MarkingAgain(),
            about=publication.pk,
            total=total,
            by=publication.actor,
            at=at,
        )
        job.result = {"before": before.pk, "after": 0, "marked": 0}
        job.save()
        return
    regrade_lesson(
        lesson=lesson,
        choice=publication.given_answers,
        before=before.content,
        actor=publication.actor,
        at=at,
    )
