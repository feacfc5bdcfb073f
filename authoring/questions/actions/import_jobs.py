"""Importing a long file of questions by a worker."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from authoring.questions.actions.importing import UnableToImport, import_questions
from authoring.questions.formats.reading import read_questions
from authoring.questions.queries.plan import QuestionPlan
from authoring.questions.rules.items import BrokenQuestionsError, ParsedQuestions
from course.models import LessonPage
from jobs.actions.chains import start_job
from jobs.files import delete_files, open_file, store_file
from jobs.kinds import JobKind, PartOutcome, UnableToContinue
from jobs.models import Job
from jobs.queries import rows_for_worker, running_job

# A file with more questions is imported by a worker.
MOST_AT_ONCE = 100
UPLOAD = "questions"


class ImportingQuestions(JobKind):
    """Adds the questions of a file to a draft in one part: it is one revision."""

    code = "importing_questions"
    label = gettext_lazy("importing questions")
    link = gettext_lazy("Open the lesson")

    def prepare_part(self, job: Job, at: dt.datetime) -> ParsedQuestions:
        """Return the questions of the file. Raises UnableToContinue."""
        try:
            with open_file(job, UPLOAD) as file:
                return read_questions(file.read().decode())
        except FileNotFoundError as gone:
            text = _("The file has been deleted. Choose it again on the lesson's page.")
            raise UnableToContinue(text) from gone
        except BrokenQuestionsError as error:
            note = error.problems[0]
            text = _("Line %(line)d: %(text)s")
            values = {"line": note.line, "text": note.text}
            raise UnableToContinue(text % values) from error

    def do_part(
        self, job: Job, at: dt.datetime, prepared: ParsedQuestions
    ) -> PartOutcome:
        """Add the questions to the draft."""
        try:
            plan = import_questions(
                lesson=_lesson_of(job),
                parsed=prepared,
                rewordings=job.result["rewordings"],
                user=job.started_by,
            )
        except UnableToImport as problem:
            raise UnableToContinue(str(problem)) from problem
        job.result["added"] = len(plan.added)
        transaction.on_commit(lambda: delete_files(job))
        return PartOutcome(job.total, is_last=True)

    def title_of(self, job: Job) -> str:
        titles = LessonPage.objects.filter(pk=job.about).values_list("title", flat=True)
        return titles.first() or ""

    def page_of(self, job: Job) -> str:
        return reverse("wagtailadmin_pages:edit", args=[job.about])

    def describe_result(self, job: Job) -> str:
        if job.state != Job.State.DONE:
            return _("Nothing was imported.")
        return describe_import(job.result["added"], len(job.result["rewordings"]))

    def forget(self, job: Job) -> None:
        """Delete the file of an import that was stopped or failed."""
        delete_files(job)


def _lesson_of(job):
    """Return the lesson. Raises UnableToContinue."""
    lesson, by = LessonPage.objects.filter(pk=job.about).first(), job.started_by
    if lesson is None:
        raise UnableToContinue(_("The lesson has been deleted."))
    if not (by and by.is_active and lesson.permissions_for_user(by).can_edit()):
        text = _("The person who started this may not edit the lesson any more.")
        raise UnableToContinue(text)
    return lesson


def describe_import(added: int, reworded: int) -> str:
    """Return sentences on what an import did to the draft."""
    sentences = []
    if reworded:
        sentences.append(
            ngettext(
                "%(count)d question has its new wording in the draft.",
                "%(count)d questions have their new wording in the draft.",
                reworded,
            )
            % {"count": reworded}
        )
    if added or not reworded:
        sentences.append(_describe_added(added))
    return " ".join(sentences)


def _describe_added(count):
    if not count:
        return _("Nothing was added. The lesson already has all of these questions.")
    return ngettext(
        "%(count)d question was added to the draft. Check it on the Quiz tab.",
        "%(count)d questions were added to the draft. Check them on the Quiz tab.",
        count,
    ) % {"count": count}


def import_file(
    *,
    lesson: LessonPage,
    text: str,
    parsed: ParsedQuestions,
    rewordings: Sequence[str],
    user: User,
    at: dt.datetime,
) -> QuestionPlan | Job:
    """Import the questions, or return the job that does so if they are many.

    `parsed` is what was read from the text. Raises UnableToImport, with nothing done.
    """
    total = rows_for_worker(len(parsed.items), most=MOST_AT_ONCE, at=at)
    if total:
        return _start(lesson, text, rewordings, user, at, total)
    return import_questions(
        lesson=lesson, parsed=parsed, rewordings=rewordings, user=user
    )


@transaction.atomic
def _start(lesson, text, rewordings, user, at, total):
    # Whoever presses the button twice waits here.
    LessonPage.objects.select_for_update(of=["self"]).get(pk=lesson.pk)
    job = running_job(kind=ImportingQuestions.code, about=lesson.pk, by=user)
    if job:
        return job
    kind = ImportingQuestions()
    job = start_job(kind=kind, about=lesson.pk, total=total, by=user, at=at)
    job.result = {"rewordings": list(rewordings)}
    job.save()
    store_file(job, UPLOAD, BytesIO(text.encode()))
    return job
