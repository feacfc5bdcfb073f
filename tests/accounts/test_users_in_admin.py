"""Administrators make and edit users by their e-mail address."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from accounts.queries.address_proposals import proposals_record
from tests.factories import UserFactory
from tests.roles import a_person
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
    } | changes


def test_nobody_chooses_a_password_for_somebody_else(admin):
    assert 'name="email"' in (page := admin.get(ADD).text)
    assert "password1" not in page
    chosen = fields(password1=PASSWORD, password2=PASSWORD)
    assert admin.post(ADD, chosen).status_code == 302
    user = User.objects.get(email="anna@example.org")
    assert not user.has_usable_password()
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified) == (user.email, True)
    edit = f"/admin/users/edit/{user.pk}/"
    assert "password1" not in admin.get(edit).text


def test_an_e_mail_says_who_made_the_account_and_where_to_choose_a_password(
    admin, client, mailoutbox
):
    admin.post(ADD, fields())
    [message] = mailoutbox
    assert message.to == ["anna@example.org"]
    assert "made an account for you" in message.body
    [choosing, signing_in] = re.findall(r"http\S+", message.body)
    client.post("/account/logout/")
    assert client.get(urlsplit(choosing).path).status_code == 200
    assert client.get(urlsplit(signing_in).path).status_code == 200


def test_only_operators_make_operators(client):
    client.force_login(a_person("Administrator"))
    assert "is_superuser" not in client.get(ADD).text
    client.post(ADD, fields(is_superuser="on"))
    assert not User.objects.get(email="anna@example.org").is_superuser


def test_an_operator_makes_another(admin):
    assert "Operators install the site" in admin.get(ADD).text
    admin.post(ADD, fields(is_superuser="on"))
    assert User.objects.get(email="anna@example.org").is_superuser


def test_an_administrator_does_not_change_an_operator(client):
    operator = UserFactory(administrator=True)
    client.force_login(a_person("Administrator"))
    edit = f"/admin/users/edit/{operator.pk}/"
    client.post(edit, fields(email="mine@example.org", is_active="on"))
    bulk = f"/admin/bulk/accounts/user/set_active_state/?id={operator.pk}"
    client.post(bulk, {"mark_as_active": "False"})
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.email != "mine@example.org"


def test_the_list_says_who_has_which_role(admin):
    anna = a_person("Reviewer")
    anna.groups.add(Group.objects.get(name="Author"))
    page = admin.get("/admin/users/").text
    assert re.search(r"Author,\s+Reviewer|Reviewer,\s+Author", page)
    assert "Operator" in page
    assert "Admin</td>" not in re.sub(r"\s+", " ", page)


def test_only_roles_of_ours_can_be_given(admin):
    offered = re.findall(
        r"<label[^>]*>\s*<input[^>]*name=\"groups\"[^>]*>\s*(\w+)", admin.get(ADD).text
    )
    assert sorted(offered) == ["Administrator", "Author", "Reviewer", "Trainer"]


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
    changed = fields(email="New@example.org", is_active="on", reason="She married.")
    assert admin.post(edit, changed).status_code == 302
    assert list(EmailAddress.objects.filter(user=user).values_list("email")) == [
        ("new@example.org",)
    ]
    client.post("/account/logout/")
    door = sign_in(client, UserFactory.build(email=old), follow=True)
    assert "incorrect" in door.text
    user.refresh_from_db()
    assert sign_in(client, user).status_code == 302


def change_address(admin, user, new="new@example.org", **more):
    sent = fields(email=new, is_active="on", **more)
    return admin.post(f"/admin/users/edit/{user.pk}/", sent)


def test_a_new_address_needs_a_reason(admin):
    user = UserFactory(email="anna@example.org")
    response = change_address(admin, user)
    assert "Say why the e-mail address changes." in response.text
    user.refresh_from_db()
    assert user.email == "anna@example.org"
    assert mail.outbox == []


def test_the_address_of_somebody_who_never_signed_in_may_be_a_strangers(admin):
    change_address(admin, UserFactory(email="anna@example.org"), reason="A typo.")
    assert mail.outbox == []


def test_both_addresses_are_told_who_changed_it_and_why(admin):
    user = UserFactory(email="anna@example.org", last_login=timezone.now())
    change_address(admin, user, reason="She married.")
    assert {to for sent in mail.outbox for to in sent.to} == {
        "anna@example.org",
        "new@example.org",
    }
    for sent in mail.outbox:
        assert "from anna@example.org to new@example.org" in sent.body
        assert "She married." in sent.body
        assert "decided this as an administrator" in sent.body


def test_the_reason_is_kept_in_the_log_and_in_the_persons_data(admin):
    user = UserFactory(email="anna@example.org")
    change_address(admin, user, reason="She married.")
    entry = ModelLogEntry.objects.get(action="accounts.change_address")
    assert entry.data == {"reason": "She married."}
    [record] = proposals_record(user)
    assert (record["old"], record["new"]) == ("anna@example.org", "new@example.org")
    assert (record["outcome"], record["reason"]) == ("approved", "She married.")


def test_whose_address_was_changed_is_signed_out(admin):
    user = with_password(UserFactory(email="anna@example.org"))
    other = type(admin)()
    sign_in(other, user)
    change_address(admin, user, reason="She married.")
    assert other.get("/account/").status_code == 302


def test_administrators_who_change_their_own_stay_signed_in(admin):
    own = User.objects.get()
    change_address(admin, own, reason="I married.", is_superuser="on")
    assert admin.get("/admin/").status_code == 200
    assert len(mail.outbox) == 2
    assert "signed out" not in "".join(sent.body for sent in mail.outbox)


def test_other_changes_need_no_reason_and_tell_nobody(admin):
    user = UserFactory(email="anna@example.org")
    response = change_address(admin, user, new="ANNA@example.org", reason="")
    assert response.status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Anna"
    assert mail.outbox == []
    assert not user.address_proposals.exists()


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
