import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from progress.rules.days import end_of_day
from training.assignments.models import Obligation
from training.reports.queries.training_status import status_lines, totals_of
from training.teams.models import Team


class Command(BaseCommand):
    help = (
        "Show how many people are in date, due soon, overdue and so on, for each team"
        " and assignment: the figures that trainers see on their start page."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="Print JSON.")
        parser.add_argument(
            "--at",
            metavar="DATE",
            help="As of the end of this day (YYYY-MM-DD) instead of now. Due dates are"
            " today's: changes to an assignment are not undone.",
        )
        parser.add_argument("--team", help="Only the team of this name.")

    def handle(self, *, at, team, **options):
        moment = _moment(at)
        rows = Obligation.objects.all()
        if team:
            rows = rows.filter(team=_team(team))
        lines = status_lines(rows, moment)
        write = self.write_json if options["json"] else self.write_text
        write(lines, moment)

    def write_json(self, lines, moment):
        found = {
            "at": moment.isoformat(),
            "lines": [
                {
                    "team": line.team.name if line.team else None,
                    "assignment": line.assignment.title,
                    "asked": line.asked,
                    **line.counts,
                    "in_date_elsewhere": line.elsewhere,
                }
                for line in lines
            ],
            "total": {"asked": sum(line.asked for line in lines), **totals_of(lines)},
        }
        self.stdout.write(json.dumps(found, indent=2, ensure_ascii=False))

    def write_text(self, lines, moment):
        for line in lines:
            figures = [f"{status}: {count}" for status, count in line.counts.items()]
            name = line.team.name if line.team else "(individual people)"
            about = f"{name}, {line.assignment.title}: asked: {line.asked}"
            self.stdout.write(", ".join([about, *figures]))
        if not lines:
            self.stdout.write("Nobody is asked to learn anything.")


def _moment(day: str | None) -> dt.datetime:
    """Return the end of the day in the site's time zone; CommandError if it is none."""
    if day is None:
        return timezone.now()
    try:
        found = dt.date.fromisoformat(day)
    except ValueError as problem:
        raise CommandError(f"“{day}” is not a date such as 2026-12-31.") from problem
    return end_of_day(found, timezone.get_current_timezone_name())


def _team(name: str) -> Team:
    team = Team.objects.filter(name__iexact=name).order_by("-pk").first()
    if team is None:
        raise CommandError(f"There is no team “{name}”.")
    return team
