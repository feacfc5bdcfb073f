"""Two trainers change one assignment: neither overwrites the other unseen."""

import datetime as dt

import pytest
from wagtail.models import ModelLogEntry

from tests.factories import a_course
from tests.training.assigning_pages import carried, plain, typed
from tests.training.moments import START
from tests.training.staff import a_member, a_trainer, an_assignment
from training.assignments.actions.assignments import (
    UnableToChange,
    change_assignment,
    end_assignment,
)
from training.assignments.models import Assignment, Obligation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def course():
    return a_course(title="Stem cells")


@pytest.fixture
def first(team):
    return a_trainer(team, email="first@example.org")


@pytest.fixture
def second(team):
    return a_trainer(team, email="second@example.org")


@pytest.fixture
def assignment(team, course):
    a_member(team)
    return an_assignment(course, team)


@pytest.fixture
def url(assignment):
    return f"/admin/training/assignments/{assignment.pk}/edit/"


def saved(assignment):
    return Assignment.objects.get(pk=assignment.pk)


def version_opened(client, person, url):
    client.force_login(person)
    return str(client.get(url).context["form"]["version"].value())


def test_the_second_sees_both_versions_and_goes_on_with_what_they_typed(
    client, team, course, assignment, first, second, url
):
    opened = version_opened(client, second, url)
    client.force_login(first)
    by_first = typed(course, team, title="By the first", version=opened)
    client.post(url, by_first | {"step": "save"})

    client.force_login(second)
    by_second = typed(
        course, team, title="By the second", pass_mark="90", version=opened
    )
    for step in ("preview", "save"):
        page = client.post(url, by_second | {"step": step})
        said = plain(page)
        assert "changed the assignment while you were editing it" in said
        assert "Changed by first@example.org" in said
        assert "By the first" in said
        assert "By the second" in said
        assert saved(assignment).title == "By the first"

    again = client.post(url, carried(page) | {"step": "back"})
    form = again.context["form"]
    assert form["title"].value() == "By the second"
    assert form["pass_mark"].value() == "90"
    looked = client.post(url, carried(page) | {"step": "preview"})
    assert [change.label for change in looked.context["changes"]] == [
        "Title",
        "Passed",
    ]
    client.post(url, carried(looked) | {"step": "save"})
    assert (saved(assignment).title, saved(assignment).version) == ("By the second", 3)


def test_the_verb_writes_nothing_over_a_newer_version(team, assignment, first, second):
    mine, theirs = saved(assignment), saved(assignment)
    terms = {"teams": [team], "people": [], "running_too": True, "at": START}
    mine.title, theirs.title, theirs.due_on = "Mine", "Theirs", dt.date(2026, 6, 1)
    change_assignment(rule=mine, by=first, **terms)
    with pytest.raises(UnableToChange):
        change_assignment(rule=theirs, by=second, **terms)
    assert saved(assignment).title == "Mine"
    assert Obligation.objects.get().due_at.date() == dt.date(2026, 4, 1)
    changed = ModelLogEntry.objects.filter(action="training.assignment_changed")
    assert [entry.user for entry in changed] == [first]
    assert changed.get().data["before"]["title"] == "Stem cells"


def test_what_was_ended_meanwhile_is_not_changed(
    client, team, course, assignment, first, second, url
):
    opened = version_opened(client, second, url)
    end_assignment(assignment=assignment, at=START, by=first)
    form = typed(course, team, title="Too late", version=opened)
    page = plain(client.post(url, form | {"step": "save"}))
    assert "was ended while you were editing it" in page
    assert "Too late" in page
    assert saved(assignment).title == "Stem cells"
