"""Administrators make and edit users by their e-mail address."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import Learner, User
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, sign_in, with_password

pytestmark = pytest.mark.django_db

ADD = "/admin/users/new/"


@pytest.fixture
def admin(client):
    sign_in(client, with_password(UserFactory(administrator=True)))
    return client


def fields(**changes):
    return {
        "email": "anna@example.org",
        "first_name": "Anna",
        "last_name": "Berg",
        "password1": "",
        "password2": "",
    } | changes


def test_a_user_made_without_a_password_may_sign_in_by_code(admin, mailoutbox):
    assert 'name="email"' in admin.get(ADD).text
    assert admin.post(ADD, fields()).status_code == 302
    user = User.objects.get(email="anna@example.org")
    assert not user.has_usable_password() or not user.check_password("")
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified) == (user.email, True)


def test_an_address_in_use_is_refused_in_any_case(admin):
    UserFactory(email="anna@example.org")
    response = admin.post(ADD, fields(email="ANNA@example.org"))
    assert response.status_code == 200
    assert "already uses this e-mail address" in response.text
    assert User.objects.count() == 2


def test_a_new_address_replaces_the_old_one_at_the_door(admin, client):
    user = with_password(UserFactory(first_name="Anna", last_name="Berg"))
    old = user.email
    edit = f"/admin/users/edit/{user.pk}/"
    assert old in admin.get(edit).text
    changed = fields(email="New@example.org", is_active="on")
    assert admin.post(edit, changed).status_code == 302
    assert list(EmailAddress.objects.filter(user=user).values_list("email")) == [
        ("new@example.org",)
    ]
    client.post("/account/logout/")
    door = sign_in(client, UserFactory.build(email=old), follow=True)
    assert "incorrect" in door.text
    user.refresh_from_db()
    assert sign_in(client, user).status_code == 302


def test_a_user_switched_off_is_signed_out_at_once(admin, django_user_model):
    user = with_password(UserFactory(first_name="Anna", last_name="Berg"))
    other = type(admin)()
    sign_in(other, user)
    assert other.get("/account/").status_code == 200
    admin.post(f"/admin/users/edit/{user.pk}/", fields(email=user.email))
    assert other.get("/account/").status_code == 302


def test_wagtails_account_page_leaves_address_and_password_to_ours(admin):
    page = admin.get("/admin/account/").text
    assert "name_email-email" not in page
    assert "old_password" not in page
    assert PASSWORD not in page


def test_deleting_a_user_forgets_what_they_learnt(admin, client):
    user = with_password(UserFactory())
    learner = Learner.objects.create(
        user=user, created_at=timezone.now(), last_active_at=timezone.now()
    )
    assert admin.post(f"/admin/users/delete/{user.pk}/").status_code == 302
    assert not User.objects.filter(pk=user.pk).exists()
    learner.refresh_from_db()
    assert learner.erased_at
