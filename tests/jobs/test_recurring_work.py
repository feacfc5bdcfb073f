"""What recurs runs at its time, once, and holds up nothing else."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command, get_commands
from django.utils import timezone
from django_q.models import Schedule

from jobs.actions import recurring
from jobs.actions.recurring import LONGEST, run_recurring_work
from jobs.actions.schedules import keep_schedules
from jobs.models import RecurringRun
from jobs.queries import is_quiet
from jobs.register import RecurringWork, recurring_work
from jobs.rules import Recurrence
from tests.factories import a_course, lessons_of

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")
COMMANDS = [work.command for work in recurring_work()]
NOON = dt.datetime(2026, 11, 28, 12, tzinfo=BERLIN)
WORK = RecurringWork("clearsessions", "Clear", Recurrence(minutes=10))


class Ran(list):
    """What was run, without running it; whatever `failing` names fails."""

    failing = ""

    def run(self, name, **options):
        self.append(name)
        if name == self.failing:
            raise RuntimeError("Failed on purpose.")


@pytest.fixture
def ran(monkeypatch):
    names = Ran()
    monkeypatch.setattr(recurring, "call_command", names.run)
    return names


def run():
    call_command("run_due_work")


def test_each_is_a_command_that_there_is():
    assert set(COMMANDS) <= set(get_commands())


def test_cron_runs_all_the_first_time_and_then_what_is_due(ran):
    with time_machine.travel(NOON) as clock:
        run()
        assert ran == COMMANDS
        ran.clear()
        clock.shift(300)
        run()
        assert ran == ["send_due_reminders", "take_up_jobs", "publish_scheduled"]
        ran.clear()
        clock.move_to(NOON + dt.timedelta(hours=17))
        run()
        assert ran == COMMANDS


def test_a_dry_run_names_what_is_due_and_runs_nothing(ran, capsys):
    call_command("run_due_work", dry_run=True)
    assert capsys.readouterr().out.split() == COMMANDS
    assert ran == []


def test_one_that_fails_holds_up_no_other_and_is_tried_again(ran):
    ran.failing = "purge_learners"
    with time_machine.travel(NOON):
        with pytest.raises(CommandError, match="purge_learners"):
            run()
        assert ran == COMMANDS
        assert RecurringRun.objects.get(command="purge_learners").failed_last
        ran.clear()
        ran.failing = ""
        run()
        assert "purge_learners" in ran
        assert not RecurringRun.objects.get(command="purge_learners").failed_last


def test_what_runs_already_is_left_alone_until_its_time_is_over(ran):
    at = timezone.now()
    RecurringRun.objects.create(command="clearsessions", listed_at=at, started_at=at)
    assert not run_recurring_work(work=WORK, at=at + LONGEST / 2)
    assert ran == []
    assert run_recurring_work(work=WORK, at=at + LONGEST)
    assert ran == ["clearsessions"]


def test_what_an_author_scheduled_is_published(transactional_db):
    lesson = lessons_of(a_course())[0]
    lesson.save_revision().publish()
    lesson.refresh_from_db()
    with time_machine.travel(NOON) as clock:
        lesson.title = "The new title"
        lesson.go_live_at = NOON + dt.timedelta(hours=1)
        lesson.save_revision().publish()
        run()
        lesson.refresh_from_db()
        assert lesson.title != "The new title"
        clock.move_to(NOON + dt.timedelta(hours=1, minutes=1))
        run()
    lesson.refresh_from_db()
    assert lesson.title == "The new title"


def schedules():
    fields = ("pk", "name", "func", "args", "schedule_type", "minutes", "next_run")
    return list(Schedule.objects.order_by("name").values_list(*fields))


def test_the_schedules_of_the_engine_are_those_of_the_register():
    keep_schedules(at=NOON)
    assert [schedule[1] for schedule in schedules()] == sorted(COMMANDS)
    nightly = Schedule.objects.get(name="purge_learners")
    assert timezone.localtime(nightly.next_run).time() == dt.time(3, 15)
    before = schedules()
    keep_schedules(at=NOON + dt.timedelta(hours=1))
    assert schedules() == before


def test_what_is_not_in_the_register_is_taken_away_and_doubles_too():
    keep_schedules(at=NOON)
    Schedule.objects.create(name="gone", func="jobs.tasks.run_recurring")
    double = Schedule.objects.get(name="clearsessions")
    double.pk = None
    double.save()
    RecurringRun.objects.create(command="gone", listed_at=NOON)
    keep_schedules(at=NOON)
    assert [schedule[1] for schedule in schedules()] == sorted(COMMANDS)
    assert not RecurringRun.objects.filter(command="gone").exists()


def test_another_time_in_the_register_moves_the_schedule():
    keep_schedules(at=NOON)
    nightly = Schedule.objects.filter(name="purge_learners")
    right = nightly.get().next_run
    nightly.update(next_run=right + dt.timedelta(hours=2))
    keep_schedules(at=NOON)
    assert nightly.get().next_run == right


def test_nothing_is_quiet_until_nothing_ran_for_a_quarter_of_an_hour(ran):
    assert is_quiet(at=NOON)
    keep_schedules(at=NOON)
    assert not is_quiet(at=NOON + dt.timedelta(minutes=15))
    assert is_quiet(at=NOON + dt.timedelta(minutes=16))
    with time_machine.travel(NOON + dt.timedelta(minutes=20)):
        run()
    assert not is_quiet(at=NOON + dt.timedelta(minutes=30))
