"""What somebody waits for is sent by a worker within seconds; without one, at once."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from jobs.models import WorkerHeartbeat
from jobs.tasks import run_task
from mail.models import Message
from tests.factories import UserFactory
from tests.jobs.queued import a_listening_worker, queued_tasks, run_queued
from tests.signing_in import mailed_code, with_password
from tests.training.staff import a_team, a_trainer
from training.teams.actions.invitations import Newcomer, add_people

pytestmark = pytest.mark.django_db

EMAIL = "anna@example.org"
CODE = "/account/login/code/"


@pytest.fixture(autouse=True)
def by_day():
    """Invitations wait for the end of the quiet hours, whenever the tests are run."""
    with time_machine.travel(timezone.now().replace(hour=12)):
        yield


@pytest.fixture(autouse=True)
def anna(by_day):
    return with_password(UserFactory(email=EMAIL))


def ask_for_code(browser=None):
    return (browser or Client()).post(CODE, {"email": EMAIL}, follow=True)


def invite(*addresses):
    team = a_team()
    people = [Newcomer(address) for address in addresses]
    by = a_trainer(team)
    add_people(team=team, people=people, by=by, at=timezone.now())


def shows_the_code(mailoutbox):
    """Return whether the newest message has its code in large letters, too."""
    [(framed, kind)] = mailoutbox[-1].alternatives
    shown = f'class="code"><b>{mailed_code(mailoutbox)}</b>'
    return kind == "text/html" and shown in framed


def test_a_code_is_left_to_the_worker_that_listens(mailoutbox):
    a_listening_worker()
    browser = Client()
    page = ask_for_code(browser)
    message = Message.objects.get()
    assert mailoutbox == []
    assert queued_tasks() == [("urgent", "mail.send_one", message.pk)]
    assert "does not answer" not in page.text
    run_queued()
    assert mailoutbox[-1].to == [EMAIL]
    assert shows_the_code(mailoutbox)
    browser.post(f"{CODE}confirm/", {"code": mailed_code(mailoutbox)})
    assert browser.get("/account/").status_code == 200


def test_nothing_is_kept_of_a_code_that_was_sent():
    a_listening_worker()
    ask_for_code()
    run_queued()
    assert not Message.objects.exists()


def test_a_code_that_was_sent_already_is_not_sent_twice(mailoutbox):
    a_listening_worker()
    ask_for_code()
    key = Message.objects.get().pk
    run_queued()
    run_task("mail.send_one", key)
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("seconds", [None, 31])
def test_without_a_worker_a_code_is_sent_at_once(mailoutbox, seconds):
    if seconds:
        a_listening_worker()
        seen = timezone.now() - dt.timedelta(seconds=seconds)
        WorkerHeartbeat.objects.update(seen_at=seen)
    ask_for_code()
    assert mailoutbox[-1].to == [EMAIL]
    assert shows_the_code(mailoutbox)
    assert queued_tasks() == []


def test_while_mail_is_stuck_the_page_says_so(settings):
    a_listening_worker()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "does not answer" not in ask_for_code().text
    run_queued()
    assert Message.objects.get().state == "queued"
    Message.objects.update(created_at=timezone.now() - dt.timedelta(seconds=61))
    assert "is not responding" in ask_for_code().text


def test_an_invitation_is_sent_by_the_worker_at_once(mailoutbox):
    a_listening_worker()
    invite("new@example.org")
    assert queued_tasks() == [("urgent", "mail.send_due")]
    run_queued()
    assert mailoutbox[-1].to == ["new@example.org"]


def test_the_invitations_of_a_roster_do_not_go_before_other_work(mailoutbox):
    a_listening_worker()
    invite(*(f"new{number}@example.org" for number in range(26)))
    assert queued_tasks() == [("default", "mail.send_due")]
    run_queued()
    assert len(mailoutbox) == 26


def test_many_invitations_leave_room_for_a_code_between_them(mailoutbox):
    a_listening_worker()
    invite(*(f"new{number}@example.org" for number in range(30)))
    ask_for_code()
    run_queued()
    sent = [mail.to[0] for mail in mailoutbox]
    assert len(sent) == 31
    assert sent.index(EMAIL) == 25


def test_without_a_worker_invitations_queue_nothing(mailoutbox):
    invite("new@example.org")
    assert queued_tasks() == []
    assert Message.objects.filter(state="queued").count() == 1
