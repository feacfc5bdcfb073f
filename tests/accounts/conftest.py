import uuid

import pytest

from accounts.identity import Identity
from tests.factories import UserFactory


@pytest.fixture
def device():
    return Identity(uuid.uuid4())


@pytest.fixture
def account():
    return Identity.of_account(UserFactory())
