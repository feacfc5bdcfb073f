"""In date today: one status for everybody who is asked, and figures that add up."""

import datetime as dt
import json
from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_course, lessons_of
from tests.quizzes.answering import answer_all
from tests.training.crowds import a_crowd, queries_of
from tests.training.moments import START, clock_at, days
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.rules.pauses import Span
from training.reports.rules.in_date import (
    DatedCycle,
    Extension,
    Waiver,
    in_date_figures,
)
from training.reports.rules.training_status import (
    Pair,
    TrainingStatus,
    count_statuses,
    group_counts,
    training_status_of,
)

SOON = dt.timedelta(days=14)

clock = clock_at(START, autouse=False)


def a_cycle(opens=0, due=30, *, done=None, until=None, **named):
    moments = [each if each is None else days(each) for each in (done, until)]
    return DatedCycle(days(opens), None, *moments, due_at=days(due), **named)


def status_on(day, *cycles, begun=None):
    begun_at = None if begun is None else days(begun)
    return training_status_of(Pair(cycles, begun_at), days(day), SOON)


def test_somebody_goes_from_not_started_to_overdue():
    cycle = a_cycle()
    assert status_on(-1, cycle) is None
    assert status_on(0, cycle) == "not_started"
    assert status_on(5, cycle, begun=3) == "in_progress"
    assert status_on(2, cycle, begun=3) == "not_started"
    assert status_on(17, cycle, begun=3) == "due_soon"
    assert status_on(30, cycle) == "due_soon"
    assert status_on(31, cycle) == "overdue"


def test_what_was_finished_is_in_date_and_then_expired_not_overdue():
    first = a_cycle(done=20, until=385)
    second = a_cycle(355, due=385)
    assert status_on(20, first) == "in_date"
    assert status_on(360, first, second) == "in_date"
    assert status_on(386, first, second) == "expired"


def test_an_extension_counts_while_it_is_in_force():
    extended = a_cycle(extensions=(Extension(days(25), days(60), days(50)),))
    assert status_on(20, extended) == "due_soon"
    assert status_on(32, extended) == "not_started"
    assert status_on(40, extended) == "due_soon"
    assert status_on(51, extended) == "overdue"
    assert (
        status_on(40, a_cycle(extensions=(Extension(days(25), days(33), days(50)),)))
        == "overdue"
    )


def test_what_is_paused_is_not_overdue_and_what_is_waived_is_not_asked():
    assert status_on(40, a_cycle(pauses=(Span(days(29), None),))) == "paused"
    assert status_on(40, a_cycle(waivers=(Waiver(days(1), None),))) is None


SPANS = st.integers(0, 400).flatmap(
    lambda start: st.tuples(st.just(start), st.integers(start + 1, 500))
)


@st.composite
def pairs(draw):
    cycles = []
    for number in range(draw(st.integers(1, 3))):
        opens = number * 365
        done = draw(st.none() | st.integers(opens, opens + 300))
        cycles.append(
            a_cycle(
                opens,
                opens + 30,
                done=done,
                until=None if done is None else done + draw(st.integers(1, 400)),
                waivers=tuple(
                    Waiver(*map(days, span))
                    for span in draw(st.lists(SPANS, max_size=1))
                ),
                pauses=tuple(
                    Span(*map(days, span)) for span in draw(st.lists(SPANS, max_size=1))
                ),
            )
        )
    begun = draw(st.none() | st.integers(0, 400))
    return Pair(tuple(cycles), None if begun is None else days(begun))


@given(st.lists(pairs(), max_size=5), st.integers(-5, 1200))
def test_the_figures_add_up_and_agree_with_the_report_on_completion(found, day):
    counts = count_statuses(found, days(day), SOON)
    figures = in_date_figures([pair.cycles for pair in found], days(day))
    assert sum(counts.values()) == figures.asked
    assert counts[TrainingStatus.IN_DATE] == figures.in_date
    assert counts[TrainingStatus.PAUSED] == figures.paused


@pytest.fixture
def ward():
    return a_team("Ward 3")


@pytest.fixture
def course():
    return a_course(lessons=1, questions=2)


def told(*arguments):
    out = StringIO()
    call_command("training_status", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.mark.django_db
def test_the_command_says_what_the_start_page_says(client, ward, course, clock):
    done, begun, _never = (a_member(ward) for _ in range(3))
    an_assignment(course, ward, title="Hand hygiene")
    [lesson] = lessons_of(course)
    answer_all(lesson, done, "Right", "Right")
    answer_all(lesson, begun, "Right", None)
    reconcile_obligations(at=timezone.now())
    [line] = told()["lines"]
    assert line == {
        "team": "Ward 3",
        "assignment": "Hand hygiene",
        "asked": 3,
        "in_date": 1,
        "due_soon": 0,
        "overdue": 0,
        "expired": 0,
        "paused": 0,
        "in_date_elsewhere": 0,
        "in_progress": 1,
        "not_started": 1,
    }
    page = start_page(client, ward)
    assert rows_of(page) == [
        [
            "Ward 3 Hand hygiene",
            "In progress: 1, Not started: 1",
            "1 of 3",
            "33%",
            "0",
            "0",
            "2",
        ]
    ]
    assert "1 of 3 are in date." in words_of(page)


def start_page(client, *teams):
    """Return what somebody who trains these teams sees first."""
    client.force_login(a_trainer(*teams))
    return BeautifulSoup(client.get("/admin/").content, "html.parser")


def words_of(part):
    return " ".join(part.get_text().split())


def rows_of(page):
    """Return the rows of “In date today” as words, without the trend."""
    table = page.find("table", class_="training-today__table")
    return [
        [words_of(cell) for cell in row(["th", "td"])[:-1]]
        for row in table.select("tbody tr")
    ]


@pytest.mark.django_db
def test_a_team_with_two_assignments_has_one_bar_that_adds_them_up(
    client, ward, course, clock
):
    done, _never = (a_member(ward) for _ in range(2))
    for title in ("Hand hygiene", "Waste"):
        an_assignment(course, ward, title=title)
    answer_all(lessons_of(course)[0], done, "Right", "Right")
    clock.move_to(days(31))
    reconcile_obligations(at=timezone.now())
    page = start_page(client, ward)
    assert [[row[0], *row[2:]] for row in rows_of(page)] == [
        ["Ward 3", "2 of 4", "50%", "0", "2", "0"],
        ["Hand hygiene", "1 of 2", "50%", "0", "1", "0"],
        ["Waste", "1 of 2", "50%", "0", "1", "0"],
    ]
    for bar in page.select(".training-today__bar svg"):
        widths = {part["class"][0]: float(part["width"]) for part in bar("rect")}
        assert widths == {"training-bar__in_date": 50, "training-bar__late": 50}


@given(st.lists(pairs(), max_size=5), st.integers(-5, 1200))
def test_the_four_columns_add_up_like_the_seven_statuses(found, day):
    counts = count_statuses(found, days(day), SOON)
    groups = group_counts(counts)
    assert sum(groups.values()) == sum(counts.values())
    assert groups["in_date"] == counts[TrainingStatus.IN_DATE]
    assert groups["late"] == counts["overdue"] + counts["expired"]


@pytest.mark.django_db
def test_the_next_due_date_says_how_many_of_all_have_still_to_do_it(
    client, ward, course, clock
):
    done, _never, _other = (a_member(ward) for _ in range(3))
    an_assignment(course, ward, title="Hand hygiene")
    answer_all(lessons_of(course)[0], done, "Right", "Right")
    reconcile_obligations(at=timezone.now())
    page = start_page(client, ward)
    [row] = page.find(attrs={"aria-labelledby": "next-dates"}).select("tbody tr")
    due = days(30).strftime("%-d %b %Y")
    assert words_of(row) == f"{due} Hand hygiene 2 of 3"


@pytest.mark.django_db
def test_trainers_find_no_search_for_pages_and_observers_no_button_that_refuses(
    client, ward, course
):
    page = start_page(client, ward)
    searches = page.find_all(attrs={"role": "search"})
    assert [form["action"] for form in searches] == [reverse("people:index")]
    assert page.find("a", string="New assignment")
    observer = a_member(ward, role=Role.OBSERVER).user
    observer.groups.add(Group.objects.get(name="Trainer"))
    client.force_login(observer)
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    assert page.find(id="in-date-today")
    assert not page.find("a", string="New assignment")


@pytest.mark.django_db
def test_a_day_that_is_over_is_counted_as_it_ended(ward, course, clock):
    learner = a_member(ward)
    an_assignment(course, ward)
    clock.move_to(days(40))
    answer_all(lessons_of(course)[0], learner, "Right", "Right")
    reconcile_obligations(at=timezone.now())
    days_told = [days(day).date().isoformat() for day in (5, 35, 40)]
    found = [told("--at", day)["total"] for day in days_told]
    assert [each["not_started"] for each in found] == [1, 0, 0]
    assert [each["overdue"] for each in found] == [0, 1, 0]
    assert [each["in_date"] for each in found] == [0, 0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--team", "Nobody"], "no team “Nobody”"),
        (["--at", "31.12.2026"], "not a date"),
    ],
)
def test_the_command_says_what_is_wrong(arguments, message):
    with pytest.raises(CommandError, match=message):
        told(*arguments)


@pytest.mark.sweep
@pytest.mark.django_db
def test_the_start_page_asks_as_often_for_one_person_as_for_forty(client, ward, course):
    client.force_login(a_trainer(ward))
    a_crowd(ward, course, 11)
    few = queries_of(client, "/admin/")
    a_crowd(ward, course, 40)
    assert queries_of(client, "/admin/") <= few
