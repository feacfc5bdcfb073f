import json
import resource
import statistics
import subprocess
import sys
import time

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.test import Client
from django.urls import reverse

from accounts.models import Learner, User
from mail.models import Message
from quizzes.models import Answer
from tests.load.figures import write_at_least, write_at_most, write_figure
from training.assignments.models import Obligation
from training.teams.models import Membership, Team

REPORTS = ("behind", "overdue", "matrix", "completion", "drop_off", "items")
SIZE = {"staff": 10_000, "teams": 500, "answers": 1_000_000}
PAGE_SECONDS = 1
CSV_ROWS, CSV_SECONDS, CSV_MEGABYTES = 10_000, 10, 200
REMINDER_SECONDS, REMINDED = 60, 10_000
WARM_VISITS, VISITS = 2, 5


class Command(BaseCommand):
    help = (
        "Measure the training room over what is in the database, and print one JSON"
        " object per line. `script/bench --training` makes the database and calls it."
    )

    def add_arguments(self, parser):
        parser.add_argument("--csv", action="store_true", help="Only the large CSV.")

    def handle(self, *, csv, **options):
        if csv:
            self.stdout.write(json.dumps(stream_csv()))
            return
        self.tell_size()
        self.measure_pages()
        self.measure_csv()
        self.measure_reminders()

    def tell_size(self):
        members = Membership.objects.members().values("learner").distinct()
        there = {
            "staff": members.count(),
            "teams": Team.objects.count(),
            "answers": Answer.objects.count(),
        }
        for name, count in there.items():
            write_at_least(f"size: {name}", count, name, SIZE[name])

    def measure_pages(self):
        for who, user in {"trainer": a_trainer(), "overseer": an_overseer()}.items():
            client = signed_in(user)
            for name, address in addresses(user).items():
                seconds = visit(client, address)
                write_at_most(f"{name}, first page, {who}", seconds, "s", PAGE_SECONDS)

    def measure_csv(self):
        """Stream it in a process of its own, so that its memory is only that."""
        command = [sys.executable, "-m", "tests.load", "measure", "--csv"]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
        found = json.loads(done.stdout)
        write_at_least("CSV: rows", found["rows"], "rows", CSV_ROWS)
        write_at_most("CSV: time", found["seconds"], "s", CSV_SECONDS)
        write_at_most("CSV: peak memory", found["megabytes"], "MB", CSV_MEGABYTES)

    def measure_reminders(self):
        name = "send_due_reminders"
        if name not in get_commands():
            self.stderr.write(f"SKIPPED: there is no command {name}.")
            write_figure(name, None, "s", f"<= {REMINDER_SECONDS}", ok=False)
            return
        waiting = Obligation.objects.unsatisfied().count()
        write_at_least(f"{name}: obligations", waiting, "obligations", REMINDED)
        before = set(Message.objects.values_list("pk", flat=True))
        started = time.perf_counter()
        call_command(name, stdout=self.stderr)
        write_at_most(name, time.perf_counter() - started, "s", REMINDER_SECONDS)
        # The next measurement is to have as much to do.
        made = Message.objects.exclude(pk__in=before)
        sent = made.filter(state=Message.State.SENT).count()
        write_at_least(f"{name}: mail sent", sent, "mails", REMINDED)
        made.delete()


def a_trainer():
    """Return somebody who trains the first team."""
    trainers = Membership.objects.current().filter(role=Membership.Role.TRAINER)
    return trainers.order_by("pk").first().learner.user


def an_overseer():
    """Return an account that sees all teams."""
    fields = {"is_superuser": True, "is_staff": True}
    email = "overseer@example.org"
    return User.objects.get_or_create(email=email, defaults=fields)[0]


def signed_in(user):
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(user)
    return client


def addresses(user):
    """Return what to visit: every report, and the record of somebody seen."""
    found = {name: reverse(f"report_{name}:index") for name in REPORTS}
    found["mail"] = reverse("reports:report_mail")
    mine = Membership.objects.members()
    if not user.is_superuser:
        mine = mine.filter(team__memberships__learner__user=user)
    learner = Learner.objects.filter(pk__in=mine.values("learner")).first()
    return found | {"person": reverse("reports:person", args=[learner.uuid])}


def visit(client, address):
    """Return the median seconds of some visits after the first."""
    times = []
    for _visit in range(WARM_VISITS + VISITS):
        started = time.perf_counter()
        response = client.get(address)
        times.append(time.perf_counter() - started)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}.")
    return statistics.median(times[WARM_VISITS:])


def stream_csv():
    """Return rows, seconds and the peak memory of this process in megabytes."""
    client = signed_in(an_overseer())
    started = time.perf_counter()
    response = client.get(reverse("report_behind:index"), {"export": "csv"})
    lines = sum(chunk.count(b"\n") for chunk in response.streaming_content)
    return {
        "rows": lines - 1,
        "seconds": time.perf_counter() - started,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
