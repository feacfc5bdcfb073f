"""A roster in the admin: upload, plan, apply."""

import datetime as dt
import zoneinfo

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mail.models import Message
from tests.factories import UserFactory, a_course
from tests.roles import a_person
from tests.training.rosters import BROKEN, OF_CELLS, broken_roster
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from tests.training.teams.test_roster_files import STAFF, workbook
from training.assignments.models import Obligation
from training.teams import log
from training.teams.models import Invitation, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return a_team("Ward 3", time_zone="Europe/Madrid")


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, email="tess@x.org", first_name="Tess", last_name="Trainer")
    client.force_login(user)
    return user


def page_of(team, name="roster"):
    return reverse(f"teams:{name}", args=[team.pk])


def upload(client, team, content, name="roster.csv"):
    data = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, data)
    return client.post(page_of(team), {"file": file}, follow=True)


def apply(client, team, **form):
    plan = client.get(page_of(team, "roster_plan")).context["plan"]
    sent = {"plan": plan.fingerprint} | form
    return client.post(page_of(team, "roster_plan"), sent, follow=True)


def roles(team):
    rows = team.memberships.filter(left_at=None)
    return dict(rows.values_list("learner__user__email", "role"))


@time_machine.travel("2026-11-25 12:00Z", tick=False)
def test_every_kind_of_broken_row_is_shown_and_nothing_is_written(
    client, team, trainer
):
    UserFactory(email="closed@x.org", is_active=False)
    UserFactory(email="rita@x.org")
    for number, name in (("51", "bea@x.org"), ("52", "vera@x.org")):
        person = a_member(team, email=name, last_login=timezone.now())
        person.memberships.update(staff_number=number)
    before = User.objects.count()
    page = upload(client, team, broken_roster())
    plan = page.context["plan"]
    wrong = [*plan.problems, *plan.empties]
    assert {problem.kind.value for problem in wrong} == set(BROKEN) - {"unclear_date"}
    assert plan.unclear == "03/04/2026"
    assert {problem.row for problem in wrong} < set(range(3, 3 + len(BROKEN)))
    assert f"{len(BROKEN) - 1 - len(OF_CELLS)} problems to fix" in page.text
    assert "“boss” is not a role." in page.text
    after = apply(client, team)
    assert "Nothing was saved" in after.text
    assert User.objects.count() == before
    assert set(roles(team)) == {"tess@x.org", "bea@x.org", "vera@x.org"}
    assert not Message.objects.exists()


def test_a_roster_invites_adds_and_gives_what_is_assigned(client, team, trainer):
    an_assignment(a_course(), team)
    UserFactory(email="known@x.org", last_login=timezone.now())
    text = (
        "E-mail;Name;Role;Joined;Shoe size\n"
        "new@x.org;Nia New;;2026-01-15;40\n"
        "known@x.org;Kim Known;observer;;41\n"
    )
    page = upload(client, team, text).text
    assert "Columns that are not used:" in page
    assert "Shoe size" in page
    assert not Invitation.objects.exists()
    said = apply(client, team).text
    assert "1 invited, 1 added, 0 changed, 0 unchanged" in said
    assert roles(team) == {
        "tess@x.org": "trainer",
        "new@x.org": "member",
        "known@x.org": "observer",
    }
    new = User.objects.get(email="new@x.org")
    assert new.get_full_name() == "Nia New"
    assert User.objects.get(email="known@x.org").get_full_name() == "Kim Known"
    assert Obligation.objects.get().learner.user == new
    joined = Membership.objects.get(learner__user=new).joined_at
    assert joined == dt.datetime(2026, 1, 14, 23, tzinfo=dt.UTC)
    assert Message.objects.count() == 2


def test_uploading_again_changes_what_changed_and_nothing_else(client, team, trainer):
    upload(client, team, "email,name\na@x.org,Ann Roe\nb@x.org,Bob Low\n")
    apply(client, team)
    first = set(Membership.objects.values_list("pk", flat=True))
    page = upload(
        client, team, "email,name,role\na@x.org,Ann Rowe,\nb@x.org,Bob Low,trainer\n"
    )
    assert "(was “Ann Roe”)" in page.text
    assert "(was member)" in page.text
    apply(client, team)
    assert User.objects.get(email="a@x.org").last_name == "Rowe"
    assert roles(team)["b@x.org"] == "trainer"
    assert Invitation.objects.count() == 2
    again = upload(client, team, "email,name\na@x.org,Ann Rowe\nb@x.org,Bob Low\n")
    assert not again.context["plan"].to_do
    # The column “role” of the last roster is no longer there.
    apply(client, team, miss_columns="yes")
    assert Membership.objects.count() == len(first) + 1
    last = log.ModelLogEntry.objects.filter(action="training.roster").latest("pk")
    assert last.data["unchanged"] == 2


def test_who_is_not_in_the_file_stays_unless_all_are_ticked(client, team, trainer):
    gone = a_member(team, email="gone@x.org")
    an_assignment(a_course(), team)
    text = "email\na@x.org\n"
    page = upload(client, team, text).text
    assert "gone@x.org" in page
    apply(client, team)
    assert "gone@x.org" in roles(team)
    upload(client, team, text)
    apply(client, team, all_leavers="yes", reason="Left")
    assert set(roles(team)) == {"tess@x.org", "a@x.org"}
    assert Obligation.objects.get(learner=gone).withdrawn_at


def test_a_plan_that_is_not_true_any_more_is_shown_again(client, team, trainer):
    upload(client, team, "email\na@x.org\n")
    plan = client.get(page_of(team, "roster_plan")).context["plan"]
    a_member(team, email="a@x.org")
    page = client.post(page_of(team, "roster_plan"), {"plan": plan.fingerprint})
    assert "the plan has changed" in page.text
    assert not Invitation.objects.exists()
    assert apply(client, team).status_code == 200


def test_pressing_twice_applies_once(client, team, trainer):
    upload(client, team, "email\na@x.org\n")
    apply(client, team)
    page = client.post(page_of(team, "roster_plan"), {"plan": "x"}, follow=True)
    assert "Upload the roster again" in page.text
    assert Invitation.objects.count() == 1


def test_what_was_uploaded_is_kept_for_an_hour_and_this_session_only(
    client, team, trainer
):
    upload(client, team, "email\na@x.org\n")
    cache.clear()
    page = client.get(page_of(team, "roster_plan"), follow=True)
    assert "We only keep it for an hour" in page.text


def test_a_roster_for_one_team_is_not_applied_to_another(client, team, trainer):
    other = a_team("Ward 4")
    a_member(other, email="x@x.org")
    Membership.objects.create(
        team=other,
        learner=trainer.learner,
        role=Role.TRAINER,
        joined_at=timezone.now(),
    )
    upload(client, team, "email\na@x.org\n")
    response = client.get(page_of(other, "roster_plan"))
    assert response.url == page_of(other)


def test_the_accounts_of_those_who_run_the_site_are_not_renamed(client, team, trainer):
    author = a_person("Author")
    User.objects.filter(pk=author.pk).update(first_name="Ada", email="ada@x.org")
    a_member(team)
    upload(client, team, "email\nada@x.org\n")
    apply(client, team)
    upload(client, team, "email,first name\nada@x.org,Mallory\n")
    apply(client, team)
    author.refresh_from_db()
    assert author.first_name == "Ada"
    assert roles(team)["ada@x.org"] == "member"


def form_of(page):
    """Return what the preview's form would send as it stands."""
    form = BeautifulSoup(page.content, "html.parser").select_one(
        "main form[method=post]"
    )
    sent = {"choices": "yes", "plan": form.select_one("[name=plan]")}
    sent["plan"] = sent["plan"]["value"] if sent["plan"] else ""
    sent["field"] = [
        select.select_one("[selected]")["value"] for select in form.select("select")
    ]
    sent["skip"] = [box["value"] for box in form.select("[name=skip][checked]")]
    return sent


def decide(client, team, page, **choices):
    """Choose in the preview and have the plan shown again."""
    sent = form_of(page) | choices | {"again": "yes"}
    return client.post(page_of(team, "roster_plan"), sent, follow=True)


def do(client, team, page, **choices):
    sent = form_of(page) | choices
    return client.post(page_of(team, "roster_plan"), sent, follow=True)


DATES = "email,joined\na@x.org,03/04/2025\nb@x.org,05/04/2025\n"


@pytest.mark.parametrize(
    ("order", "day"),
    [("day", dt.date(2025, 4, 3)), ("month", dt.date(2025, 3, 4)), ("empty", None)],
)
def test_a_date_that_can_be_two_days_is_asked_about_and_not_guessed(
    client, team, trainer, order, day
):
    page = upload(client, team, DATES)
    assert "“03/04/2025” could be either of two days" in page.text
    assert "Nothing was saved" in do(client, team, page).text
    page = decide(client, team, page, order=order)
    assert "could be either of two days" not in page.text
    done = do(client, team, page, order=order, leave_empty="yes")
    assert "2 invited" in done.text
    joined = Membership.objects.get(learner__user__email="a@x.org").joined_at
    zone = zoneinfo.ZoneInfo("Europe/Madrid")
    assert joined.astimezone(zone).date() == (day or timezone.localdate(timezone=zone))


def test_a_cell_that_says_nothing_is_left_empty_if_that_is_agreed(
    client, team, trainer
):
    page = upload(client, team, "email,name,joined\na@x.org,Ann Roe,n/a\n")
    assert "1 cell cannot be read" in page.text
    assert "Row 2, joined: “n/a” is a placeholder." in page.text
    assert "Nothing was saved" in do(client, team, page).text
    assert not Invitation.objects.exists()
    assert "1 invited" in do(client, team, page, leave_empty="yes").text
    assert User.objects.get(email="a@x.org").get_full_name() == "Ann Roe"


def test_a_column_can_hold_something_else_or_be_left_out(client, team, trainer):
    page = upload(client, team, "Who,Reach,Name\nAnn,a@x.org,Miss Roe\n")
    assert form_of(page)["field"] == ["", "email", "name"]
    page = decide(client, team, page, field=["first_name", "email", ""])
    assert form_of(page)["field"] == ["first_name", "email", ""]
    assert "1 invited" in do(client, team, page).text
    assert User.objects.get(email="a@x.org").get_full_name() == "Ann"


def test_of_two_columns_of_addresses_one_is_chosen(client, team, trainer):
    text = "Email,Work email,Name\na@home.org,a@x.org,Ann\n"
    page = upload(client, team, text)
    assert "Two columns contain the same thing" in page.text
    page = decide(client, team, page, field=["", "email", "name"])
    assert "1 invited" in do(client, team, page).text
    assert User.objects.filter(email="a@x.org").exists()


def test_a_row_can_be_left_out(client, team, trainer):
    page = upload(client, team, "email\na@x.org\nb@x.org\n")
    # What was ticked changes the plan, so it is shown once more.
    page = do(client, team, page, skip=["3"])
    assert "the plan has changed" in page.text
    assert form_of(page)["skip"] == ["3"]
    assert "Row 3: b@x.org" in page.text
    assert "1 invited" in do(client, team, page).text
    assert "b@x.org" not in roles(team)


def test_rows_with_problems_can_be_left_out_and_then_nobody_is_removed(
    client, team, trainer
):
    a_member(team, email="gone@x.org")
    page = upload(client, team, "email\na@x.org\nnobody\n")
    assert "1 problem to fix" in page.text
    refused = do(
        client, team, page, skip_problems="yes", all_leavers="yes", reason="Left"
    )
    assert "Nothing was saved" in refused.text
    assert "1 invited" in do(client, team, page, skip_problems="yes").text
    assert set(roles(team)) == {"tess@x.org", "gone@x.org", "a@x.org"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0", "Save it as .xlsx"),
        (b"name\nAnn\n", "No column is called “E-mail”"),
        (b"PK\x05\x06 nonsense", "cannot be opened as .xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(client, team, trainer, content, said):
    assert said in upload(client, team, content).text


def test_what_of_a_workbook_is_not_seen_or_not_read_is_said(client, team, trainer):
    night = ("Night", [["Email"], ["c@x.org"]])
    page = upload(client, team, workbook(("Staff", STAFF), night, hidden_rows=[3]))
    assert "by a filter, are still read: 3." in page.text
    assert "Only the first sheet with e-mail addresses is read" in page.text
    assert "Left out: Night." in page.text


def test_cells_are_shown_as_text_never_as_markup(client, team, trainer):
    page = upload(client, team, 'email,"<b>x</b>"\n<script>,1\n').text
    assert "<script>,1" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


@pytest.mark.sweep
def test_a_longer_roster_asks_as_much_as_a_short_one(client, team, trainer):
    def apply_some(number):
        rows = "\n".join(f"{number}-{n}@x.org,P{n}" for n in range(number))
        upload(client, team, f"email,name\n{rows}\n")
        plan = client.get(page_of(team, "roster_plan")).context["plan"]
        with CaptureQueriesContext(connection) as asked:
            client.post(page_of(team, "roster_plan"), {"plan": plan.fingerprint})
        return len(asked)

    apply_some(1)
    assert apply_some(4) == apply_some(40)
    # More rows than fit into one statement.
    assert apply_some(400) <= 73
    assert Message.objects.count() == 445
