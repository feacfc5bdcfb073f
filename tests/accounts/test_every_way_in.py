"""Names and addresses mean the same at every way in, and no new way can forget it."""

import datetime as dt

import pytest
from django import forms
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import models
from django.forms.forms import BaseForm
from django.urls import reverse
from django.utils import timezone

from accounts.actions.learners import make_accounts
from accounts.adapters.single_sign_on import TidyProvider
from accounts.fields import AddressField, AddressInput, NameField, NameInput
from accounts.forms import people as account_forms
from accounts.models import User
from accounts.queries.people import find_person
from tests.factories import UserFactory
from tests.rooms import is_ours
from tests.signing_in import PASSWORD, mailed_code, sign_in, with_password
from tests.training.staff import a_member, a_team, a_trainer
from training.teams.actions.join_links import make_join_link

pytestmark = pytest.mark.django_db

ANNA = "anna@example.org"
ADDRESSES = {
    "edge marks": f"\u200b\ufeff {ANNA}\u00a0\u200f",
    "a mark inside": "anna@\u200bexample.org",
    "capitals": "Anna@EXAMPLE.org",
}
BROKEN_ADDRESS = "an\x0bna@example.org"
NAMES = {
    "edge marks": ("\ufeff\u200bAnna\u00a0\u200e", "Anna"),
    "joiner": ("\u200fنی\u200cای", "نی\u200cای"),  # noqa: RUF001
    "emoji": ("👩\u200d⚕️ Anna", "👩\u200d⚕️ Anna"),
    "blanks": ("Anna \u00a0 Maria", "Anna Maria"),
}


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, email="trainer@example.org")
    client.force_login(user)
    return user


def url(team, name, *more):
    return reverse(f"teams:{name}", args=[team.pk, *more])


# Ways in: each takes a browser, an address and a first name, and returns what was said.


def by_roster(client, address, name="Anna"):
    team = a_team("By roster")
    client.force_login(a_trainer(team))
    rows = f"E-mail,First name,Last name\n{address},{name},Berg\n".encode()
    file = SimpleUploadedFile("roster.csv", rows)
    page = client.post(url(team, "roster"), {"file": file}, follow=True)
    plan = page.context and page.context.get("plan")
    if plan is None:
        return page.text
    sent = {"plan": plan.fingerprint, "do": "yes"}
    return page.text + client.post(url(team, "roster_plan"), sent, follow=True).text


def by_adding(client, address, name="Anna"):
    team = a_team("By adding")
    client.force_login(a_trainer(team))
    sent = {"addresses": address, "role": "member"}
    return client.post(url(team, "add_people"), sent, follow=True).text


def by_asking(client, address, name="Anna"):
    team = a_team("By asking")
    at = timezone.now()
    week = dt.timedelta(days=7)
    link = make_join_link(team=team, expires_at=at + week, by=a_trainer(team), at=at)
    path = reverse("join_team", args=[link.code])
    return client.post(path, {"email": address}, follow=True).text


def by_correcting(client, address, name="Anna"):
    team = a_team("By correcting")
    client.force_login(a_trainer(team))
    sent = {"addresses": "wrong@example.org", "role": "member"}
    client.post(url(team, "add_people"), sent)
    learner = User.objects.get(email="wrong@example.org").learner
    page = url(team, "invite_again", learner.uuid)
    return client.post(page, {"email": address}, follow=True).text


def by_wagtail(client, address, name="Anna"):
    client.force_login(UserFactory(administrator=True))
    sent = {"email": address, "first_name": name, "last_name": "Berg"}
    sent |= {"password1": "", "password2": ""}
    return client.post("/admin/users/new/", sent, follow=True).text


def by_wagtails_edit(client, address, name="Anna"):
    client.force_login(UserFactory(administrator=True))
    user = UserFactory(email="before@example.org")
    sent = {"email": address, "first_name": name, "last_name": "Berg"}
    sent |= {"is_active": "on", "reason": "She married."}
    return client.post(f"/admin/users/edit/{user.pk}/", sent, follow=True).text


def by_command(client, address, name="Anna"):
    try:
        call_command("createsuperuser", interactive=False, email=address)
    except CommandError as error:
        return str(error)
    return ""


def by_sign_up(client, address, name="Anna"):
    sent = {"email": address, "password1": PASSWORD}
    return client.post("/account/signup/", sent, follow=True).text


TAKES_ADDRESSES = [
    by_roster,
    by_adding,
    by_asking,
    by_correcting,
    by_wagtail,
    by_wagtails_edit,
    by_command,
    by_sign_up,
]
TAKES_NAMES = [by_roster, by_wagtail, by_wagtails_edit]


@pytest.mark.parametrize("way", TAKES_ADDRESSES)
@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_address_is_the_same_however_it_is_written(client, settings, way, kind):
    settings.SIGN_UP_OPEN = way is by_sign_up
    way(client, ADDRESSES[kind])
    assert User.objects.filter(email=ANNA).count() == 1


@pytest.mark.parametrize("way", TAKES_ADDRESSES)
def test_a_control_character_in_an_address_is_refused(client, settings, way):
    settings.SIGN_UP_OPEN = way is by_sign_up
    assert "invisible character" in way(client, BROKEN_ADDRESS)
    assert not User.objects.filter(email__contains="na@example.org").exists()


@pytest.mark.parametrize("way", TAKES_NAMES)
@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_kept_as_it_is_meant(client, way, kind):
    written, kept = NAMES[kind]
    way(client, ANNA, written)
    assert User.objects.get(email=ANNA).first_name == kept


@pytest.mark.parametrize("way", TAKES_NAMES)
def test_a_control_character_in_a_name_is_refused(client, way):
    assert "invisible character" in way(client, ANNA, "An\x0bna")
    assert not User.objects.filter(first_name__contains="na").exists()


def test_ones_own_name_in_the_admin_is_kept_as_it_is_meant(client):
    user = UserFactory(administrator=True)
    client.force_login(user)
    page = client.get("/admin/account/")
    sent = {
        field.html_name: field.value() or ""
        for panels in page.context["panels_by_tab"].values()
        for panel in panels
        for field in panel.get_form()
    }
    sent |= {
        "name_email-first_name": "\ufeffAnna\u200b",
        "name_email-last_name": "Berg",
    }
    assert client.post("/admin/account/", sent).status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Anna"
    again = client.post("/admin/account/", sent | {"name_email-first_name": "An\x0bna"})
    assert "invisible character" in again.text


def test_a_team_and_its_manager_follow_the_rule(client, team, trainer):
    client.force_login(UserFactory(administrator=True))
    page = url(team, "edit")
    sent = {
        "name": "\u200bWard 4",
        "time_zone": "UTC",
        "manager_name": "\ufeffMia Lang\u200f",
        "manager_email": "\u200bMia@Example.org",
        "quiet_from": "20:00",
        "quiet_until": "07:00",
    }
    assert client.post(page, sent).status_code == 302
    team.refresh_from_db()
    assert (team.name, team.manager_name) == ("Ward 4", "Mia Lang")
    assert team.manager_email == "mia@example.org"
    assert (
        "invisible character"
        in client.post(page, sent | {"manager_name": "M\x0bia"}).text
    )


@pytest.mark.parametrize("kind", ADDRESSES)
def test_nobody_is_locked_out_by_how_they_write_their_address(client, mailoutbox, kind):
    user = with_password(UserFactory(email="Anna@Example.org"))
    written = ADDRESSES[kind]
    assert sign_in(client, UserFactory.build(email=written)).status_code == 302
    client.logout()
    client.post("/account/login/code/", {"email": written})
    code = mailed_code(mailoutbox)
    assert (
        client.post("/account/login/code/confirm/", {"code": code}).status_code == 302
    )
    client.logout()
    client.post("/account/password/reset/", {"email": written})
    assert mailoutbox[-1].to == [user.email] == [ANNA]
    assert find_person(written)[1] == user


@pytest.mark.parametrize(
    ("claims", "names"),
    [
        (
            {"given_name": "\u200bAn\x0bna", "family_name": "Berg\u200f"},
            ("An na", "Berg"),
        ),
        ({"name": "Rahimi, Amir"}, ("Amir", "Rahimi")),
        ({"name": "Dr. med. Zoe Tan"}, ("Zoe", "Tan")),
        ({"name": "سارا نی\u200cای"}, ("سارا", "نی\u200cای")),  # noqa: RUF001
        ({}, ("", "")),
    ],
)
def test_single_sign_on_brings_names_and_addresses_by_the_rule(rf, claims, names):
    provider = TidyProvider.__new__(TidyProvider)
    data = {"email": "\u200bAnna@Example.org ", "email_verified": True} | claims
    found = provider.extract_common_fields(data)
    assert (found["first_name"], found["last_name"]) == names
    assert found["email"] == ANNA
    assert [row.email for row in provider.extract_email_addresses(data)] == [ANNA]


def test_what_no_form_has_seen_is_clean_in_the_table():
    make_accounts(people=[(" \ufeffAnna@Example.org", "\u200bAn\x0bna", "Berg\u200f")])
    user = User.objects.get(email="ANNA@example.org\u200b")
    assert (user.email, user.first_name, user.last_name) == (ANNA, "An na", "Berg")
    User.objects.filter(pk=user.pk).update(first_name="\u200bEva", email="EVA@x.org")
    user.refresh_from_db()
    assert (user.email, user.first_name) == ("eva@x.org", "Eva")
    assert User.objects.get_by_natural_key(" Eva@X.org").pk == user.pk


# No way in can forget it: fields and forms that take a name or an address.

PERSONS = {"first_name", "last_name", "manager_name"}
WAGTAILS_OWN = {"UserCreationForm", "UserEditForm", "UserForm", "NameEmailForm"}


def test_every_field_of_a_table_for_an_address_or_a_name_is_ours():
    fields = [
        field
        for app in apps.get_app_configs()
        if is_ours(app.name)
        for model in app.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField) and field.model is model
    ]
    assert len(fields) > 50
    wrong = [
        str(field)
        for field in fields
        if (
            isinstance(field, models.EmailField) and not isinstance(field, AddressField)
        )
        or (field.name in PERSONS and not isinstance(field, NameField))
    ]
    assert wrong == []


def every_form(cls=BaseForm):
    for below in cls.__subclasses__():
        yield below
        yield from every_form(below)


def test_every_form_of_ours_takes_addresses_and_names_by_the_rule(client):
    client.get("/account/login/")
    forms_of_ours = [form for form in every_form() if is_ours(form.__module__)]
    assert len(forms_of_ours) > 20
    wrong = [
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in forms_of_ours
        if form.__module__ != "accounts.forms.people"
        for name, field in form.base_fields.items()
        if (isinstance(field, forms.EmailField) and not isinstance(field, AddressInput))
        or (name in PERSONS and not isinstance(field, NameInput))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "form",
    ["SignInForm", "SignUpForm", "SignInCodeForm", "NewPasswordForm", "NewUserForm"],
)
def test_the_librarys_forms_take_them_by_the_rule(form):
    fields = getattr(account_forms, form)().fields
    for name in {"login", "email"} & set(fields):
        assert isinstance(fields[name], AddressInput)
    for name in PERSONS & set(fields):
        assert isinstance(fields[name], NameInput)


def test_a_member_is_found_by_an_address_in_capitals(client, team, trainer):
    a_member(team, email=ANNA)
    before = User.objects.count()
    sent = {"addresses": "\u200bANNA@example.org", "role": "member"}
    assert "already" in client.post(url(team, "add_people"), sent, follow=True).text
    assert User.objects.count() == before
