# ruff: noqa: RUF001 -- an en dash joins two names.
import json

from django.core.management.base import BaseCommand, CommandError

from authoring.review.queries.measures import measure_course
from course.models import CoursePage

_LINE = (
    "{lesson}: {words} words, {minutes} min, {phone_heights} phone screens, {citations} "
    "citations, grade {grade}, Dale–Chall {dale_chall}"
)


class Command(BaseCommand):
    help = "Shows how long, hard and well sourced a course is."

    def add_arguments(self, parser):
        parser.add_argument("slug", help="the slug of the course")
        parser.add_argument("--json", action="store_true", help="all figures as JSON")

    def handle(self, *args, slug, **options):
        course = CoursePage.objects.filter(slug=slug).first()
        if not course:
            raise CommandError(f"There is no course “{slug}”.")
        measures = measure_course(course)
        if options["json"]:
            self.stdout.write(json.dumps(measures, indent=2, ensure_ascii=False))
            return
        for lesson in measures["lessons"]:
            self.stdout.write(_LINE.format_map(lesson))
        self.stdout.write("Course: {words} words, {minutes} min".format(**measures))
        for strategy, share in measures["guessing"].items():
            name = strategy.replace("_", " ")
            self.stdout.write(f"Guessing by “{name}”: {share:.0%} right")
