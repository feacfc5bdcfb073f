"""Whoever holds a certificate hears once that it was revoked, unless it was replaced."""

import pytest
from django.core import mail
from django.utils import timezone

from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import Message
from tests.training.moments import clock_at
from tests.training.outbox import START, days, run_worker, subjects
from tests.training.proof import complete
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.certificates.actions.certificates import (
    reissue_certificate,
    revoke_certificate,
)

pytestmark = pytest.mark.django_db
clock = clock_at(START)


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(team):
    return a_trainer(team, first_name="Tom", last_name="Ray", email="tom@example.org")


@pytest.fixture
def certificate(client, team, course):
    anna = a_member(team, email="anna@example.org", first_name="Anna")
    an_assignment(course, team)
    return complete(client, anna, course)


def revoke(certificate, trainer):
    revoke_certificate(
        certificate=certificate, reason="Copied", by=trainer, at=timezone.now()
    )


def test_the_holder_hears_of_it_once(clock, certificate, trainer, course):
    run_worker()
    before = len(mail.outbox)
    revoke(certificate, trainer)
    run_worker()
    clock.move_to(days(1))
    run_worker()
    [message] = mail.outbox[before:]
    assert message.to == ["anna@example.org"]
    assert message.subject == f"Certificate revoked: {course.title}"
    assert "Tom Ray has revoked your certificate of 4 March 2026" in message.body
    assert f"/my-learning/certificates/{certificate.serial}/" in message.body
    assert "Copied" not in message.body


def test_it_waits_for_the_end_of_the_teams_quiet_hours(clock, certificate, trainer):
    clock.move_to(START.replace(hour=22))
    revoke(certificate, trainer)
    plan_messages(at=timezone.now())
    assert send_due_messages(at=timezone.now()).held == 1
    assert subjects("anna@example.org") == []


def test_a_new_certificate_makes_the_mail_needless(certificate, trainer):
    revoke(certificate, trainer)
    plan_messages(at=START)
    reissue_certificate(certificate=certificate, reason="Wrong", by=trainer, at=START)
    send_due_messages(at=START)
    assert Message.objects.get(kind="certificate_revoked").state == "dropped"


def test_trainers_see_it_and_others_do_not(client, certificate, trainer):
    revoke(certificate, trainer)
    plan_messages(at=START)
    message = Message.objects.get(kind="certificate_revoked")
    client.force_login(trainer)
    page = client.get(f"/admin/mail/{message.pk}/")
    assert f"/admin/training/certificates/{certificate.serial}/" in page.text
    client.force_login(a_trainer(a_team("Ward 4")))
    assert client.get(f"/admin/mail/{message.pk}/").status_code == 404
