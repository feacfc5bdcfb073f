"""What is old enough goes, kind by kind, and only where the settings say so."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.actions.retention import apply_retention
from mail.models import Message
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, an_assignment
from training.teams.actions.memberships import leave_team
from training.teams.models import Invitation, JoinLink

pytestmark = pytest.mark.django_db

NAMES = [
    "mail sent or dropped",
    "expired invitations",
    "expired join links",
    "people who have left every team",
    "entries in the training log",
]
NOW = dt.datetime(2029, 6, 1, tzinfo=dt.UTC)


def months_ago(number):
    return NOW - dt.timedelta(days=31 * number)


@pytest.fixture
def team():
    with time_machine.travel(months_ago(30), tick=False):
        return a_team()


@pytest.fixture(autouse=True)
def kept(settings):
    settings.RETENTION_MAIL_MONTHS = 24
    settings.RETENTION_INVITATIONS_MONTHS = 12
    settings.RETENTION_EVIDENCE_MONTHS = 24
    settings.RETENTION_LOG_MONTHS = 24
    return settings


def counts(*, at=NOW, dry_run=False):
    results = apply_retention(at=at, dry_run=dry_run)
    found = {result.name: result.count for result in results}
    return [found[name] for name in NAMES]


def a_notice(team, state, at):
    return Message.objects.create(
        kind="digest",
        recipient_key="user:1",
        topic_key=f"team:{team.pk}:{state}",
        about=team,
        scheduled_for=at,
        created_at=at,
        state=state,
        sent_at=at if state == "sent" else None,
    )


def somebody(client, team, course, *, since):
    """Return a member who has completed the course and was last seen then."""
    with time_machine.travel(since, tick=False):
        learner = a_member(team)
        an_assignment(course, team)
        complete(client, learner, course)
    return learner


def test_old_mail_goes_and_what_still_waits_stays(team):
    old, new = months_ago(25), months_ago(1)
    for state in ("sent", "dropped", "failed", "queued", "sending"):
        a_notice(team, state, old)
    a_notice(team, "sent", new)
    assert counts(dry_run=True)[0] == 3
    assert Message.objects.count() == 6
    assert counts()[0] == 3
    assert set(Message.objects.values_list("state", "scheduled_for")) == {
        ("queued", old),
        ("sending", old),
        ("sent", new),
    }


def test_invitations_and_links_that_ran_out_long_ago_go(team):
    learner = a_member(team)
    for number in (1, 13):
        began, ends = months_ago(number + 1), months_ago(number)
        Invitation.objects.create(
            team=team, learner=learner, invited_at=began, expires_at=ends
        )
        JoinLink.objects.create(
            team=team, code=f"CODE{number}", created_at=began, expires_at=ends
        )
    assert counts()[1:3] == [1, 1]
    assert Invitation.objects.get().expires_at == months_ago(1)
    assert JoinLink.objects.get().expires_at == months_ago(1)


def test_who_left_every_team_long_ago_is_forgotten(client, team, course):
    learner = somebody(client, team, course, since=months_ago(28))
    with time_machine.travel(months_ago(25), tick=False):
        leave_team(team=team, learner=learner, at=timezone.now())
    assert counts(dry_run=True)[3] == 1
    learner.refresh_from_db()
    assert learner.erased_at is None
    assert counts()[3] == 1
    learner.refresh_from_db()
    assert learner.erased_at == NOW
    assert learner.attempts.exists()
    assert counts()[3] == 0


def test_who_is_in_a_team_or_left_lately_or_still_learns_stays(client, team, course):
    somebody(client, team, course, since=months_ago(28))
    lately = somebody(client, team, course, since=months_ago(27))
    leave_team(team=team, learner=lately, at=months_ago(3))
    learning = somebody(client, team, course, since=months_ago(26))
    leave_team(team=team, learner=learning, at=months_ago(25))
    learning.last_active_at = months_ago(2)
    learning.save()
    assert counts()[3] == 0


def test_whose_account_was_deleted_is_forgotten_in_time(client, team, course):
    learner = somebody(client, team, course, since=months_ago(28))
    learner.memberships.update(left_at=months_ago(25))
    learner.user = None
    learner.save()
    assert counts()[3] == 1


def test_patients_are_not_looked_at(client, course):
    from tests.factories import LearnerFactory  # noqa: PLC0415

    LearnerFactory(created_at=months_ago(40))
    assert counts()[3] == 0


def test_the_log_goes_where_it_is_said_and_other_logs_stay(client, team, course):
    learner = somebody(client, team, course, since=months_ago(28))
    ModelLogEntry.objects.update(timestamp=months_ago(25))
    ModelLogEntry.objects.log_action(learner.user, "wagtail.edit")
    ModelLogEntry.objects.filter(action="wagtail.edit").update(timestamp=months_ago(25))
    assert counts()[4] > 0
    assert ModelLogEntry.objects.get().action == "wagtail.edit"


def test_running_it_twice_changes_nothing_the_second_time(client, team, course):
    a_notice(team, "sent", months_ago(30))
    learner = somebody(client, team, course, since=months_ago(28))
    leave_team(team=team, learner=learner, at=months_ago(27))
    ModelLogEntry.objects.update(timestamp=months_ago(25))
    assert any(counts())
    assert not any(counts())


def test_the_command_prints_each_kind_and_keeps_what_no_setting_names(
    client, team, course, kept, capsys
):
    kept.RETENTION_EVIDENCE_MONTHS = kept.RETENTION_LOG_MONTHS = 0
    learner = somebody(client, team, course, since=months_ago(28))
    leave_team(team=team, learner=learner, at=months_ago(27))
    a_notice(team, "sent", months_ago(30))
    with time_machine.travel(NOW, tick=False):
        call_command("apply_retention", "--dry-run")
        call_command("apply_retention")
    said = capsys.readouterr().out
    assert "mail sent or dropped, months kept: 24, rows: 1 would be deleted" in said
    assert "mail sent or dropped, months kept: 24, rows: 1 deleted" in said
    assert said.count("people who have left every team: kept indefinitely") == 2
    assert said.count("entries in the training log: kept indefinitely") == 2
    learner.refresh_from_db()
    assert learner.erased_at is None


def test_by_default_no_evidence_and_no_log_is_deleted(settings):
    from config.settings import production  # noqa: PLC0415

    assert production.RETENTION_EVIDENCE_MONTHS == 0
    assert production.RETENTION_LOG_MONTHS == 0
