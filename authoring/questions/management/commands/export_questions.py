from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from authoring.questions import formats
from authoring.questions.queries import exporting
from course.queries import UnknownLesson, lesson_named


class Command(BaseCommand):
    help = (
        "Write the questions of a lesson's latest draft to a file, as Moodle XML "
        "(.xml) or GIFT (.gift), and list what the format cannot carry."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "lesson", help="the lesson's address, its slug, or its translation key"
        )
        parser.add_argument(
            "file", type=Path, nargs="?", help="left out: to the screen"
        )
        parser.add_argument(
            "--format", choices=list(formats.WRITTEN), help="else as the file is named"
        )

    def handle(self, *, lesson, file, **options):
        name = options["format"] or (file and formats.format_of(str(file)))
        if not name:
            known = ", ".join(formats.WRITTEN)
            raise CommandError(f"Choose a format with --format: {known}.")
        try:
            written = exporting.export_questions(lesson_named(lesson), name)
        except UnknownLesson as error:
            raise CommandError(str(error)) from error
        if file:
            _save(Path(file), written.text)
        else:
            self.stdout.write(written.text)
        for note in written.notes:
            self.stderr.write(f"Not carried: {note}")


def _save(path, text):
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
