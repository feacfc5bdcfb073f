"""Trainers see from whom e-mail comes back, and try an address again."""

import pytest
from django.urls import reverse

from mail.models import FailingAddress, Message
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.staff import Role, a_member, a_team, a_trainer
from training.teams import log

pytestmark = pytest.mark.django_db
clock = clock_at(START)
LIST = "/admin/training/people/"


@pytest.fixture
def ann(team):
    """Somebody from whose address an e-mail came back."""
    learner = a_member(team, first_name="Ann", last_name="Roe", email="ann@example.org")
    message = Message.objects.create(
        kind="assigned",
        recipient=learner.user,
        recipient_key=f"user:{learner.user_id}",
        topic_key="obligation:1",
        scheduled_for=START,
        created_at=START,
        state="sent",
        sent_at=START,
        bounced_at=START,
        error="550 User <unknown>",
    )
    FailingAddress.objects.create(
        address="ann@example.org", message=message, since=START
    )
    return learner


def record_of(learner):
    return reverse("reports:person", args=[learner.uuid])


def try_again(client, learner):
    came = client.post(f"{LIST}{learner.uuid}/try-mail-again/")
    return client.get(came.url).text if came.status_code == 302 else came.status_code


def test_the_start_page_and_the_list_show_whose_mail_comes_back(door, team, ann):
    a_member(team, first_name="Bob")
    assert "E-mail to 1 person comes back" in door.get("/admin/").text
    found = door.get(LIST + "?mail=fails").text
    assert "Ann Roe" in found
    assert "Bob" not in found
    lines = door.get(LIST).text.split("<tbody>")[1].split("</tbody>")[0]
    assert lines.count("E-mail comes back") == 1
    rows = door.get(LIST + "?export=csv").getvalue().decode().splitlines()
    assert sum("comes back" in row for row in rows) == 1


def test_the_record_says_since_when_and_what_the_server_said(door, ann):
    page = door.get(record_of(ann)).text
    assert "E-mail to ann@example.org has come back since 4 March 2026." in page
    assert "The mail server said: 550 User &lt;unknown&gt;" in page
    assert "Correct the address" in page


def test_trying_again_takes_the_mark_and_is_logged(door, trainer, ann):
    assert "E-mail is sent to ann@example.org again." in try_again(door, ann)
    assert "has come back since" not in door.get(record_of(ann)).text
    entry = log.entries_about(ann).get(action="training.mail_tried_again")
    assert entry.user == trainer
    assert "This address is not marked any more." in try_again(door, ann)
    assert log.entries_about(ann).filter(action=entry.action).count() == 1


def test_whoever_does_not_train_them_cannot(client, team, ann):
    client.force_login(a_trainer(a_team("Ward 4")))
    assert try_again(client, ann) == 404
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert "Try again" not in client.get(record_of(ann)).text
    assert try_again(client, ann) == 404
    assert FailingAddress.objects.exists()
