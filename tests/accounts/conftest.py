import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_bad_tries_yet():
    """Bad tries are counted in the cache; each test starts from none."""
    cache.clear()
