"""What is held about a person can be taken out and blanked; counts stay."""

import json
import stat

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import Learner, User
from quizzes.models import Answer
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, sign_in, with_password, with_second_factor
from tests.taking_quizzes import finish

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return with_password(UserFactory(first_name="Anna", last_name="Berg"))


@pytest.fixture
def learned(client, user, quiz_url):
    """Somebody signed in who finished the first quiz."""
    sign_in(client, user)
    finish(client, quiz_url, ["Right", "Right"])
    return client


def export(person, capsys):
    call_command("export_person", person)
    return json.loads(capsys.readouterr().out)


def test_an_export_holds_account_and_learning(learned, user, capsys):
    data = export(user.email.upper(), capsys)
    assert data["account"]["email"] == user.email
    assert data["account"]["first_name"] == "Anna"
    assert data["attempts"][0]["answers"][0]["answer"] == ["Right"]
    assert "password" not in str(data).lower()
    assert export(str(user.learner.uuid), capsys) == data


def test_an_export_of_somebody_without_an_account_is_their_learning(
    client, quiz_url, capsys
):
    finish(client, quiz_url, ["Right", "Right"])
    data = export(str(Learner.objects.get().uuid), capsys)
    assert set(data) == {
        "assignments",
        "attempts",
        "classroom",
        "courses",
        "learner",
        "look_back_mail",
        "look_backs",
        "resume_words",
        "teams",
        "visit",
    }


def test_an_export_goes_to_a_new_file_that_others_cannot_read(user, tmp_path):
    file = tmp_path / "anna.json"
    call_command("export_person", user.email, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = file.read_text()
    assert json.loads(written)["account"]["email"] == user.email
    with pytest.raises(CommandError, match="exists"):
        call_command("export_person", user.email, file)
    assert file.read_text() == written


@pytest.mark.parametrize("command", ["export_person", "erase_person"])
@pytest.mark.parametrize(
    "name", ["nobody@example.org", "0b38a1c2-3f0e-4a3a-9a37-000000000000", "x"]
)
def test_a_person_not_known_is_said_to_be_so(command, name):
    with pytest.raises(CommandError, match=f"There is no person “{name}”"):
        call_command(command, name)


def test_a_dry_run_says_what_is_held_and_erases_nothing(learned, user, capsys):
    call_command("erase_person", user.email, "--dry-run")
    said = capsys.readouterr().out
    assert "attempts: " in said
    assert "account: " in said
    assert "Nothing was erased" in said
    assert User.objects.get().email == user.email
    assert Learner.objects.present().exists()


def test_another_word_than_the_address_erases_nothing(user, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _prompt: "yes")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_person", user.email)
    assert User.objects.get().is_active


def test_erasing_blanks_the_person_and_keeps_counts(
    learned, user, monkeypatch, settings
):
    with_second_factor(user)
    user.groups.add(Group.objects.create(name="Trainers"))
    UserProfile.get_for_user(user)
    ModelLogEntry.objects.log_action(user, "wagtail.edit")
    email, pk = user.email, user.pk
    monkeypatch.setattr("builtins.input", lambda _prompt: email)
    call_command("erase_person", email)
    blank = User.objects.get()
    assert blank.pk == pk
    assert blank.email.endswith("@erased.invalid")
    assert not (blank.first_name)
    assert not (blank.last_name)
    assert not (blank.is_active)
    assert not blank.has_usable_password()
    assert not blank.groups.exists()
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert not UserProfile.objects.exists()
    assert "Anna" not in str(list(ModelLogEntry.objects.values()))
    assert Learner.objects.get().erased_at
    assert Answer.objects.count() == 2
    assert learned.get("/account/").status_code == 302
    door = sign_in(learned, UserFactory.build(email=email), follow=True)
    assert "password is incorrect" in door.text


def test_deleting_ones_learning_keeps_the_account(learned, user):
    asked = learned.get("/progress/delete/").text
    assert "Your account will be kept" in asked
    page = learned.post("/progress/delete/", follow=True)
    assert "You still have your account" in page.text
    user.refresh_from_db()
    assert user.is_active
    assert user.check_password(PASSWORD)
    assert Learner.objects.get().erased_at
    assert learned.get("/account/").status_code == 200


def test_after_deleting_one_begins_anew_in_the_same_account(learned, user, quiz_url):
    learned.post("/progress/delete/")
    assert "Question 1 of 2" in learned.get(quiz_url, follow=True).text
    finish(learned, quiz_url, ["Right", "Right"])
    assert Learner.objects.present().get().user == user


def test_your_progress_shows_the_account_and_hands_it_out(learned, user):
    page = learned.get("/progress/").text
    assert user.email in page
    assert "We do not keep your name or e-mail address" not in page
    data = json.loads(learned.get("/progress/download/").content)
    assert data["account"]["email"] == user.email
    assert data["courses"]


def test_somebody_signed_in_who_learnt_nothing_may_still_download(client, user):
    sign_in(client, user)
    page = client.get("/progress/").text
    assert "Download" in page
    data = json.loads(client.get("/progress/download/").content)
    assert data == {
        "account": data["account"],
        "calendar_links": [],
        "columns": None,
        "digest": None,
        "mail": [],
        "managed": [],
        "reports": [],
        "sign_offs": [],
    }
