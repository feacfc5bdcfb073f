"""The list of mail: found by words, and two days that are not mixed up."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from mail.actions.planning import plan_messages
from mail.models import Message
from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START
from tests.training.staff import a_member, a_team, a_trainer, an_assignment

pytestmark = pytest.mark.django_db

clock = clock_at(START)


@pytest.fixture
def team():
    return a_team()


@pytest.fixture
def trainer(team):
    return a_trainer(team)


@pytest.fixture
def planned(team, clock):
    a_member(team, email="anna@example.org", first_name="Anna")
    an_assignment(a_course(), team, title="Safety")
    plan_messages(at=START)
    return Message.objects.get()


def open_mail(client, person, path=""):
    client.force_login(person)
    return client.get(f"/admin/mail/{path}")


def test_the_list_is_searched_and_filtered_by_kind_and_state(client, planned, trainer):
    for query, found in {
        "q=ANNA": True,
        "q=anna+safety": True,
        "q=anna%40example": True,
        "q=assigned": True,
        "q=anna+bela": False,
        "q=bela": False,
        "kind=assigned": True,
        "kind=overdue": False,
        "state=queued": True,
        "state=uncertain": False,
    }.items():
        page = open_mail(client, trainer, f"?{query}").text
        assert (f"/admin/mail/{planned.pk}/" in page) is found, query


def cells_of(page):
    """Return heading → text of the only line of the list."""
    lines = BeautifulSoup(page.content, "html.parser").select("table.listing tr")
    heads, cells = (
        [cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"])]
        for line in (lines[0], lines[-1])
    )
    return dict(zip(heads, cells, strict=True))


def test_when_mail_is_planned_is_not_when_training_is_due(client, planned, trainer):
    cells = cells_of(open_mail(client, trainer))
    assert cells["Due"] == "3 Apr 2026"
    assert "Planned" in cells
    assert cells["Sent"] == ""


def test_what_is_held_back_is_planned_for_later(planned):
    later = START + dt.timedelta(hours=3)
    Message.objects.update(held_until=later)
    planned.refresh_from_db()
    assert planned.planned_for == later


def test_mail_about_no_date_has_none(client, planned, trainer):
    Message.objects.update(why={"title": "Safety"})
    assert cells_of(open_mail(client, trainer))["Due"] == ""


@pytest.mark.sweep
@pytest.mark.parametrize("people", [2, 20])
def test_the_list_costs_the_same_for_few_and_many(
    client, team, trainer, people, django_assert_max_num_queries
):
    for _person in range(people):
        a_member(team)
    an_assignment(a_course(), team)
    plan_messages(at=START)
    open_mail(client, trainer)
    with django_assert_max_num_queries(20):
        client.get("/admin/mail/")
