"""Who writes and who signs."""

import pytest

from tests.roles import a_person


@pytest.fixture
def author():
    return a_person("Author")


@pytest.fixture
def reviewer():
    return a_person("Reviewer")
