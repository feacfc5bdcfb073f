"""Two people with accounts, who can sign in."""

import pytest

from tests.factories import UserFactory
from tests.signing_in import with_password


@pytest.fixture
def user():
    return with_password(UserFactory(email="anna@example.org"))


@pytest.fixture
def other():
    return with_password(UserFactory(email="ben@example.org"))
