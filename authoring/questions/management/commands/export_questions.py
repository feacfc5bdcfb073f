from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from authoring.questions import formats
from authoring.questions.queries import exporting
from course.queries import UnknownLesson, lesson_named


class Command(BaseCommand):
    help = (
        "Export the questions in a lesson's latest draft to a file, as Moodle XML "
        "(.xml) or GIFT (.gift), and list what the format cannot hold."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "lesson", help="The lesson's address, slug or translation key."
        )
        parser.add_argument(
            "file",
            type=Path,
            nargs="?",
            help="The file to write. By default the questions are printed.",
        )
        parser.add_argument(
            "--format",
            choices=list(formats.WRITTEN),
            help="The format. By default it depends on the file name.",
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
            self.stderr.write(f"Not exported: {note}")


def _save(path, text):
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}.") from error
