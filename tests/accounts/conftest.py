import uuid

import pytest
from django.core.cache import cache

from accounts.identity import Identity
from tests.factories import UserFactory


@pytest.fixture(autouse=True)
def no_bad_tries_yet():
    """Bad tries are counted in the cache; each test starts from none."""
    cache.clear()


@pytest.fixture
def device():
    return Identity(uuid.uuid4())


@pytest.fixture
def account():
    return Identity.of_account(UserFactory())
