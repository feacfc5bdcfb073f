"""Two people with accounts, who can sign in, and what a bare page costs."""

import pytest
from wagtail.models import Page

from tests.factories import UserFactory
from tests.signing_in import with_password
from tests.statements import statements_of


@pytest.fixture
def user():
    return with_password(UserFactory(email="anna@example.org"))


@pytest.fixture
def other():
    return with_password(UserFactory(email="ben@example.org"))


@pytest.fixture
def bare(client):
    """Return how many queries a page costs that shows nothing but its title."""

    def count(parent):
        page = parent.add_child(instance=Page(title="Bare", slug="bare"))
        client.get(page.url)
        cost = len(statements_of(client.get, page.url))
        page.delete()
        return cost

    return count
