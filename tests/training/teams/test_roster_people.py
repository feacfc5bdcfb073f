"""A roster knows people again whose address was corrected; it never guesses."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from tests.factories import UserFactory, a_course
from tests.signing_in import sign_in, with_password
from tests.training.outbox import run_worker
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from tests.training.teams.test_roster_applying import do, page_of, roles, upload
from training.assignments.models import Obligation
from training.teams.actions.forgetting import forget_member
from training.teams.actions.memberships import join_team
from training.teams.models import Invitation, Membership
from training.teams.queries.personal_record import team_record

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NUMBERED = "E-mail,Name,Staff number\n{email},Ann Roe,{number}\n"


@pytest.fixture
def team():
    return a_team("Ward 3", quiet_from="00:00", quiet_until="00:00")


@pytest.fixture
def trainer(client, team):
    user = a_trainer(team, email="tess@x.org", first_name="Tess", last_name="Trainer")
    client.force_login(user)
    return user


@pytest.fixture
def ann(client, team, trainer):
    """Ann came by a roster with her staff number, and never came in."""
    an_assignment(a_course(), team)
    do(client, team, upload(client, team, file_with("an@x.org")))
    run_worker()
    mail.outbox.clear()
    return User.objects.get(email="an@x.org")


def file_with(email, number="0123"):
    return NUMBERED.format(email=email, number=number)


def comes_in(user):
    User.objects.filter(pk=user.pk).update(last_login=timezone.now())


def staff_numbers(team):
    rows = team.memberships.filter(left_at=None)
    return dict(rows.values_list("learner__user__email", "staff_number"))


def test_the_staff_number_tells_who_has_a_corrected_address(client, team, ann):
    page = upload(client, team, file_with("ann@x.org"))
    assert "1 person has a different address in the file" in page.text
    said = (
        "Row 2: staff number 0123 belongs to Ann Roe "
        "(an@x.org); the new address is ann@x.org"
    )
    assert said in page.text
    assert not page.context["plan"].absent


def test_no_address_is_changed_unless_that_is_agreed(client, team, ann):
    page = upload(client, team, file_with("ann@x.org"))
    assert "Nothing was saved" in do(client, team, page).text
    assert set(roles(team)) == {"tess@x.org", "an@x.org"}


def test_once_agreed_the_person_stays_the_same_and_is_invited_there(client, team, ann):
    asked = Obligation.objects.get()
    page = upload(client, team, file_with("ann@x.org"))
    said = do(client, team, page, readdress="yes").text
    assert "1 address was changed." in said
    ann.refresh_from_db()
    assert ann.email == "ann@x.org"
    assert Obligation.objects.get() == asked
    assert User.objects.count() == 2
    run_worker()
    assert [m.to for m in mail.outbox] == [["ann@x.org"]]
    open_ones = Invitation.objects.filter(expires_at__gt=timezone.now())
    assert [row.address for row in open_ones] == ["ann@x.org"]


def test_zeros_that_a_spreadsheet_took_away_do_not_matter(client, team, ann):
    page = upload(client, team, file_with("ann@x.org", number="123"))
    assert len(page.context["plan"].readdressed) == 1


def test_who_came_in_is_for_an_administrator_to_correct(client, team, ann):
    """Whoever gets an address gets the account, so a file of HR must not move one."""
    comes_in(ann)
    page = upload(client, team, file_with("mallory@x.org"))
    assert "this is Ann Roe (an@x.org), who has already signed in" in page.text
    do(client, team, page, readdress="yes")
    ann.refresh_from_db()
    assert ann.email == "an@x.org"


def test_an_administrator_may_and_she_signs_in_there(client, team, ann):
    with_password(ann)
    comes_in(ann)
    client.force_login(UserFactory(is_superuser=True))
    page = upload(client, team, file_with("ann@x.org"))
    do(client, team, page, readdress="yes")
    client.logout()
    assert not sign_in(
        client, User(email="an@x.org")
    ).wsgi_request.user.is_authenticated
    assert sign_in(client, User(email="ann@x.org")).wsgi_request.user == ann
    assert Invitation.objects.count() == 1


def test_nobody_moves_the_address_of_who_runs_the_site(client, team, ann):
    User.objects.filter(pk=ann.pk).update(is_superuser=True)
    page = upload(client, team, file_with("mallory@x.org"))
    assert "who has already signed in" in page.text


def test_an_address_that_somebody_has_is_not_taken_over(client, team, ann):
    UserFactory(email="ann@x.org")
    page = upload(client, team, file_with("ann@x.org"))
    said = "The staff number belongs to Ann Roe (an@x.org), but someone else has"
    assert said in page.text
    do(client, team, page, readdress="yes")
    assert "ann@x.org" not in roles(team)


def test_a_name_alone_is_pointed_out_and_never_merged(client, team, ann):
    page = upload(client, team, "E-mail,Name\nann@x.org,“Roe; Ann”\n".replace(";", ""))
    assert "1 person may already be on the team" in page.text
    said = "Row 2: ann@x.org may be Ann Roe (an@x.org) with a different address"
    assert said in page.text
    do(client, team, page, miss_columns="yes")
    assert set(roles(team)) == {"tess@x.org", "an@x.org", "ann@x.org"}


@pytest.mark.parametrize(
    "lines",
    [
        # Both are there: two people of one name.
        ["an@x.org,Ann Roe,", "ann@x.org,Ann Roe,"],
        # One name alone is anybody's.
        ["ann@x.org,Ann,"],
        # Different staff numbers mean different people.
        ["ann@x.org,Ann Roe,77"],
    ],
)
def test_who_is_somebody_else_is_not_pointed_out(client, team, ann, lines):
    page = upload(client, team, "\n".join(["E-mail,Name,Staff number", *lines, ""]))
    assert "looks like" not in page.text
    assert not page.context["plan"].readdressed


def test_numbers_are_noted_and_go_along_with_a_change_of_role(client, team, ann):
    assert staff_numbers(team)["an@x.org"] == "0123"
    join_team(team=team, learner=ann.learner, role=Role.OBSERVER, at=timezone.now())
    assert staff_numbers(team)["an@x.org"] == "0123"
    page = upload(client, team, file_with("an@x.org", number="124"))
    assert "(staff number 124)" in page.text
    do(client, team, page)
    assert staff_numbers(team)["an@x.org"] == "124"


def test_a_number_of_another_team_tells_nobody(client, team, trainer, ann):
    other = a_team("Ward 4")
    a_member(other, email="x@x.org")
    join_team(team=other, learner=trainer.learner, role=Role.TRAINER, at=timezone.now())
    page = upload(client, other, file_with("ann@x.org"))
    assert not page.context["plan"].readdressed


def test_numbers_are_given_out_with_the_record_and_erased(team, ann):
    held = team_record(ann.learner)["teams"]
    assert held[0]["staff_number"] == "0123"
    forget_member(ann.learner, timezone.now())
    assert set(Membership.objects.values_list("staff_number", flat=True)) == {""}


def test_titles_that_are_left_out_stand_in_the_preview(client, team, trainer):
    text = (
        'E-mail,Name\nzoe.t@x.org,Dr. med. Zoe Tan\na@x.org,"Roe, Ann, MD"\n'
        "b@x.org,Bob Low\n"
    )
    page = upload(client, team, text).text
    assert "Titles are left out of 2 names" in page
    assert "Row 2: “Dr. med.” is left out; the name is Zoe Tan" in page
    assert "Row 3: “MD” is left out; the name is Ann Roe" in page
    halves = "E-mail,First name,Last name\nz@x.org,Dr. Zoe,Tan\n"
    assert "Row 2: “Dr.” is left out" in upload(client, team, halves).text


@pytest.mark.sweep
def test_a_whole_clinic_that_moves_costs_what_one_person_does(
    client, team, trainer, django_assert_max_num_queries
):
    def queries_for(number):
        lines = [f"{number}-{n}@x.org,P{n} R,{number}{n:03}" for n in range(number)]
        head = "E-mail,Name,Staff number\n"
        do(client, team, upload(client, team, head + "\n".join(lines)))
        moved = head + "\n".join(lines).replace("@x.org", "@y.org")
        page = upload(client, team, moved)
        sent = {"plan": page.context["plan"].fingerprint, "readdress": "yes"}
        with django_assert_max_num_queries(200) as asked:
            client.post(page_of(team, "roster_plan"), sent)
        assert f"{number}-0@y.org" in roles(team)
        return len(asked)

    queries_for(1)
    assert queries_for(3) == queries_for(30)
