import json
import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.queries.people import find_person
from accounts.register import export_person


class Command(BaseCommand):
    help = (
        "Write all data held about a person as JSON, to a file that only you can read or"
        " to the screen."
    )

    def add_arguments(self, parser):
        parser.add_argument("person", help="E-mail address or UUID of the learner.")
        parser.add_argument("file", nargs="?", type=Path, help="The file to create.")

    def handle(self, *, person, file, **options):
        learner, user = find_person(person)
        if not (learner or user):
            raise CommandError(f"There is no person “{person}”.")
        text = json.dumps(export_person(learner, user), indent=2, ensure_ascii=False)
        if file is None:
            self.stdout.write(text)
            return
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}.") from problem
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(text + "\n")
        self.stdout.write(f"Written to {file}.")
