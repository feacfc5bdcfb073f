from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from authoring.packs.writers import export
from authoring.packs.writers.export import UnableToExport
from course.models import CoursePage


class Command(BaseCommand):
    help = (
        "Export the live pages of a course to a folder as a course pack that"
        " load_course can load, and list what a pack cannot hold. Of a translation, the"
        " newest drafts are exported."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "slug", help="The slug of the course: the last part of its address."
        )
        parser.add_argument(
            "--language",
            help="The code of the course's language, if it has several of that slug.",
        )
        parser.add_argument("folder", type=Path, help="A new or empty folder.")

    def handle(self, *, slug, folder, language, **options):
        try:
            written = export.write_pack(_find(slug, language), Path(folder))
        except UnableToExport as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            message = f"{error.filename} cannot be written: {error.strerror}."
            raise CommandError(message) from error
        for name in written.files:
            self.stdout.write(name)
        if written.losses:
            self.stdout.write("Not exported:")
        for what in written.losses:
            self.stdout.write(f"  {what}")
        if written.problems:
            lines = "\n".join(str(problem) for problem in written.problems)
            raise CommandError(
                "The pack was written, but load_course would reject it. Fix the "
                f"course and export it again:\n{lines}"
            )


def _find(slug, language):
    courses = CoursePage.objects.select_related("locale")
    if language:
        courses = courses.filter(locale__language_code=language)
    found = courses.filter(slug=slug)
    if len(found) == 1:
        return found[0]
    if len({course.locale_id for course in found}) > 1:
        codes = sorted(course.locale.language_code for course in found)
        which = " or ".join(f"--language {code}" for code in dict.fromkeys(codes))
        raise CommandError(f"“{slug}” is in several languages. Add {which}.")
    known = courses.order_by("slug").values_list("slug", flat=True)
    many = f"Several courses have the slug “{slug}”. Give each its own slug."
    none = f"There is no course “{slug}”. Courses: {', '.join(known) or 'none'}."
    raise CommandError(many if found else none)
