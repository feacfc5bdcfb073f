"""Observers meet no link and no button that refuses them."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from tests.factories import a_course
from tests.permission_rules import outcome
from tests.training.classroom.sessions import a_session
from tests.training.crowds import a_crowd
from tests.training.proof import complete
from tests.training.staff import Role, a_member, a_trainer, an_assignment
from training.teams.actions.invitations import Newcomer, add_people

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
IN_MENU = re.compile(r'"url": "(/admin/[^"]*)"')
# These end the session.
LEFT_OUT = ("/admin/logout/", "/account/logout/")


@pytest.fixture
def observer(client, team):
    """In a team in which everything has happened that a page could show."""
    course, trainer = a_course(), a_trainer(team)
    ann = a_member(team, first_name="Ann", email="ann@example.org")
    an_assignment(course, team)
    complete(client, ann, course)
    a_session(course, team, by=trainer)
    a_crowd(team, a_course(slug="late"), 2)
    add_people(team=team, people=[Newcomer("n@x.org")], by=trainer, at=timezone.now())
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    return client


def addresses_on(url, page):
    """Return the addresses that the page leads to: (address, whether it is posted)."""
    soup = BeautifulSoup(page.content, "html.parser")
    for link in soup.select("a[href]"):
        yield urljoin(url, link["href"]), False
    for form in soup.select("form"):
        target = urljoin(url, form.get("action") or url)
        yield target, form.get("method", "get").lower() == "post"
    for button in soup.select("[formaction]"):
        yield urljoin(url, button["formaction"]), False
    for address in IN_MENU.findall(page.text):
        yield address, False


def test_nothing_that_an_observer_is_shown_refuses(observer):
    waiting, seen, refused = [("", "/admin/", False)], set(), []
    while waiting:
        came_from, url, is_posted = waiting.pop()
        page = observer.post(url) if is_posted else observer.get(url)
        if outcome(page) in ("refused", "broken"):
            refused.append((came_from, url, page.status_code))
        if page.streaming:
            # A download that is not read to its end leaves its file open.
            b"".join(page.streaming_content)
        if not page.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for address, posts in addresses_on(url, page):
            parts = urlsplit(address)
            key = (parts.path, posts, "export" in parts.query)
            is_ours = parts.path.startswith("/admin/") and not parts.netloc
            if is_ours and parts.path not in LEFT_OUT and key not in seen:
                seen.add(key)
                waiting.append((url, address, posts))
    assert len(seen) > 20
    assert refused == []
