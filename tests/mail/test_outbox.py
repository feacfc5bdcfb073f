"""The outbox: each mail once, none lost, and an answer to why it was sent."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.actions.learners import erase_person
from accounts.register import export_person
from mail.actions import sending
from mail.actions.planning import plan_messages
from mail.actions.sending import UnableToQueueAgain, queue_again, send_due_messages
from mail.models import Message
from tests.factories import UserFactory, a_course
from tests.quizzes.test_actions import all_at_once
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, states, subjects
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.kinds.ladder import AssignedMail
from training.teams import log

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(team):
    return a_trainer(team)


@pytest.fixture
def learner(team):
    return a_member(team, email="anna@example.org", first_name="Anna")


@pytest.fixture
def planned(team, learner):
    """The notice of an assignment, planned and not sent yet."""
    an_assignment(a_course(), team, title="Safety")
    plan_messages(at=START)
    return Message.objects.get()


@pytest.fixture
def broken(monkeypatch):
    """Have writing a mail fail, until the returned function is called."""

    def fail(*_arguments):
        raise RuntimeError("The words are missing.")

    monkeypatch.setattr(AssignedMail, "write_message", fail)
    return monkeypatch.undo


def test_sending_twice_sends_once(planned):
    assert send_due_messages(at=START).sent == 1
    assert send_due_messages(at=START).sent == 0
    planned.refresh_from_db()
    assert planned.state == "sent"
    assert planned.subject == "To learn: Safety"
    assert planned.text == mail.outbox[0].body


def test_a_dry_run_writes_and_sends_nothing(team, learner, capsys):
    an_assignment(a_course(), team)
    call_command("send_due_reminders", "--dry-run")
    assert capsys.readouterr().out == "Dry run: would plan 1; 1 already due.\n"
    assert not Message.objects.exists()
    assert not mail.outbox


def test_a_limit_leaves_the_rest_for_later(team):
    for _person in range(3):
        a_member(team)
    an_assignment(a_course(), team)
    run_worker(limit=2)
    assert len(mail.outbox) == 2
    run_worker(limit=2)
    assert len(mail.outbox) == 3


def test_the_message_id_follows_from_the_notice(planned, settings):
    settings.SITE_URL = "https://clinic.example.org"
    send_due_messages(at=START)
    expected = f"<{planned.uuid}@clinic.example.org>"
    assert mail.outbox[0].extra_headers["Message-ID"] == expected


def test_one_that_cannot_be_written_holds_up_no_other(clock, planned, team, broken):
    Message.objects.create(
        kind="digest",
        recipient=a_trainer(team),
        recipient_key="user:0",
        topic_key="teams",
        scheduled_for=START,
        created_at=START,
    )
    tally = send_due_messages(at=START)
    assert (tally.failed, tally.dropped) == (1, 1)
    planned.refresh_from_db()
    assert planned.state == "queued"
    assert planned.held_until == START + sending.WAITS[0]
    assert planned.error == "RuntimeError: The words are missing."


def test_it_is_tried_five_times_with_longer_and_longer_waits(clock, planned, broken):
    for _try in range(12):
        send_due_messages(at=timezone.now())
        clock.shift(dt.timedelta(minutes=1))
    assert Message.objects.get().tries == 2
    for hours in (1, 3, 9, 10, 20):
        send_due_messages(at=START + dt.timedelta(hours=hours))
    planned.refresh_from_db()
    assert (planned.state, planned.tries) == ("failed", 5)


def test_what_is_fixed_meanwhile_is_sent(planned, broken):
    send_due_messages(at=START)
    broken()
    assert send_due_messages(at=START + dt.timedelta(minutes=4)).sent == 0
    assert send_due_messages(at=START + dt.timedelta(minutes=5)).sent == 1
    assert states() == {"assigned": "sent"}


def test_after_a_crash_it_is_not_sent_by_itself(clock, planned, trainer, monkeypatch):
    def crash(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_deliver", crash)
        with pytest.raises(KeyboardInterrupt):
            send_due_messages(at=START)
    run_worker()
    assert not mail.outbox
    with pytest.raises(UnableToQueueAgain):
        queue_again(message=planned, at=START, by=trainer)
    clock.shift(dt.timedelta(hours=1))
    run_worker()
    assert not mail.outbox
    assert Message.objects.uncertain(timezone.now()).get() == planned
    queue_again(message=planned, at=timezone.now(), by=trainer)
    run_worker()
    assert subjects() == ["To learn: Safety"]
    entry = log.entries_about(planned.about.learner).first()
    assert (entry.action, entry.user) == ("mail.queued_again", trainer)


def test_a_sent_one_is_not_queued_again(planned, trainer):
    send_due_messages(at=START)
    planned.refresh_from_db()
    with pytest.raises(UnableToQueueAgain):
        queue_again(message=planned, at=days(1), by=trainer)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(home):
    team = a_team()
    for _person in range(8):
        a_member(team)
    an_assignment(a_course(), team)
    results = all_at_once(run_worker, run_worker, run_worker)
    assert results == [None] * 3
    assert len(mail.outbox) == 8
    assert len({message.to[0] for message in mail.outbox}) == 8
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def open_mail(client, person, path=""):
    client.force_login(person)
    return client.get(f"/admin/mail/{path}")


def test_the_page_says_why_it_was_sent_and_what_it_said(client, planned, trainer):
    send_due_messages(at=START)
    page = open_mail(client, trainer, f"{planned.pk}/").text
    assert "“Safety” was assigned, due on 3 April 2026, 23:59 (UTC)" in page
    assert "It still applied and was sent on 4 March 2026, 09:00 (UTC)" in page
    assert "Hello Anna," in page
    assert "Send again" not in page


def test_a_waiting_one_shows_what_would_be_sent(client, planned, trainer):
    page = open_mail(client, trainer, f"{planned.pk}/").text
    assert "It is waiting to be sent." in page
    assert "What would be sent now" in page


def test_a_failed_one_is_queued_from_its_page(client, planned, trainer):
    Message.objects.update(state="failed", tries=5, error="Refused")
    page = open_mail(client, trainer, f"{planned.pk}/")
    assert "It could not be sent in 5 attempts: Refused" in page.text
    client.post(f"/admin/mail/{planned.pk}/")
    assert Message.objects.get().state == "queued"


def test_a_dropped_one_says_why(client, planned, trainer):
    Message.objects.update(state="dropped", why=planned.why | {"found": "waived"})
    page = open_mail(client, trainer, f"{planned.pk}/").text
    assert "because the obligation was waived by then" in page


def test_others_find_no_such_mail(client, planned, team):
    other = a_trainer(a_team("Ward 4"))
    assert "To learn" not in open_mail(client, other).text
    assert open_mail(client, other, f"{planned.pk}/").status_code == 404
    assert client.post(f"/admin/mail/{planned.pk}/").status_code == 404
    observer = a_member(team, role=Role.OBSERVER).user
    assert open_mail(client, observer, f"{planned.pk}/").status_code == 200
    Message.objects.update(state="failed")
    client.post(f"/admin/mail/{planned.pk}/")
    assert Message.objects.get().state == "failed"
    assert open_mail(client, UserFactory()).status_code == 403


def test_a_download_names_the_mail_and_erasing_blanks_it(planned, learner):
    send_due_messages(at=START)
    data = export_person(learner, learner.user)["mail"]
    assert [row["kind"] for row in data] == ["assigned"]
    erase_person(learner=learner, user=learner.user, at=START)
    planned.refresh_from_db()
    assert (planned.text, planned.subject, planned.why) == ("", "", {})
    assert planned.recipient is None


def test_who_is_erased_gets_nothing_that_waited(planned, learner):
    erase_person(learner=learner, user=learner.user, at=START)
    assert send_due_messages(at=START).sent == 0
    assert states() == {"assigned": "dropped"}


def test_who_is_erased_while_mail_is_sent_leaves_no_words(
    planned, learner, monkeypatch
):
    write = AssignedMail.write_message

    def write_and_erase(*arguments):
        words = write(*arguments)
        erase_person(learner=learner, user=learner.user, at=START)
        return words

    monkeypatch.setattr(AssignedMail, "write_message", write_and_erase)
    assert send_due_messages(at=START).failed == 0
    planned.refresh_from_db()
    assert (planned.text, planned.subject, planned.recipient) == ("", "", None)
