import os
import shutil
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.queries.people import find_person
from training.certificates.actions.evidence import evidence_of_person, evidence_of_team
from training.teams.models import Team


class Command(BaseCommand):
    help = (
        "Write the evidence of a person's or a team's training as a self-verifying zip"
        " to a new file that only you can read. The export is logged."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "who", help="E-mail address or UUID of the learner, or name of the team."
        )
        parser.add_argument("file", type=Path, help="The zip file to create.")
        parser.add_argument(
            "--team", action="store_true", help="“who” is the name of a team."
        )

    def handle(self, *, who, file, team, **options):
        at = timezone.now()
        if team:
            evidence = evidence_of_team(team=self.team(who), by=None, at=at)
        else:
            learner, _user = find_person(who)
            if learner is None:
                raise CommandError(f"There is no learner “{who}”.")
            evidence = evidence_of_person(learner=learner, by=None, at=at)
        with evidence:
            self.write(evidence, file)
        self.stdout.write(f"Written to {file}.")

    def team(self, name):
        team = Team.objects.filter(name__iexact=name).order_by("-pk").first()
        if team is None:
            raise CommandError(f"There is no team “{name}”.")
        return team

    def write(self, evidence, file):
        try:
            descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}.") from problem
        with os.fdopen(descriptor, "wb") as out:
            shutil.copyfileobj(evidence, out)
