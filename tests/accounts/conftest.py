import uuid

import pytest

from accounts.identity import Identity
from tests.factories import UserFactory
from tests.roles import a_person


@pytest.fixture
def device():
    return Identity(uuid.uuid4())


@pytest.fixture
def account():
    return Identity.of_account(UserFactory())


@pytest.fixture
def administrator(client):
    """Who is signed in."""
    administrator = a_person("Administrator")
    client.force_login(administrator)
    return administrator
