import hashlib
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from authoring.articles.actions.importing import (
    UnableToMakePages,
    change_plan,
    keep_article,
    make_pages,
    plan_article,
)
from authoring.articles.queries import (
    earlier_import,
    home_for_courses,
    language_notice,
    own_outlines,
)
from authoring.articles.readers.reading import UnableToReadArticle, refuse_if_large
from authoring.articles.rules import outline, plan_edits, report


class Command(BaseCommand):
    help = (
        "Plan a draft course from an article (.txt, .md, .html, .docx) and show the "
        "plan. With --yes, make the draft pages."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="The article.")
        parser.add_argument(
            "--outline",
            default=outline.AUTOMATIC,
            help="The name of an outline; by default, the one that fits the article.",
        )
        parser.add_argument(
            "--place",
            action="append",
            default=[],
            metavar="PART=LESSON",
            help=(
                "Move a part, for example s4=treatment, “Costs=set-aside” or "
                "“Costs=Treatment”. Can be repeated."
            ),
        )
        parser.add_argument(
            "--json", action="store_true", help="Print the plan as JSON; write nothing."
        )
        parser.add_argument("--yes", action="store_true", help="Make the draft pages.")
        parser.add_argument(
            "--user", help="E-mail address of the author of the drafts and comments."
        )
        again = parser.add_mutually_exclusive_group()
        again.add_argument(
            "--update",
            action="store_true",
            help=(
                "If the file was imported before, update the drafts that nobody has "
                "changed."
            ),
        )
        again.add_argument(
            "--another",
            action="store_true",
            help="If the file was imported before, make another course.",
        )

    def handle(self, *, file, outline, place, **options):
        try:
            refuse_if_large(file.stat().st_size, file.name)
            data = file.read_bytes()
            plan = self.plan(data, file.name, outline, place)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from error
        except (UnableToReadArticle, plan_edits.UnableToEdit) as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            self.stdout.write(
                json.dumps(report.to_json(plan), ensure_ascii=False, indent=2)
            )
            return
        for line in (*report.plan_table(plan), language_notice(plan.language)):
            if line:
                self.stdout.write(line)
        if options["yes"]:
            self.make(data, file.name, outline, plan, options)
        else:
            self.stdout.write("Nothing was written. Add --yes to make the draft pages.")

    def plan(self, data, name, outline_name, places):
        own = [held.name for held in own_outlines()]
        known = [outline.AUTOMATIC, *own, *outline.outline_names()]
        if outline_name not in known:
            raise CommandError(
                f"There is no outline “{outline_name}”. Known are {', '.join(known)}."
            )
        plan = plan_article(data=data, filename=name, outline_name=outline_name)
        for entry in places:
            part, _, lesson = entry.rpartition("=")
            parts = {held.name: held.id for held in plan.parts}
            parts |= {held.id: held.id for held in plan.parts}
            if part not in parts:
                raise plan_edits.UnableToEdit(
                    f"--place {entry}: there is no part {part}."
                )
            slugs = {held.title: held.slug for held in plan.lessons}
            plan = plan_edits.move_part(plan, parts[part], slugs.get(lesson, lesson))
        return plan

    def make(self, data, name, outline_name, plan, options):
        before = earlier_import(hashlib.sha256(data).hexdigest())
        if before and not (options["update"] or options["another"]):
            raise CommandError(
                "This file was imported before. Add --update to update its drafts, or "
                "--another to make another course."
            )
        user, now = self.user(options["user"]), timezone.now()
        try:
            with transaction.atomic():
                article = keep_article(
                    data=data,
                    filename=name,
                    outline_name=outline_name,
                    user=user,
                    at=now,
                )
                change_plan(article=article, plan=plan)
                done = make_pages(
                    article=article,
                    parent=home_for_courses(plan.language),
                    user=user,
                    at=now,
                    onto=before if options["update"] else None,
                    on_written=lambda title: self.stdout.write(f"Draft: {title}"),
                )
        except UnableToMakePages as error:
            raise CommandError(str(error)) from error
        for title in done.kept:
            self.stdout.write(
                f"Not changed, because it is live or somebody edited it: {title}"
            )
        self.stdout.write(f"“{done.course.title}” is a draft. Edit it under /admin/.")

    def user(self, email):
        if email:
            found = User.objects.filter(email__iexact=email).first()
            if not found:
                raise CommandError(f"Nobody has an account with the address {email}.")
            return found
        return User.objects.filter(is_superuser=True, is_active=True).first()
