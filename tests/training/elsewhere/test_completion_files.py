"""Completions elsewhere come from a file, in a preview; one bad row changes nothing."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from tests.training.assigning_pages import plain
from tests.training.elsewhere.recording import record
from tests.training.moments import START, clock_at, days
from tests.training.reading_rosters import workbook
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.models import CompletionElsewhere
from training.elsewhere.rules.files import MOST_ROWS
from training.teams.actions.memberships import leave_team

pytestmark = pytest.mark.django_db

clock = clock_at(START)
HEAD = "E-mail,Course,Completed on,Where,Who says so"


@pytest.fixture
def people(team, course):
    an_assignment(course, team, prior_counts=True)
    return [a_member(team, email=f"{name}@example.org") for name in ("ann", "ben")]


def page_of(team):
    return f"/admin/training/teams/{team.pk}/elsewhere/"


def rows_for(course, *rows):
    """Return a CSV file of these rows, in which {} is the title of the course."""
    return "\n".join([HEAD, *(row.format(course.title) for row in rows)])


def preview(door, team, content, **fields):
    data = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("history.csv", data)
    return door.post(page_of(team), {"file": file} | fields)


def record_it(door, team, shown):
    found = re.search(r'name="checked" value="([^"]+)"', shown.text)
    assert found, plain(shown)
    return door.post(page_of(team), {"checked": found[1]}, follow=True)


BOTH = (
    "ann@example.org,{},2026-01-31,Red Cross,HR",
    "BEN@example.org,{},31.12.2025,Red Cross,HR",
)


def test_a_file_is_previewed_and_then_recorded(door, team, course, people):
    shown = preview(door, team, rows_for(course, *BOTH))
    assert "To be recorded: 2" in plain(shown)
    assert not CompletionElsewhere.objects.exists()
    answer = record_it(door, team, shown)
    assert "2 completions were recorded." in answer.text
    found = CompletionElsewhere.objects.order_by("done_on")
    assert [str(row.done_on) for row in found] == ["2025-12-31", "2026-01-31"]
    assert all(learner.obligations.get().is_done_elsewhere for learner in people)


def test_the_same_file_again_and_a_form_sent_twice_record_nothing(
    door, team, course, people
):
    shown = preview(door, team, rows_for(course, *BOTH))
    record_it(door, team, shown)
    answer = record_it(door, team, shown)
    assert "0 completions were recorded." in answer.text
    again = preview(door, team, rows_for(course, *BOTH))
    assert "Everything in this file is recorded already." in again.text
    assert CompletionElsewhere.objects.count() == 2


def test_a_workbook_with_where_and_who_said_once(door, team, course, people):
    content = workbook(
        ["Mail", "Training", "Date"], ["ann@example.org", course.title, START.date()]
    )
    shown = preview(door, team, content, source="Red Cross", vouched_by="HR")
    record_it(door, team, shown)
    made = CompletionElsewhere.objects.get()
    assert (made.source, made.vouched_by) == ("Red Cross", "HR")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("ann@example.org,{},2026-03-03,Red Cross,HR", "is in the future"),
        ("ann@example.org,{},soon,Red Cross,HR", "is not a date"),
        ("ann@example.org,{},,Red Cross,HR", "The date is missing."),
        ("ann@example.org,Flying,2026-01-31,Red Cross,HR", "not a course"),
        ("ann@example.org,,2026-01-31,Red Cross,HR", "The course is missing."),
        ("ann,{},2026-01-31,Red Cross,HR", "it has no @"),
        ("eve@example.org,{},2026-01-31,Red Cross,HR", "anyone in this team"),
        ("ann@example.org,{},2026-01-31,,HR", "It is not said where."),
        ("ann@example.org,{},2026-01-31,Red Cross,", "who says so"),
        (f"ann@example.org,{{}},2026-01-31,{'x' * 161},HR", "160 characters"),
        ("ben@example.org,{},2025-12-31,Other,HR", "Row 2 says the same."),
        ("ann@example.org,{},2026-01-31,=1+1,HR", "formula"),
    ],
)
def test_one_bad_row_changes_nothing_and_says_why(
    door, team, course, people, row, text
):
    shown = preview(door, team, rows_for(course, BOTH[1], row))
    assert text in shown.text
    assert "Nothing is recorded." in shown.text
    assert 'name="checked"' not in shown.text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Name\nAnn", "No column is called"),
        ("E-mail,Completed on\nann@example.org,2026-01-31", "“Course”"),
        ("E-mail,Course\nann@example.org,First aid", "“Completed on”"),
        (HEAD, "no rows below"),
        (f"{HEAD}\n" + "a@b.org,c,2026-01-31,x,y\n" * (MOST_ROWS + 1), "1,000 rows"),
        ("", "empty"),
        (b"\x00\x01\x02", "not a table"),
    ],
)
def test_a_file_that_is_no_list_of_completions_is_refused(
    door, team, people, content, text
):
    answer = preview(door, team, content, source="Red Cross")
    assert answer.status_code == 200
    assert text in answer.text
    assert 'value="Red Cross"' in answer.text


def test_what_changed_since_the_preview_is_looked_at_again(
    door, team, course, people, clock
):
    shown = preview(door, team, rows_for(course, *BOTH))
    leave_team(team=team, learner=people[0], at=START)
    answer = record_it(door, team, shown)
    assert "something has changed" in answer.text
    assert not CompletionElsewhere.objects.exists()
    clock.move_to(days(1))
    answer = record_it(door, team, shown)
    assert "Upload the file again." in answer.text


def test_a_preview_of_another_team_or_an_altered_one_is_refused(
    door, team, course, people, trainer
):
    shown = preview(door, team, rows_for(course, *BOTH))
    found = re.search(r'name="checked" value="([^"]+)"', shown.text)
    other = a_team("Ward 4")
    other.memberships.create(learner=trainer.learner, role="trainer", joined_at=START)
    for url, text in ((page_of(other), found[1]), (page_of(team), found[1][:-2])):
        answer = door.post(url, {"checked": text}, follow=True)
        assert "Upload the file again." in answer.text
    assert not CompletionElsewhere.objects.exists()


def test_only_trainers_of_the_team_may_and_nothing_is_kept_on_the_server(
    client, team, course, people
):
    observer = a_member(team, role=Role.OBSERVER).user
    for user, status in (
        (observer, 302),
        (a_trainer(a_team("Ward 4")), 404),
        (people[0].user, 302),
    ):
        client.force_login(User.objects.get(pk=user.pk))
        answer = client.get(page_of(team))
        assert answer.status_code in (status, 403)


def test_what_is_recorded_by_hand_already_is_not_recorded_twice(
    door, team, course, people, trainer
):
    record(people[0], team, course, trainer, days_ago=30)
    shown = preview(door, team, rows_for(course, *BOTH))
    assert "Recorded already: 1" in plain(shown)
    record_it(door, team, shown)
    assert CompletionElsewhere.objects.count() == 2
