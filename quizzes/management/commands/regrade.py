"""`manage.py regrade LESSON`: mark earlier answers against the live questions."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from course.models.lessons import GivenAnswers
from course.queries import UnknownLesson, lesson_named
from quizzes.actions.regrading import regrade_lesson
from quizzes.queries.attempts import paper_of
from quizzes.queries.regrade_plan import RegradePlan, plan_regrade
from quizzes.rules.regrading import change_between

CHOICES = [choice.replace("_", "-") for choice in GivenAnswers.values]


class Command(BaseCommand):
    help = (
        "Mark finished attempts on a lesson again if the right answers of its live "
        "questions have changed since. If there is a draft, --dry-run also shows what "
        "it would change, as the Review tab does."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "lesson", help="The lesson's address, slug or translation key."
        )
        parser.add_argument(
            "--choice", choices=CHOICES, help="What to do with earlier answers."
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Count the attempts without changing anything.",
        )

    def handle(self, *, lesson, choice, dry_run, **_options):
        try:
            page = lesson_named(lesson)
        except UnknownLesson as error:
            raise CommandError(str(error)) from error
        choices = [choice.replace("-", "_")] if choice else GivenAnswers.values
        if dry_run:
            self._count_draft(page, choices)
        elif not page.live:
            raise CommandError(f"“{page.title}” is not live. Publish it first.")
        elif not choice:
            raise CommandError(
                f"Use --choice to say what to do ({', '.join(CHOICES)}), "
                "or --dry-run to count first."
            )
        self._count("Live questions", plan_regrade(page, paper_of(page), None), choices)
        if not dry_run:
            self._apply(page, *choices)

    def _count_draft(self, page, choices):
        if not page.has_unpublished_changes:
            return
        before = paper_of(page)
        now = paper_of(page.get_latest_revision_as_object())
        if change_between(before, now):
            plan = plan_regrade(page, now, before)
            self._count("Draft, when it goes live", plan, choices)

    def _count(self, heading, plan: RegradePlan, choices):
        self.stdout.write(f"{heading}:")
        for choice in choices:
            counts = plan.counts(choice)
            fall = f", {counts.fall} would only lose marks" if counts.fall else ""
            self.stdout.write(
                f"  {choice.replace('_', '-')}: attempts affected: {counts.touched}, "
                f"of which "
                f"{counts.unchanged} unchanged, {counts.rise} would go up, "
                f"{counts.drop} would drop below the pass mark{fall}."
            )

    def _apply(self, page, choice):
        appended = regrade_lesson(
            lesson=page, choice=choice, before=None, actor=None, at=timezone.now()
        )
        self.stdout.write(f"Attempts marked again: {appended}. No pass was taken away.")
