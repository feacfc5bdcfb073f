"""Requests for deletion wait in one list, with a last day that every text names."""

import datetime as dt
import re
import shlex
from pathlib import Path

import pytest
import time_machine
from allauth.core.context import request_context
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils import timezone

from accounts.actions.deletion import answer_without_erasing, ask_for_deletion
from accounts.actions.learners import erase_person
from accounts.models import DeletionRequest, User
from accounts.queries.people import account_record
from tests.factories import UserFactory
from tests.roles import a_person
from tests.rooms import files_of_rooms
from tests.signing_in import PASSWORD, sign_in, with_password

pytestmark = pytest.mark.django_db

ASKED = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
LIST = "/admin/deletion-requests/"
DAYS = DeletionRequest.DAYS


@pytest.fixture(autouse=True)
def clock():
    # The account library sends mail for a request.
    asking = request_context(RequestFactory().get("/"))
    with time_machine.travel(ASKED, tick=False) as traveller, asking:
        yield traveller


@pytest.fixture
def asked():
    person = with_password(UserFactory(email="ann@example.org"))
    return ask_for_deletion(user=person, at=ASKED)


def test_administrators_find_who_asked_what_to_do_and_by_when(
    client, administrator, asked
):
    page = client.get(LIST).text
    assert "manage.py erase_person ann@example.org" in page
    assert "30 March 2026" in page
    assert f"within {DAYS} days" in page
    assert "(late)" not in page
    assert "1 person has asked for their account" in client.get("/admin/").text
    assert "Decide the first by 30 March 2026" in client.get("/admin/").text


def test_each_page_is_named_in_its_header(client, administrator, asked):
    second_step = f"/admin/users/{asked.user_id}/second-step/"
    for path, name in (
        (LIST, "Deletion requests"),
        (f"{LIST}{asked.pk}/answer/", "Answer without erasing"),
        (second_step, "Reset second step"),
    ):
        heading = BeautifulSoup(client.get(path).text, "html.parser").select_one("h1")
        assert name in heading.get_text(), path


def test_what_is_late_says_so(client, clock, administrator, asked):
    clock.move_to(ASKED + dt.timedelta(days=DAYS + 1))
    client.force_login(administrator)
    assert "(late)" in client.get(LIST).text
    assert "1 is late." in client.get("/admin/").text


def test_it_leaves_the_list_when_the_person_is_erased(client, administrator, asked):
    call_command("erase_person", "ann@example.org", "--yes", verbosity=0)
    assert "There are no open requests." in client.get(LIST).text
    assert "asked for their account" not in client.get("/admin/").text
    asked.refresh_from_db()
    assert asked.decided_at


def test_it_leaves_the_list_with_an_answer_that_the_person_gets(
    client, administrator, asked, mailoutbox
):
    mailoutbox.clear()
    reason = "Records of training are kept for ten years by law."
    page = client.post(f"{LIST}{asked.pk}/answer/", {"reason": reason}, follow=True)
    assert "There are no open requests." in page.text
    [mail] = mailoutbox
    assert mail.to == ["ann@example.org"]
    assert reason in mail.body
    assert User.objects.get(pk=asked.user_id).is_active
    assert client.get(f"{LIST}{asked.pk}/answer/").url == LIST
    assert account_record(asked.user)["asked_for_deletion"][0]["reason"] == reason


def test_an_answer_needs_a_reason_and_counts_once(client, administrator, asked):
    client.post(f"{LIST}{asked.pk}/answer/", {"reason": " "})
    asked.refresh_from_db()
    assert asked.decided_at is None
    facts = {"request": asked, "reason": "Kept.", "by": administrator, "at": ASKED}
    assert answer_without_erasing(**facts)
    assert not answer_without_erasing(**facts)


def test_a_second_answer_says_that_it_was_settled(
    client, administrator, asked, mailoutbox
):
    form = {"reason": "Kept."}
    client.post(f"{LIST}{asked.pk}/answer/", form)
    sent = len(mailoutbox)
    page = client.post(f"{LIST}{asked.pk}/answer/", {"reason": "Anew."}, follow=True)
    assert page.request["PATH_INFO"] == LIST
    assert "This request has already been decided" in page.text
    assert len(mailoutbox) == sent
    asked.refresh_from_db()
    assert asked.reason == "Kept."
    assert client.get(f"{LIST}999999/answer/").status_code == 404


@pytest.mark.parametrize("address", ["a`id`@example.org", "o'neill$x@example.org"])
def test_the_command_can_be_copied_into_a_shell(
    client, administrator, address, mailoutbox
):
    ask_for_deletion(user=UserFactory(email=address), at=ASKED)
    command = f"manage.py erase_person {shlex.quote(address)}"
    assert shlex.split(command)[-1] == address
    assert command in BeautifulSoup(client.get(LIST).text, "html.parser").get_text()
    assert command in mailoutbox[0].body


def test_what_was_answered_goes_when_the_person_is_erased(administrator, asked):
    answer_without_erasing(request=asked, reason="Ill", by=administrator, at=ASKED)
    erase_person(learner=None, user=asked.user, at=ASKED)
    asked.refresh_from_db()
    assert asked.reason == ""


def test_asking_twice_waits_once_and_tells_once(administrator, asked, mailoutbox):
    sent = len(mailoutbox)
    assert ask_for_deletion(user=asked.user, at=timezone.now()) == asked
    assert len(mailoutbox) == sent
    with pytest.raises(IntegrityError), transaction.atomic():
        DeletionRequest.objects.create(user=asked.user, asked_at=ASKED)


@pytest.mark.parametrize("role", ["Author", "Reviewer", "Trainer"])
def test_no_other_role_finds_them(client, asked, role):
    client.force_login(a_person(role))
    for path in (LIST, f"{LIST}{asked.pk}/answer/"):
        client.post(path, {"reason": "Mine."})
        assert "ann@example.org" not in client.get(path, follow=True).text
    assert LIST not in client.get("/admin/").text
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_whoever_asked_reads_until_when(client, asked):
    sign_in(client, asked.user)
    door = client.get("/account/deletion/").url
    given = {"password": PASSWORD, "next": "/account/deletion/"}
    client.post(door, given)
    page = client.get("/account/deletion/").text
    assert "You asked on 2 March 2026. By 30 March 2026" in " ".join(page.split())
    assert "<button class" not in page.split("</h1>")[1].split("</main>")[0]


def test_whoever_asked_reads_when_it_is_late(client, clock, asked):
    clock.move_to(ASKED + dt.timedelta(days=DAYS + 1))
    sign_in(client, asked.user)
    door = client.get("/account/deletion/").url
    client.post(door, {"password": PASSWORD, "next": "/account/deletion/"})
    page = " ".join(client.get("/account/deletion/").text.split())
    assert "This should have been done by 30 March 2026 and is late." in page
    assert "an administrator will erase your account" not in page


def test_mail_and_page_name_the_same_day_west_of_greenwich(administrator, mailoutbox):
    evening = dt.datetime(2026, 3, 3, 2, tzinfo=dt.UTC)
    with timezone.override("America/Los_Angeles"):
        asked = ask_for_deletion(user=UserFactory(), at=evening)
        assert asked.due_on == dt.date(2026, 3, 30)
    assert "On 2 March 2026" in mailoutbox[0].body
    assert "by 30 March 2026" in mailoutbox[0].body


# One number for all texts


def promises(text):
    """Return how long deletion may take, by each sentence that says it."""
    words = " ".join(text.split())
    return re.findall(r"within (\w+ (?:days?|months?|weeks?))", words)


def texts(client, mailoutbox):
    """Yield every text that tells somebody how long deletion takes."""
    yield "privacy", Path("home/content/3-privacy.md").read_text()
    readme = Path("README.md").read_text()
    yield "README", readme[readme.index("When someone asks for deletion") :][:400]
    for guide in Path("docs").glob("operating*"):
        if "asks for deletion" in guide.read_text():
            yield str(guide), guide.read_text()
    yield "list", client.get(LIST).text
    yield "mail", mailoutbox[0].body
    yield "account", Path("templates/account/deletion.html").read_text()


def test_every_text_promises_the_same_number_of_days(
    client, administrator, asked, mailoutbox
):
    found = {name: promises(text) for name, text in texts(client, mailoutbox)}
    account = found.pop("account")
    assert account == []  # It takes the number from the code.
    assert {name: set(said) for name, said in found.items()} == {
        name: {f"{DAYS} days"} for name in found
    }


def test_it_is_within_a_month_whatever_the_month():
    first = dt.date(2027, 1, 31)
    assert first + dt.timedelta(days=DAYS) <= dt.date(2027, 2, 28)
    for path in files_of_rooms(".html", ".txt", ".md", beside=("templates", "docs")):
        assert "within a month" not in path.read_text(), path
