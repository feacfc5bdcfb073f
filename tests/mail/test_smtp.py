"""Real SMTP against a server of this machine: one that takes mail, refuses, is down."""

# ruff: noqa: N802 - the mail server calls its handlers so

import datetime as dt
import socket
from email import message_from_bytes, policy

import pytest
import time_machine
from aiosmtpd.controller import Controller

from mail.models import Message
from tests.factories import a_course
from tests.training.outbox import START, run_worker
from tests.training.staff import a_member, a_team, an_assignment

pytestmark = pytest.mark.django_db


class Postbox:
    """Takes mail, and counts connections; refuses whoever `refused` names."""

    def __init__(self):
        self.messages, self.refused, self.connections = [], set(), 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 There is nobody of this name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append(message)
        return "250 OK"

    def sent_to(self):
        return sorted(message["To"] for message in self.messages)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def port(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = free_port()
    return settings.EMAIL_PORT


@pytest.fixture
def postbox():
    return Postbox()


@pytest.fixture
def server(postbox, port):
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=True) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def three_people():
    team = a_team()
    for name in ("anna", "bela", "cora"):
        a_member(team, email=f"{name}@example.org", first_name=name.capitalize())
    an_assignment(a_course(), team, title="Sicherheit für alle")


def test_text_and_html_arrive_over_one_connection(server, postbox):
    run_worker()
    assert postbox.connections == 1
    assert postbox.sent_to() == [f"{n}@example.org" for n in ("anna", "bela", "cora")]
    message = postbox.messages[0]
    assert message["Subject"] == "To learn: Sicherheit für alle"
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for words in ("Hello Anna,", "Sicherheit für alle", "/my-learning/#obligation-"):
        assert words in text
        assert words in html
    uuids = {str(uuid) for uuid in Message.objects.values_list("uuid", flat=True)}
    assert {m["Message-ID"][1:37] for m in postbox.messages} == uuids


def test_one_address_that_is_refused_blocks_no_other(server, postbox):
    postbox.refused.add("bela@example.org")
    run_worker()
    assert postbox.sent_to() == ["anna@example.org", "cora@example.org"]
    refused = Message.objects.get(state="queued")
    assert refused.recipient.email == "bela@example.org"
    assert "550" in refused.error


def test_a_server_that_is_down_costs_no_try_and_loses_nothing(
    port, postbox, capsys, clock
):
    run_worker()
    assert (
        "The mail server does not respond, so mail is waiting."
        in capsys.readouterr().err
    )
    assert set(Message.objects.values_list("state", "tries")) == {("queued", 0)}
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    run_worker()
    controller.stop()
    assert len(postbox.messages) == 3


def test_a_server_that_goes_away_in_the_middle_loses_nothing(server, postbox, clock):
    async def leave(server, session, envelope):
        if not postbox.messages:
            postbox.messages.append(
                message_from_bytes(envelope.content, policy=policy.default)
            )
            return "250 OK"
        return "421 Closing down"

    usual, postbox.handle_DATA = postbox.handle_DATA, leave
    run_worker()
    assert Message.objects.filter(state="sent").count() == 1
    assert Message.objects.filter(state="queued").count() == 2
    postbox.handle_DATA = usual
    clock.shift(dt.timedelta(minutes=6))
    run_worker()
    assert postbox.sent_to() == [f"{n}@example.org" for n in ("anna", "bela", "cora")]
