"""Reports say the same on the page and in files, and only of one's own teams."""

import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import User
from tests.factories import UserFactory, a_course, lessons_of
from tests.roles import a_person
from tests.training.crowds import BARE, a_crowd, queries_of
from tests.training.reading import (
    REPORTS,
    column,
    csv_file_rows,
    csv_rows,
    page_rows,
    xlsx_rows,
)
from tests.training.staff import (
    Role,
    a_member,
    a_team,
    a_trainer,
    an_assignment,
    pass_lesson,
)
from training.assignments.actions.obligations import reconcile_obligations
from training.assignments.models import ExceptionEntry, Obligation

pytestmark = pytest.mark.django_db

EVERY_REPORT = ("behind", "overdue", "matrix", "completion", "drop_off", "items")
WITH_PEOPLE = ("behind", "overdue", "matrix")
READERS = {"page": page_rows, "csv": csv_rows, "xlsx": xlsx_rows}


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def trainer(client, team):
    """Somebody who trains the team, signed in."""
    user = a_trainer(team, first_name="Tina", last_name="Trainer")
    client.force_login(user)
    return user


def overdue_since(days, course, *teams, **fields):
    """Return an assignment that fell due so many days ago."""
    at = timezone.now() - dt.timedelta(days=60)
    assignment = an_assignment(
        course,
        *teams,
        at=at,
        due_on=timezone.now().date() - dt.timedelta(days=days),
        **fields,
    )
    reconcile_obligations(at=timezone.now(), assignments=[assignment])
    return assignment


def a_late_member(team, course, **fields):
    """Return a member of the team to whom the course has been overdue for 9 days."""
    long_ago = timezone.now() - dt.timedelta(days=70)
    learner = a_member(team, at=long_ago, **fields)
    overdue_since(9, course, team)
    return learner


def test_who_is_behind_says_who_what_since_when_and_how_far(
    client, course, team, trainer
):
    a_late_member(team, course, first_name="Ada", last_name="Brown")
    day = timezone.now().date() - dt.timedelta(days=9)
    [address] = User.objects.filter(first_name="Ada").values_list("email", flat=True)
    assert csv_file_rows(client, "behind") == [
        [
            "Person",
            "E-mail address",
            "Staff number",
            "Job title",
            "Site",
            "Team",
            "Assignment",
            "Due",
            "Days overdue",
            "Status",
            "Lessons done",
        ],
        [
            "Ada Brown",
            address,
            "",
            "",
            "",
            "Ward 3",
            course.title,
            day.isoformat(),
            "9",
            "overdue",
            "0 of 2",
        ],
    ]


@pytest.mark.parametrize("report", ["behind", "overdue"])
def test_page_csv_and_xlsx_hold_the_same(client, course, team, trainer, report):
    a_late_member(team, course, last_name="Brown")
    a_late_member(team, a_course(), last_name="Green")
    page, text, book = (read(client, report) for read in READERS.values())
    assert text == book
    assert len(page) == len(text) == 5
    for heading in text[0]:
        if heading != "Due":
            assert column(page, heading) == column(text, heading)


def test_a_status_is_a_word_beside_an_icon(client, course, team, trainer):
    a_late_member(team, course)
    soup = BeautifulSoup(client.get(f"{REPORTS}/behind/").content, "html.parser")
    standing = soup.find(class_="training-status")
    assert standing.get_text(strip=True) == "overdue"
    assert standing.find("svg")["aria-hidden"] == "true"


def test_lessons_done_count_what_the_assignment_asks(client, course, team, trainer):
    learner = a_late_member(team, course)
    first, second = lessons_of(course)
    client.force_login(learner.user)
    pass_lesson(client, first)
    client.force_login(trainer)
    assert column(csv_rows(client, "behind"), "Lessons done") == ["1 of 2"]
    overdue_since(9, course, team, lesson_keys=[str(second.translation_key)])
    done = column(csv_rows(client, "behind"), "Lessons done")
    assert sorted(done) == ["0 of 1", "1 of 2"]


def test_what_is_due_soon_is_behind_and_not_overdue(client, course, team, trainer):
    a_member(team)
    in_a_week = timezone.now().date() + dt.timedelta(days=7)
    an_assignment(course, team, due_on=in_a_week)
    rows = csv_rows(client, "behind")
    assert column(rows, "Status") == ["due soon"]
    assert column(rows, "Days overdue") == ["0"]
    assert len(csv_rows(client, "overdue")) == 1


def test_who_is_done_waived_or_has_longer_is_not_behind(client, course, team, trainer):
    now = timezone.now()
    waived, extended, done = (
        a_late_member(team, course, last_name=name) for name in ("A", "B", "C")
    )
    a_late_member(team, course, last_name="Late")
    for learner, fields in {
        waived: {"kind": "waiver"},
        extended: {"kind": "extension", "due_at": now + dt.timedelta(days=40)},
    }.items():
        for obligation in Obligation.objects.filter(learner=learner):
            ExceptionEntry.objects.create(
                obligation=obligation,
                reason="Ill",
                starts_at=now,
                created_at=now,
                **fields,
            )
    client.force_login(done.user)
    for lesson in lessons_of(course):
        pass_lesson(client, lesson)
    client.force_login(trainer)
    assert set(column(csv_rows(client, "behind"), "Person")) == {"Late"}


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@pytest.mark.parametrize("report", WITH_PEOPLE)
def test_nobody_of_another_team_is_shown(client, course, team, trainer, report, read):
    other = a_team("Ward 4")
    a_late_member(team, course, last_name="Mine")
    a_late_member(other, course, last_name="Stranger")
    overdue_since(3, course, team, other)
    people = set(column(read(client, report), "Person"))
    assert people == {"Mine"}


@pytest.mark.parametrize("report", EVERY_REPORT)
def test_filters_offer_ones_own_teams_and_assignments_only(
    client, course, team, trainer, report
):
    other = a_team("Ward 4")
    a_late_member(team, course)
    elsewhere = a_course(title="Only of others")
    a_late_member(other, elsewhere, last_name="Stranger")
    page = client.get(f"{REPORTS}/{report}/").text
    assert "Ward 4" not in page
    assert "Only of others" not in page
    assert "Stranger" not in page


@pytest.mark.parametrize("format_", ["", "csv", "xlsx"])
@pytest.mark.parametrize(
    "report", ["behind", "overdue", "matrix", "completion", "drop_off"]
)
def test_asking_for_another_team_finds_nothing(
    client, course, team, trainer, report, format_
):
    a_late_member(team, course)
    other = a_team("Ward 4")
    params = {"team": other.pk} | ({"export": format_} if format_ else {})
    assert client.get(f"{REPORTS}/{report}/", params).status_code == 404


@pytest.mark.parametrize("report", WITH_PEOPLE)
def test_an_observer_may_read(client, course, team, report):
    a_late_member(team, course, last_name="Mine")
    client.force_login(a_member(team, role=Role.OBSERVER).user)
    assert column(csv_rows(client, report), "Person") == ["Mine"]


@pytest.mark.parametrize("report", EVERY_REPORT)
def test_others_may_not_enter(client, report):
    client.force_login(a_person("Author"))
    assert client.get(f"{REPORTS}/{report}/").status_code == 302
    client.force_login(UserFactory())
    assert client.get(f"{REPORTS}/{report}/").status_code == 403


@pytest.mark.parametrize("report", EVERY_REPORT)
def test_a_trainer_with_nothing_to_look_at_is_told_so(client, trainer, report):
    assert len(csv_rows(client, report)) == 1
    assert client.get(f"{REPORTS}/{report}/").status_code == 200


def test_a_name_that_looks_like_a_formula_is_not_calculated(
    client, course, team, trainer
):
    a_late_member(team, course, last_name="=HYPERLINK(1)")
    assert column(csv_rows(client, "behind"), "Person") == ["'=HYPERLINK(1)"]
    assert column(xlsx_rows(client, "behind"), "Person") == ["=HYPERLINK(1)"]


@pytest.mark.parametrize("report", WITH_PEOPLE)
def test_a_control_character_that_was_stored_stops_no_report(
    client, course, team, trainer, report
):
    learner = a_late_member(team, course, last_name="Brown")
    with connection.cursor() as cursor:  # as it was before names were cleaned
        cursor.execute(
            "UPDATE accounts_user SET last_name = %s WHERE id = %s",
            ["Br\x0bown", learner.user_id],
        )
        cursor.execute("UPDATE teams_team SET name = %s", ["Ward\x0b3"])
    for rows in (xlsx_rows, csv_rows):
        assert column(rows(client, report), "Person")[0].split() in (
            ["Br", "own"],
            ["Br\x0bown"],
        )


def test_wagtails_own_reports_write_what_was_stored(client):
    client.force_login(UserFactory(administrator=True))
    user = UserFactory()
    log(user, "wagtail.edit")
    ModelLogEntry.objects.update(label="Br\x0bown")
    path = "/admin/reports/site-history/"
    response = client.get(path, {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert "Br own" in {cell for row in sheet.values for cell in row}


def test_a_person_is_found_by_name(client, course, team, trainer):
    a_late_member(team, course, last_name="Brown")
    a_late_member(team, a_course(), last_name="Green")
    people = column(page_rows(client, "behind", q="gree"), "Person")
    assert set(people) == {"Green"}


def test_columns_sort(client, course, team, trainer):
    a_late_member(team, course, last_name="Brown")
    a_late_member(team, course, last_name="Adams")
    rows = page_rows(client, "behind", ordering="-learner__user__last_name")
    assert column(rows, "Person") == ["Brown", "Brown", "Adams", "Adams"]


def test_overdue_counts_by_age_and_filters_by_it(client, course, team, trainer):
    a_member(team, at=timezone.now() - dt.timedelta(days=90), last_name="Brown")
    for days in (0, 1, 7, 8, 14, 15, 30, 31, 50):
        overdue_since(days, course, team)
    soup = BeautifulSoup(client.get(f"{REPORTS}/overdue/").content, "html.parser")
    totals = soup.find(class_="training-totals").find_all("dd")
    assert [int(total.text) for total in totals] == [2, 2, 2, 2, 8]
    found = {
        age: sorted(
            int(n) for n in column(csv_rows(client, "overdue", age=age), "Days overdue")
        )
        for age in ("1-7", "8-14", "15-30", "over-30")
    }
    assert found == {
        "1-7": [1, 7],
        "8-14": [8, 14],
        "15-30": [15, 30],
        "over-30": [31, 50],
    }


def test_completion_adds_up_month_by_month(client, course, team, trainer):
    days = (80, 50, 20, 19)
    people = [a_member(team, at=timezone.now() - dt.timedelta(days=99)) for _ in days]
    an_assignment(course, team)
    for learner, days_ago in zip(people, days[:3], strict=False):
        enrolment = learner.enrolments.create(
            course_key=course.translation_key,
            started_at=timezone.now() - dt.timedelta(days=99),
        )
        Obligation.objects.filter(learner=learner).update(
            satisfied_at=timezone.now() - dt.timedelta(days=days_ago),
            satisfied_by=enrolment,
        )
    Obligation.objects.update(opens_at=timezone.now() - dt.timedelta(days=99))
    rows = csv_rows(client, "completion")
    assert sum(int(n) for n in column(rows, "Done in the month")) == 3
    assert column(rows, "In date on its last day")[-1] == "3"
    assert column(rows, "Ever finished by then")[-1] == "3"
    assert column(rows, "Asked on its last day")[-1] == "4"
    assert column(rows, "Share in date")[-1] == "75%"


def test_drop_off_only_descends_and_names_the_largest_drop(
    client, course, team, trainer
):
    people = [a_member(team) for _person in range(4)]
    an_assignment(course, team)
    first, second = lessons_of(course)
    for learner, lessons in zip(
        people, ([second], [first], [first, second]), strict=False
    ):
        enrolment = learner.enrolments.create(
            course_key=course.translation_key, started_at=timezone.now()
        )
        for lesson in lessons:
            enrolment.lessons.create(
                lesson_key=lesson.translation_key, started_at=timezone.now()
            )
    rows = csv_rows(client, "drop_off")
    assert column(rows, "Reached") == [
        "Asked to learn it",
        first.title,
        second.title,
        "Finished, and in date",
    ]
    assert column(rows, "People") == ["4", "3", "2", "0"]
    page = client.get(f"{REPORTS}/drop_off/").text
    assert "Most stopped before “Finished, and in date”: 2 people." in page


@pytest.mark.parametrize("report", ["completion", "drop_off"])
def test_a_chart_has_words_and_a_table_beside_it(client, course, team, trainer, report):
    a_late_member(team, course)
    learner = a_member(team)
    enrolment = learner.enrolments.create(
        course_key=course.translation_key, started_at=timezone.now()
    )
    Obligation.objects.filter(learner=learner).update(
        satisfied_at=timezone.now(), satisfied_by=enrolment
    )
    soup = BeautifulSoup(client.get(f"{REPORTS}/{report}/").content, "html.parser")
    chart = soup.find("svg", role="img")
    assert chart.title.text
    assert chart.desc.text
    assert not soup.select("svg [style], svg[style]")
    bars = len(chart.select("rect.training-chart__bar"))
    assert bars == len(soup.find("table", class_="listing").find_all("tr")) - 1 > 0


@pytest.mark.sweep
@pytest.mark.urls("tests.training.crowds")
@pytest.mark.parametrize("report", ["behind", "overdue"])
def test_lists_ask_twelve_queries_at_most_for_many_people(
    client, course, team, trainer, report
):
    found = {}
    for people in (50, 450):
        a_crowd(team, course, people)
        found[people] = queries_of(client, f"{REPORTS}/{report}/")
    beyond = {n: queries - queries_of(client, BARE) for n, queries in found.items()}
    assert beyond[50] == beyond[450] <= 12


def test_the_menu_leads_to_every_report(client, trainer):
    page = client.get(reverse("report_behind:index")).text
    for report in EVERY_REPORT:
        assert reverse(f"report_{report}:index") in page
