from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import User
from accounts.rules.names import clean_address
from training.teams import wording
from training.teams.access import may_enter, teams_run_by
from training.teams.actions.roster_syncs import notify_trainers, sync_team
from training.teams.queries.teams import teams_called
from training.teams.readers.rosters import LARGEST, read_roster_bounded
from training.teams.rules.rosters.by_team import split_by_team, tables_of_teams
from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.rules.rosters.sheets import LEAVE_EMPTY
from training.teams.rules.rosters.syncing import SyncTerms
from training.teams.wording.syncs import report_lines


class Command(BaseCommand):
    help = (
        "Apply a roster to one team, or to each team in it, without anybody looking."
        " People are invited, added and changed; nobody is taken out: members who are"
        " not in the file are marked as missing, and their trainers get an e-mail."
        " A file that somebody should look at is refused, team by team."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="A CSV or XLSX file.")
        teams = parser.add_mutually_exclusive_group()
        teams.add_argument("--team", help="All rows are of the team of this name.")
        teams.add_argument(
            "--team-column",
            default="",
            metavar="NAME",
            help="The column with the team, if it is not called Team or the like.",
        )
        parser.add_argument(
            "--by",
            required=True,
            metavar="ADDRESS",
            help="Whoever may change these teams; invitations and the log name them.",
        )
        self.add_choices(parser)

    def add_choices(self, parser):
        """Add what is done with this file, and with what is unclear in it."""
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Change nothing; print and send to the trainers what would be done.",
        )
        parser.add_argument(
            "--no-mail", action="store_true", help="Send nothing to the trainers."
        )
        parser.add_argument(
            "--skip-problems",
            action="store_true",
            help="Leave out rows with problems, and those of people who may be on the team"
            " with another address.",
        )
        parser.add_argument(
            "--allow-missing",
            action="store_true",
            help="Obey the file even if most of a team is missing from it.",
        )
        parser.add_argument(
            "--dates",
            choices=["day", "month", LEAVE_EMPTY],
            default="",
            help="What comes first in dates such as 03/04/2026, if nothing shows it.",
        )

    def handle(self, *, file, team, team_column, by, **options):
        user, at = _user(by), timezone.now()
        try:
            tables = self.tables(_content(file), user, team, team_column)
        except UnableToRead as error:
            raise CommandError(wording.of_file(error)) from error
        terms = SyncTerms(
            is_dry=options["dry_run"],
            skips_problems=options["skip_problems"],
            allows_missing=options["allow_missing"],
            order=options["dates"],
        )
        refused = sum(
            self.sync(each, table, terms, user, at, is_mailed=not options["no_mail"])
            for each, table in tables.items()
        )
        if refused:
            raise CommandError(f"Nothing was done for {refused} of {len(tables)}.")

    def sync(self, team, table, terms, user, at, *, is_mailed):
        """Apply it to one team, say what was done; return whether it was refused."""
        report = sync_team(team=team, table=table, terms=terms, by=user, at=at)
        lines = report_lines(report)
        self.stdout.write(f"{team}: {lines[0] if lines else 'nothing to do.'}")
        for line in lines[1:]:
            self.stdout.write(f"    {line}")
        if lines and is_mailed:
            notify_trainers(team=team, report=report, lines=lines, at=at)
        return bool(report.refusals)

    def tables(self, content, user, team, column):
        """Return team → its rows; print which rows are of no team."""
        table = read_roster_bounded(content)
        known = teams_called(teams_run_by(user))
        if team:
            found = known.get(plain_heading(team), [])
            if len(found) != 1:
                raise CommandError(f"{user.email} may change no team “{team}”.")
            return {found[0]: table}
        split = split_by_team(table, column)
        for line in wording.split_lines(split, known):
            self.stdout.write(line)
        tables = tables_of_teams(split, known)
        if not tables:
            raise CommandError(str(wording.NO_TEAM_FOUND))
        others = {each.name for teams in known.values() for each in teams}
        if others := sorted(others - {each.name for each in tables}):
            self.stdout.write(f"Teams that are not in the file: {', '.join(others)}.")
        return tables


def _user(address: str) -> User:
    user = User.objects.filter(email=clean_address(address), is_active=True).first()
    if user is None or not may_enter(user):
        raise CommandError(f"“{address}” is not the address of a trainer.")
    return user


def _content(file: str) -> bytes:
    try:
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as problem:
        raise CommandError(f"The file cannot be read: {problem.strerror}.") from problem
