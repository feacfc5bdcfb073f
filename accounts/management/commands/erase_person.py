from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import register
from accounts.actions.learners import erase_person
from accounts.queries.people import find_person


class Command(BaseCommand):
    help = (
        "Blank a person everywhere: learner and account. Answers are kept for"
        " statistics, not linked to anybody. This cannot be undone."
    )

    def add_arguments(self, parser):
        parser.add_argument("person", help="E-mail address or UUID of the learner.")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Report what would be erased without erasing anything.",
        )
        parser.add_argument(
            "--yes", action="store_true", help="Do not ask for confirmation."
        )

    def handle(self, *, person, dry_run, yes, **options):
        learner, user = find_person(person)
        if not (learner or user):
            raise CommandError(f"There is no person “{person}”.")
        self.report(learner, user)
        if dry_run:
            self.stdout.write("Nothing was erased.")
            return
        if not (yes or input(f"Type {person} to erase this person: ") == person):
            raise CommandError("The input does not match. Nothing was erased.")
        erase_person(learner=learner, user=user, at=timezone.now())
        self.stdout.write("Erased.")

    def report(self, learner, user):
        held = register.account_holdings() if user else []
        held += register.learner_holdings() if learner else []
        self.stdout.write("Data held:")
        for holding in held:
            self.stdout.write(f"  {holding.name}: {holding.description}")
