"""Joining a team by link or code."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from mail.models import Message
from tests.factories import UserFactory
from tests.signing_in import with_password
from tests.training.invitations import choose, link_in, newest_mail
from tests.training.staff import Role, a_member, a_team, a_trainer
from training.teams.actions.join_links import close_join_link, make_join_link
from training.teams.models import Invitation, JoinLink, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return a_team("Ward 3")


@pytest.fixture
def trainer(team):
    return a_trainer(team)


@pytest.fixture
def link(team, trainer):
    at = timezone.now()
    week = dt.timedelta(days=7)
    return make_join_link(team=team, expires_at=at + week, by=trainer, at=at)


def path_of(link):
    return reverse("join_team", args=[link.code])


def roles_of(user):
    rows = Membership.objects.filter(learner__user=user, left_at=None)
    return list(rows.values_list("role", flat=True))


def test_a_trainer_makes_a_link_shows_it_and_closes_it(client, team, trainer):
    client.force_login(trainer)
    page = reverse("teams:join_links", args=[team.pk])
    day = timezone.localdate() + dt.timedelta(days=3)
    client.post(page, {"last_day": day.isoformat()})
    link = JoinLink.objects.get()
    shown = client.get(page).text
    assert link.code in shown
    assert f"http://127.0.0.1:8000{path_of(link)}" in shown
    picture = reverse("teams:join_link_picture", args=[team.pk, link.pk])
    assert picture in shown
    response = client.get(picture)
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    client.post(reverse("teams:close_join_link", args=[team.pk, link.pk]))
    assert client.get(path_of(link)).status_code == 404
    assert link.code not in client.get(page).text


@pytest.mark.parametrize("days", [-1, 400])
def test_a_link_ends_within_a_year(client, team, trainer, days):
    client.force_login(trainer)
    day = timezone.localdate() + dt.timedelta(days=days)
    page = client.post(
        reverse("teams:join_links", args=[team.pk]), {"last_day": day.isoformat()}
    )
    assert "up to a year from now" in page.text
    assert not JoinLink.objects.exists()


def test_a_link_ends_with_the_day_of_the_team(client, trainer, team):
    team.time_zone = "Pacific/Auckland"
    team.save()
    client.force_login(trainer)
    client.post(reverse("teams:join_links", args=[team.pk]), {"last_day": "2027-01-15"})
    ends = JoinLink.objects.get().expires_at
    assert ends.date() == dt.date(2027, 1, 15)
    assert ends.hour < 12


def test_who_is_signed_in_confirms_and_joins(client, link):
    user = UserFactory()
    client.force_login(user)
    assert "Join Ward 3" in client.get(path_of(link)).text
    assert roles_of(user) == []
    assert client.post(path_of(link)).url == "/my-learning/"
    assert roles_of(user) == [Role.MEMBER]


def test_joining_twice_is_joining_once(client, link):
    user = UserFactory()
    client.force_login(user)
    client.post(path_of(link))
    client.post(path_of(link))
    assert roles_of(user) == [Role.MEMBER]


def test_a_trainer_who_follows_the_link_stays_trainer(client, link, trainer):
    client.force_login(trainer)
    client.post(path_of(link))
    assert roles_of(trainer) == [Role.TRAINER]


def test_the_code_may_be_typed_as_it_was_read_out(client, link):
    spelt = f"{link.code[:5].lower()}-{link.code[5:]} "
    response = client.post(reverse("join"), {"code": spelt}, follow=True)
    assert "Join Ward 3" in response.text


def test_a_code_with_other_signs_is_refused_in_place(client):
    page = client.post(reverse("join"), {"code": "a/b"}, follow=True).text
    assert "only letters and numbers" in page


def test_visitors_are_sent_to_sign_in_and_come_back(client, link):
    user = with_password(UserFactory())
    page = client.get(path_of(link)).text
    assert f"/account/login/?next={path_of(link)}" in page
    form = {"login": user.email, "password": "correct horse battery"}
    response = client.post("/account/login/", form | {"next": path_of(link)})
    assert response.url == path_of(link)


def test_visitors_may_sign_up_where_that_is_open(client, link, settings):
    settings.SIGN_UP_OPEN = True
    page = client.get(path_of(link)).text
    assert f"/account/signup/?next={path_of(link)}" in page
    client.post(path_of(link), {"email": "ann@example.org"})
    assert not User.objects.filter(email="ann@example.org").exists()


def test_a_new_address_is_invited_and_joins_after_all(client, link):
    client.post(path_of(link), {"email": "Ann@example.org"})
    user = User.objects.get(email="ann@example.org")
    assert roles_of(user) == []
    mail = newest_mail()
    assert "Someone, probably you, asked to join the team Ward 3" in mail.text
    response = choose(client, link_in(mail.text))
    assert response.url == path_of(link)
    client.post(response.url)
    assert roles_of(user) == [Role.MEMBER]


def test_an_account_is_sent_to_the_page_of_the_link(client, link):
    user = with_password(UserFactory(email="ann@example.org"))
    client.post(path_of(link), {"email": user.email})
    mail = newest_mail()
    assert "You already have an account" in mail.text
    assert link_in(mail.text) == path_of(link)
    assert not Invitation.objects.exists()
    close_join_link(link=link, by=user, at=timezone.now())
    assert newest_mail() is None


def asked(client, link, email="a@example.org"):
    """Ask for the e-mail with the way in; return the page that follows."""
    return client.post(path_of(link), {"email": email}, follow=True)


def test_the_page_on_the_way_of_a_mail_is_no_answer_to_a_post(client, link):
    response = client.post(path_of(link), {"email": "a@example.org"})
    page = client.get(response.url)
    assert "sent an e-mail to a@example.org" in page.text
    # Going back leads to the form; a wrong address is no mail that was sent.
    assert "Send me the e-mail" in client.get(path_of(link)).text
    client.post(path_of(link), {"email": "a@b"})
    assert "sent an e-mail to" not in client.get(response.url).text


def test_the_answer_does_not_tell_who_has_an_account(client, link):
    with_password(UserFactory(email="known@example.org"))
    UserFactory(email="gone@example.org", is_active=False)
    pages = {
        asked(client, link, f"{name}@example.org").text.replace(name, "")
        for name in ("known", "newly", "gone")
    }
    assert len(pages) == 1
    assert Message.objects.count() == 2


def test_an_address_is_written_to_three_times_an_hour_at_most(client, link):
    for _try in range(3):
        assert "sent an e-mail to a@example.org" in asked(client, link).text
    assert asked(client, link, "A@example.org").status_code == 429
    assert Message.objects.count() <= 3


def test_codes_cannot_be_guessed_at_leisure(client, link):
    answers = [client.get("/my-learning/join/WRONGCODE2/") for _try in range(21)]
    assert [answer.status_code for answer in answers] == [404] * 20 + [429]
    assert "This code does not work" in answers[0].text
    assert client.get(path_of(link)).status_code == 429


def test_a_class_that_joins_together_is_not_taken_for_guessing(client, link):
    answers = [client.get(path_of(link)) for _try in range(25)]
    assert {answer.status_code for answer in answers} == {200}


def test_a_link_that_ran_out_or_whose_team_is_archived_is_closed(client, link, team):
    user = UserFactory()
    client.force_login(user)
    team.archived_at = timezone.now()
    team.save()
    assert client.post(path_of(link), follow=True).status_code == 404
    team.archived_at = None
    team.save()
    at = timezone.now()
    JoinLink.objects.update(created_at=at - dt.timedelta(days=2), expires_at=at)
    page = client.post(path_of(link), follow=True)
    assert "This code does not work" in page.text
    assert roles_of(user) == []


def test_somebody_removed_may_come_back_by_a_link(client, link, team):
    learner = a_member(team)
    learner.memberships.update(left_at=timezone.now())
    client.force_login(learner.user)
    client.post(path_of(link))
    assert roles_of(learner.user) == [Role.MEMBER]


def test_the_link_of_another_team_is_not_found_through_mine(client, link):
    other = a_team("Other")
    client.force_login(a_trainer(other))
    for name in ("close_join_link", "join_link_picture"):
        path = reverse(f"teams:{name}", args=[other.pk, link.pk])
        assert client.get(path).status_code == 404
