"""Mail about accounts is not lost, and no page fails, while the mail server is down."""

import datetime as dt

import pytest
import time_machine
from django.test import Client

from accounts.actions.learners import erase_person
from mail.models import Message
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, mailed_code, sign_in, with_password
from tests.training.outbox import run_worker

pytestmark = pytest.mark.django_db

EMAIL = "anna@example.org"
WORKING = "django.core.mail.backends.locmem.EmailBackend"
DOORS = [
    ("/account/login/code/", {"email": EMAIL}),
    ("/account/password/reset/", {"email": EMAIL}),
    ("/account/login/code/", {"email": "nobody@example.org"}),
    ("/account/password/reset/", {"email": "nobody@example.org"}),
]


@pytest.fixture
def anna():
    return with_password(UserFactory(email=EMAIL))


@pytest.fixture
def server_is_down(settings, anna):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    return settings


@pytest.mark.parametrize(("address", "form"), DOORS)
def test_asking_for_mail_goes_on_and_says_that_it_waits(server_is_down, address, form):
    answer = Client().post(address, form, follow=True)
    assert answer.status_code == 200
    assert "The mail server is not responding." in answer.content.decode()
    assert Message.objects.get().address == form["email"]


def test_a_code_that_waited_signs_in(server_is_down, mailoutbox):
    browser = Client()
    browser.post("/account/login/code/", {"email": EMAIL})
    server_is_down.EMAIL_BACKEND = WORKING
    run_worker()
    assert mailoutbox[-1].to == [EMAIL]
    form = {"code": mailed_code(mailoutbox)}
    browser.post("/account/login/code/confirm/", form)
    assert browser.get("/account/").status_code == 200
    kept = Message.objects.get()
    assert (kept.state, kept.subject, kept.text) == ("sent", "", "")


def test_a_code_whose_time_is_over_is_not_sent(server_is_down, mailoutbox):
    with time_machine.travel(dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC), tick=False):
        Client().post("/account/login/code/", {"email": EMAIL})
    server_is_down.EMAIL_BACKEND = WORKING
    with time_machine.travel(dt.datetime(2026, 3, 4, 2, 15, tzinfo=dt.UTC)):
        run_worker()
    kept = Message.objects.get()
    assert (mailoutbox, kept.state, kept.text) == ([], "dropped", "")


def test_a_code_does_not_wait_for_quiet_hours_to_end(server_is_down, mailoutbox):
    with time_machine.travel(dt.datetime(2026, 3, 4, 2, tzinfo=dt.UTC)):
        Client().post("/account/login/code/", {"email": EMAIL})
        server_is_down.EMAIL_BACKEND = WORKING
        run_worker()
    assert len(mailoutbox) == 1


def test_nobody_reads_a_code_in_the_admin(server_is_down):
    Client().post("/account/login/code/", {"email": EMAIL})
    kept = Message.objects.get()
    admin = Client()
    admin.force_login(UserFactory(is_superuser=True))
    page = admin.get(f"/admin/mail/{kept.pk}/").content.decode()
    assert "The text is not shown" in page
    assert kept.text.splitlines()[0] not in page


def test_what_waits_goes_with_the_person(server_is_down, anna):
    Client().post("/account/login/code/", {"email": EMAIL})
    erase_person(learner=None, user=anna, at=dt.datetime.now(dt.UTC))
    kept = Message.objects.get()
    assert (kept.address, kept.text, kept.why, kept.state) == ("", "", {}, "dropped")


def test_what_waits_for_an_address_not_confirmed_goes_with_the_person(
    server_is_down, anna
):
    browser = Client()
    sign_in(browser, anna)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    form = {"email": "new@example.org", "action_add": ""}
    browser.post("/account/email/", form, follow=True)
    assert Message.objects.filter(address="new@example.org").exists()
    erase_person(learner=None, user=anna, at=dt.datetime.now(dt.UTC))
    assert set(Message.objects.values_list("address", "state")) == {("", "dropped")}


def test_administrators_are_not_told_that_somebody_asked_who_is_gone(
    server_is_down, anna, mailoutbox
):
    UserFactory(administrator=True, email="admin@example.org")
    browser = Client()
    sign_in(browser, anna)
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    browser.post("/account/deletion/")
    told = Message.objects.get(address="admin@example.org")
    assert EMAIL in told.text
    erase_person(learner=None, user=anna, at=dt.datetime.now(dt.UTC))
    server_is_down.EMAIL_BACKEND = WORKING
    run_worker()
    told.refresh_from_db()
    assert (mailoutbox, told.text, told.state) == ([], "", "dropped")


@pytest.mark.parametrize("is_up", [True, False])
def test_the_address_of_a_stranger_is_gone_within_the_hour(server_is_down, is_up):
    with time_machine.travel(dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)) as clock:
        Client().post("/account/password/reset/", {"email": "nobody@example.org"})
        if is_up:
            server_is_down.EMAIL_BACKEND = WORKING
            run_worker()
        clock.shift(dt.timedelta(minutes=61))
        run_worker()
    kept = Message.objects.get()
    assert (kept.address, kept.text) == ("", "")
    assert kept.state == ("sent" if is_up else "dropped")


def test_signing_in_and_changing_the_password_go_on(server_is_down, anna):
    browser = Client()
    assert sign_in(browser, anna).status_code == 302
    form = {"oldpassword": PASSWORD, "password1": "another long phrase"}
    form["password2"] = form["password1"]
    answer = browser.post("/account/password/change/", form, follow=True)
    assert answer.status_code == 200
    assert Message.objects.filter(address=EMAIL).exists()
