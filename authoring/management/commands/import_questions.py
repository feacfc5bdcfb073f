from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from authoring.question_actions import UnableToImport, append_questions
from authoring.questions import formats
from authoring.questions import plan as plans
from authoring.questions.items import BrokenQuestionsError
from course.queries import UnknownLesson, lesson_named


class Command(BaseCommand):
    help = (
        "Append the questions of a file (Moodle XML, GIFT or Aiken) to the latest "
        "draft of a lesson, and list what is left out. Nothing is published."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "lesson", help="the lesson's address, its slug, or its translation key"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would be added, write nothing",
        )

    def handle(self, *, file, lesson, dry_run, **options):
        try:
            page = lesson_named(lesson)
            parsed = formats.read(_content(Path(file)))
            plan = (
                plans.make(page, parsed)
                if dry_run
                else append_questions(lesson=page, parsed=parsed)
            )
        except (UnknownLesson, UnableToImport) as error:
            raise CommandError(str(error)) from error
        except BrokenQuestionsError as error:
            lines = "\n".join(f"{file}:{p.line}: {p.text}" for p in error.problems)
            raise CommandError(f"Nothing was imported. To mend:\n{lines}") from error
        self.show(plan)
        if dry_run:
            self.stdout.write("Nothing was written.")

    def show(self, plan):
        for step in plan.steps:
            done = "in the lesson already" if step.is_there else "add"
            self.stdout.write(f"Line {step.item.line}, “{step.handle}”: {done}")
            if not step.is_there:
                for mend in step.to_mend:
                    self.stdout.write(f"  To mend before it goes live: {mend}")
        for note in plan.notes:
            self.stdout.write(f"Line {note.line}: {note.text}")


def _content(path):
    """Return the file, and no more of it than shows that it is too large."""
    try:
        with path.open("rb") as file:
            return file.read(formats.LARGEST + 1)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
