from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from authoring.questions import formats
from authoring.questions.actions.importing import UnableToImport, import_questions
from authoring.questions.formats.reading import read_file
from authoring.questions.queries import plan as plans
from authoring.questions.rules.items import BrokenQuestionsError
from course.queries import UnknownLesson, lesson_named


class Command(BaseCommand):
    help = (
        f"Add the questions in a file ({formats.readable_formats()}) to the latest draft of a"
        " lesson, update the wording of those that the lesson already has, and list"
        " what is left out. Nothing is published."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The file to import.")
        parser.add_argument(
            "lesson", help="The lesson's address, slug or translation key."
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Show what would change, without changing anything.",
        )

        parser.add_argument(
            "--keep-wordings",
            action="store_true",
            help="Do not change the wording of questions that the lesson already has.",
        )

    def handle(self, *, file, lesson, dry_run, keep_wordings, **options):
        rewordings = () if keep_wordings else None
        try:
            page = lesson_named(lesson)
            parsed = read_file(_content(Path(file)))
            plan = (
                plans.plan_questions(page, parsed)
                if dry_run
                else import_questions(lesson=page, parsed=parsed, rewordings=rewordings)
            )
        except (UnknownLesson, UnableToImport) as error:
            raise CommandError(str(error)) from error
        except BrokenQuestionsError as error:
            lines = "\n".join(f"{file}:{p.line}: {p.text}" for p in error.problems)
            raise CommandError(
                f"Nothing was imported. Fix these problems:\n{lines}"
            ) from error
        self.show(plan, keep_wordings)
        if dry_run:
            self.stdout.write("Nothing was written.")

    def show(self, plan, keep_wordings):
        for step in plan.steps:
            done = _done(step, keep_wordings)
            self.stdout.write(f"Line {step.item.line}, “{step.handle}”: {done}")
            for change in step.item.changes:
                self.stdout.write(f"  Check the wording. {change}")
            for part in step.rewording.differences if step.rewording else ():
                self.stdout.write(f"  {part.part}: “{part.before}” → “{part.after}”")
            for problem in () if step.is_there else step.to_fix:
                self.stdout.write(f"  Fix before it goes live: {problem}")
        for note in plan.notes:
            self.stdout.write(f"Line {note.line}: {note.text}")


def _done(step, keep_wordings):
    if step.is_there:
        return "already in the lesson"
    if step.rewording:
        return "not changed" if keep_wordings else "new wording"
    return "add"


def _content(path):
    """Return the content, cut off just past the size limit."""
    try:
        with path.open("rb") as file:
            return file.read(formats.LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
