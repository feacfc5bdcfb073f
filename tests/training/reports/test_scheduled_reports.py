"""“Who is behind” by e-mail: planned once, written from what is true when it is sent."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mail.actions.planning import plan_messages
from mail.models import Message
from tests.factories import UserFactory, a_course
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.reports.actions.schedules import (
    UnableToSchedule,
    schedule_report,
    stop_report,
)
from training.reports.kinds.report import MOST_LINES, ReportMail
from training.reports.models import ScheduledReport
from training.reports.queries.personal_record import scheduled_reports_record
from training.reports.rules.report_days import newest_report_at
from training.teams.actions.memberships import leave_team


def utc(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


# A Wednesday.
NOW = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 6, 15, 7, tzinfo=dt.UTC)
WEEKLY, MONTHLY = "weekly", "monthly"


@pytest.mark.parametrize(
    ("frequency", "at", "expected"),
    [
        (WEEKLY, NOW, utc(2026, 6, 8, 7)),
        (WEEKLY, MONDAY - dt.timedelta(seconds=1), utc(2026, 6, 8, 7)),
        (WEEKLY, MONDAY, utc(2026, 6, 15, 7)),
        (MONTHLY, NOW, utc(2026, 6, 1, 7)),
        (
            MONTHLY,
            dt.datetime(2026, 6, 1, 6, tzinfo=dt.UTC),
            utc(2026, 5, 1, 7),
        ),
    ],
)
def test_it_goes_out_on_mondays_or_firsts_at_seven(frequency, at, expected):
    assert newest_report_at(frequency, at, "UTC") == expected


@given(
    st.sampled_from([WEEKLY, MONTHLY]),
    st.integers(0, 365 * 48).map(
        lambda hours: utc(2025, 1, 1) + dt.timedelta(hours=hours)
    ),
    st.sampled_from(["UTC", "Europe/Madrid", "America/New_York", "Asia/Tokyo"]),
)
def test_the_newest_day_is_past_and_not_long_ago(frequency, at, zone):
    found = newest_report_at(frequency, at, zone)
    longest = dt.timedelta(days=8 if frequency == WEEKLY else 32)
    assert at - longest < found <= at
    assert newest_report_at(frequency, found, zone) == found


@pytest.fixture
def team(db):
    return a_team("Ward 3")


@pytest.fixture
def trainer(team):
    return a_trainer(team)


@pytest.fixture
def late(team):
    """A member of the team who is late."""
    at = timezone.now() - dt.timedelta(days=60)
    member = a_member(team, at=at, first_name="Ada", last_name="Brown")
    due_on = timezone.now().date() - dt.timedelta(days=9)
    an_assignment(a_course(title="Hair"), team, at=at, due_on=due_on)
    return member


@pytest.fixture
def message(trainer):
    """The mail that falls due for the trainer's schedule."""
    schedule_report(user=trainer, team=None, frequency=WEEKLY, at=NOW)
    plan_messages(at=MONDAY)
    return Message.objects.get()


def test_it_is_planned_once_however_often_the_job_runs(trainer):
    schedule_report(user=trainer, team=None, frequency=WEEKLY, at=NOW)
    plan_messages(at=MONDAY - dt.timedelta(minutes=1))
    assert not Message.objects.exists()
    for minutes in (0, 5, 60 * 24):
        plan_messages(at=MONDAY + dt.timedelta(minutes=minutes))
    found = Message.objects.get()
    assert (found.kind, found.recipient, found.scheduled_for) == (
        ReportMail.code,
        trainer,
        MONDAY,
    )
    plan_messages(at=MONDAY + dt.timedelta(days=7))
    assert Message.objects.count() == 2


def test_after_a_long_pause_only_the_newest_is_sent(trainer):
    schedule_report(user=trainer, team=None, frequency=WEEKLY, at=NOW)
    plan_messages(at=MONDAY + dt.timedelta(days=21))
    assert Message.objects.count() == 1


def test_the_mail_says_who_is_behind_in_text_and_html(late, message):
    words = ReportMail().write_message(message, timezone.now(), None)
    assert "1 overdue" in words.subject
    for part in (words.text, words.html):
        assert "Ada Brown" in part
        assert "Hair" in part
        assert "overdue" in part
        assert "0 of 2" in part
        assert reverse("report_behind:index") in part
        assert reverse("reports:report_mail") in part
    assert "<table" in words.html
    assert "<" not in words.text


def test_a_mail_program_is_told_the_page_that_stops_it_after_signing_in(late, message):
    stop = ReportMail().write_message(message, timezone.now(), None).stop
    page = f"{settings.SITE_URL}{reverse('reports:report_mail')}"
    assert stop.headers == {"List-Unsubscribe": f"<{page}>"}


def test_names_are_escaped_in_html_only(team, late, message):
    late.user.last_name = "<b>O'Hara</b>"
    late.user.save()
    words = ReportMail().write_message(message, timezone.now(), None)
    assert "<b>O" not in words.html
    assert "<b>O'Hara</b>" in words.text


def test_the_mail_says_so_when_nobody_is_behind(message):
    assert (
        "Nobody is behind."
        in ReportMail().write_message(message, timezone.now(), None).text
    )


def test_the_mail_holds_only_what_the_recipient_may_see_then(late, message, trainer):
    other = a_team("Ward 4")
    at = timezone.now() - dt.timedelta(days=60)
    a_member(other, at=at, last_name="Stranger")
    due_on = timezone.now().date() - dt.timedelta(days=9)
    an_assignment(a_course(), other, at=at, due_on=due_on)
    assert (
        "Stranger" not in ReportMail().write_message(message, timezone.now(), None).text
    )


def test_who_looks_after_no_team_any_more_gets_no_mail(late, message, team, trainer):
    leave_team(team=team, learner=trainer.learner, at=timezone.now())
    assert ReportMail().write_message(message, timezone.now(), None) is None


def test_a_report_that_was_stopped_is_not_written(message):
    stop_report(schedule=ScheduledReport.objects.get())
    assert ReportMail().write_message(message, timezone.now(), None) is None


def test_a_long_list_is_cut_and_counted(message, team):
    at = timezone.now() - dt.timedelta(days=60)
    for _person in range(3):
        a_member(team, at=at)
    due_on = timezone.now().date() - dt.timedelta(days=9)
    for _assignment in range(MOST_LINES // 3 + 1):
        an_assignment(a_course(lessons=1), team, at=at, due_on=due_on)
    words = ReportMail().write_message(message, timezone.now(), None)
    assert "And 1 more." in words.text
    assert words.html.count('<th scope="row">') == MOST_LINES


def test_asking_again_changes_how_often(trainer, team):
    for frequency in (WEEKLY, MONTHLY, MONTHLY):
        schedule_report(user=trainer, team=team, frequency=frequency, at=NOW)
        schedule_report(user=trainer, team=None, frequency=frequency, at=NOW)
    rows = ScheduledReport.objects.values_list("frequency", flat=True)
    assert list(rows) == [MONTHLY, MONTHLY]


def test_nobody_gets_a_report_of_a_team_they_do_not_look_after(trainer):
    with pytest.raises(UnableToSchedule):
        schedule_report(user=trainer, team=a_team("Ward 4"), frequency=WEEKLY, at=NOW)


def test_a_trainer_asks_for_it_and_stops_it_in_the_admin(client, trainer, team):
    client.force_login(trainer)
    page = client.get(reverse("reports:report_mail_add")).text
    assert "Ward 3" in page
    client.post(
        reverse("reports:report_mail_add"), {"team": team.pk, "frequency": WEEKLY}
    )
    schedule = ScheduledReport.objects.get()
    assert (schedule.recipient, schedule.team) == (trainer, team)
    assert "every Monday" in client.get(reverse("reports:report_mail")).text
    client.post(reverse("reports:report_mail_delete", args=[schedule.pk]))
    assert not ScheduledReport.objects.exists()


def test_another_team_is_neither_offered_nor_taken(client, trainer):
    other = a_team("Ward 4")
    client.force_login(trainer)
    assert "Ward 4" not in client.get(reverse("reports:report_mail_add")).text
    client.post(
        reverse("reports:report_mail_add"), {"team": other.pk, "frequency": WEEKLY}
    )
    assert not ScheduledReport.objects.exists()


def test_somebody_elses_schedule_is_neither_shown_nor_stopped(client, trainer, team):
    theirs = schedule_report(
        user=a_member(team, role=Role.OBSERVER).user,
        team=team,
        frequency=MONTHLY,
        at=NOW,
    )
    client.force_login(trainer)
    assert "first day" not in client.get(reverse("reports:report_mail")).text
    path = reverse("reports:report_mail_delete", args=[theirs.pk])
    assert client.post(path).status_code == 404
    assert ScheduledReport.objects.exists()


def test_the_schedule_is_in_what_is_held_about_a_person(trainer, team):
    schedule_report(user=trainer, team=team, frequency=WEEKLY, at=NOW)
    record = scheduled_reports_record(trainer)
    assert record == [{"about": "Ward 3", "how_often": WEEKLY}]


def test_an_account_that_is_closed_gets_nothing(db):
    user = UserFactory(is_active=False)
    ScheduledReport.objects.create(recipient=user, frequency=WEEKLY, created_at=NOW)
    assert plan_messages(at=MONDAY) == 0
