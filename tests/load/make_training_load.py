from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Learner
from tests.load.making import Size, UnableToMakeLoad, make_load

# Whoever has more learners than this may be running a real site.
HANDFUL = 5
WIDTH = 40


class Command(BaseCommand):
    help = (
        "Make teams of made-up staff with assignments, progress and answers to the first"
        " course, to see how reports fare with many. For trying out only: what it adds"
        " is meant to be thrown away with its database."
    )

    def add_arguments(self, parser):
        parser.add_argument("--staff", type=int, default=10_000)
        parser.add_argument("--teams", type=int, default=500)
        parser.add_argument("--answers", type=int, default=1_000_000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--yes", action="store_true", help="Add to the learners already there."
        )

    def handle(self, *, staff, teams, answers, seed, yes, **options):
        if min(staff, teams) < 1 or staff < teams:
            raise CommandError(
                "Each team needs somebody: give --staff as many at least."
            )
        there = Learner.objects.count()
        if there > HANDFUL and not yes:
            raise CommandError(
                f"Learners already there: {there}. Use an empty database, or say"
                " --yes to add made-up people to them for good."
            )
        try:
            make_load(
                size=Size(staff, teams, answers),
                seed=seed,
                at=timezone.now(),
                tell=self.tell,
            )
        except UnableToMakeLoad as error:
            raise CommandError(
                "No live course has a quiz in every lesson. Load one first, such as"
                " with: manage.py load_course course/content/NAME"
            ) from error
        self.stdout.write(f"Made staff: {staff}, teams: {teams}.")

    def tell(self, done, of):
        bar = "#" * (WIDTH * done // of)
        end = "\n" if done == of else "\r"
        self.stderr.write(f"[{bar:<{WIDTH}}] {done} of {of} staff", ending=end)
        self.stderr.flush()
