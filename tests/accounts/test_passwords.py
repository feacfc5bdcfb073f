"""Which passwords can be chosen, and what a new one ends."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tests.factories import UserFactory
from tests.signing_in import PASSWORD, sign_in, with_password


@pytest.fixture
def user(db):
    return with_password(UserFactory(email="ann.roe@example.org"))


@pytest.mark.parametrize(
    "password",
    [
        "twelve signs",
        "x" * 63 + "y",
        "zq" * 64,
        "  spaces  at  the  edge  ",
        "\N{ROCKET} rockets and \u05d2\u05df",
        "937210465812",
    ],
)
def test_any_characters_make_a_password(user, password):
    validate_password(password, user)


@pytest.mark.parametrize(
    "password", ["eleven sign", "zq" * 64 + "!", "1234567890123", "ann.roe@example.org"]
)
def test_short_endless_common_and_own_words_make_none(user, password):
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_a_password_counts_to_its_last_character(user, client):
    user.set_password("x" * 127 + "y")
    user.save()
    assert sign_in(client, user, password="x" * 127 + "z").status_code == 302
    assert "_auth_user_id" not in client.session


def test_changing_the_password_needs_the_old_one_and_ends_all_other_sessions(user):
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, user)
    form = {"password1": "another horse battery", "password2": "another horse battery"}
    change = "/account/password/change/"
    here.post(change, form | {"oldpassword": "a wrong horse"})
    assert elsewhere.get(change).status_code == 200
    here.post(change, form | {"oldpassword": PASSWORD})
    assert here.get(change).status_code == 200
    assert elsewhere.get(change).status_code == 302
    user.refresh_from_db()
    assert user.check_password("another horse battery")
