"""`EMAIL_URL` as README writes it: a folder, and servers that take, refuse, are silent."""

import socket

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from accounts.actions import sending
from config.stores import mail_settings
from mail.models import Message
from tests.factories import UserFactory
from tests.mail.test_smtp import Postbox
from tests.redis_server import free_port
from tests.signing_in import with_password

pytestmark = pytest.mark.django_db

EMAIL = "anna@example.org"


@pytest.fixture
def ask(settings):
    """Ask for a code to sign in while mail goes to this address."""
    with_password(UserFactory(email=EMAIL))

    def ask(url):
        for name, value in mail_settings(url).items():
            setattr(settings, name, value)
        form = {"email": EMAIL}
        return Client().post("/account/login/code/", form, follow=True)

    return ask


@pytest.fixture
def postbox():
    postbox = Postbox()
    postbox.port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    yield postbox
    controller.stop()


def test_a_folder_gets_the_mail(ask, tmp_path):
    assert ask(f"filemail://{tmp_path}/some%20mail").status_code == 200
    [mail] = (tmp_path / "some mail").iterdir()
    assert EMAIL in mail.read_text()
    assert not Message.objects.exists()


def test_a_server_that_answers_gets_the_mail(ask, postbox):
    assert ask(f"smtp://127.0.0.1:{postbox.port}").status_code == 200
    assert postbox.sent_to() == [EMAIL]
    assert not Message.objects.exists()


def test_what_a_server_refuses_waits(ask, postbox):
    postbox.refused.add(EMAIL)
    page = ask(f"smtp://127.0.0.1:{postbox.port}")
    assert "The mail server is not responding." in page.text
    assert Message.objects.get().address == EMAIL


def test_what_a_silent_server_does_not_take_waits(ask, monkeypatch):
    monkeypatch.setattr(sending, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        page = ask(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
    assert page.status_code == 200
    assert Message.objects.get().address == EMAIL


def test_an_address_of_a_server_says_who_and_how():
    found = mail_settings(
        "smtp+tls://anna%40example.org:a%2Fb%23c@mail.example.org:587"
    )
    assert found["EMAIL_HOST"] == "mail.example.org"
    assert found["EMAIL_HOST_USER"] == EMAIL
    assert found["EMAIL_HOST_PASSWORD"] == "a/b#c"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == (587, True)
