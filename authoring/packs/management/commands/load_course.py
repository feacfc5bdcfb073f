from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from authoring.packs.actions import load_pack
from authoring.packs.queries import plan as plans
from authoring.packs.rules import reading
from authoring.packs.rules.problems import BrokenPackError


class Command(BaseCommand):
    help = (
        "Load a course pack (a folder of Markdown files): publish new pages, update"
        " those that changed in the pack, and keep editors' changes. Pages in another"
        " language than the site's own are saved as drafts, to be signed off."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", type=Path, help="The folder of the pack.")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Show what would change, without changing anything.",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="Replace pages that editors changed, and add back those they deleted.",
        )

    def handle(self, *, path, dry_run, overwrite, **options):
        path = Path(path)
        if not path.is_dir():
            raise CommandError(f"The folder {path} does not exist.")
        try:
            plan = plans.plan_pack(reading.parse_pack(path), overwrite=overwrite)
        except BrokenPackError as error:
            raise CommandError(
                f"Nothing was loaded. Fix these problems:\n{error}"
            ) from error
        self.show(plan)
        if dry_run:
            self.stdout.write("Nothing was written.")
        else:
            load_pack(plan=plan, at=timezone.now())

    def show(self, plan):
        for step in plan.steps:
            kind = step.target.model._meta.verbose_name.capitalize()
            self.stdout.write(f"{kind} “{step.target.title}”: {step.verdict.value}")
        written = sum(step.verdict.writes for step in plan.steps)
        if written and plan.saves_drafts:
            self.stdout.write(
                f"Saved as drafts ({written}): a page in this language goes live when a"
                " clinical reviewer signs it off."
            )
        if plan.reorders:
            self.stdout.write("The lessons will be put in the order of the pack.")
        if plan.keeps_editors_order:
            self.stdout.write("The lessons will keep the order that an editor chose.")
        for slug in plan.dropped:
            self.stdout.write(
                f"“{slug}” is no longer in the pack. Its page was not changed."
            )
        if any(step.verdict.is_editors for step in plan.steps):
            self.stdout.write("To replace editors' changes, add --overwrite.")
