"""A proposed address opens nothing until its owner, or an administrator, agrees."""

import datetime as dt
import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.core.context import request_context
from django.core import mail
from django.test import RequestFactory
from django.utils import timezone

from accounts.actions.address_proposals import (
    UnableToEndProposal,
    UnableToPropose,
    UnableToProposeTwice,
    UnableToUseAddress,
    confirm_address,
    decide_proposal,
    propose_address,
    refuse_address,
    withdraw_proposal,
)
from accounts.actions.learners import erase_person, trust_address
from accounts.actions.retention import apply_retention
from accounts.models import AddressProposal, User
from accounts.queries.people import account_record
from tests.factories import UserFactory
from tests.roles import a_person
from tests.signing_in import PASSWORD, mailed_code, sign_in, with_password

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
OLD, NEW = "ann@example.org", "ann.roe@example.org"
LIST = "/admin/proposed-addresses/"
Outcome = AddressProposal.Outcome


@pytest.fixture(autouse=True)
def clock():
    # The account library sends mail for a request.
    asking = request_context(RequestFactory().get("/"))
    with time_machine.travel(AT, tick=False) as traveller, asking:
        yield traveller


@pytest.fixture
def ann():
    person = with_password(UserFactory(email=OLD, first_name="Ann", last_name="Roe"))
    trust_address(user=person)
    return person


@pytest.fixture
def trainer():
    return UserFactory(email="trainer@example.org", first_name="Tom", last_name="Yu")


@pytest.fixture
def proposal(ann, trainer):
    return propose_address(user=ann, new=NEW, by=trainer, at=AT)


@pytest.fixture
def link(proposal):
    """The path that was sent to the old address."""
    (sent,) = mail.outbox
    assert sent.to == [OLD]
    path = re.search(r"http://\S+?(/account/new-address/\S+/)", sent.body)[1]
    mail.outbox.clear()
    return path


def answer(client, path, word):
    return client.post(path, {"answer": word}, follow=True).text


def sent_to():
    return sorted(each.to[0] for each in mail.outbox)


def decide(proposal, outcome, reason="Came by"):
    by = a_person("Administrator")
    decide_proposal(proposal=proposal, outcome=outcome, reason=reason, by=by, at=AT)


def test_opening_the_link_changes_nothing(client, ann, link):
    page = client.get(link).text
    assert "Tom Yu proposed another e-mail address" in page
    assert NEW in page
    ann.refresh_from_db()
    assert ann.email == OLD
    assert AddressProposal.objects.get().outcome == ""


def test_the_owner_agrees_from_the_old_address_and_all_are_told(client, ann, link):
    assert f"has had the address {NEW}" in answer(client, link, "confirm")
    ann.refresh_from_db()
    assert ann.email == NEW
    known = EmailAddress.objects.get(user=ann)
    assert (known.email, known.verified, known.primary) == (NEW, True, True)
    assert sent_to() == sorted([OLD, NEW, "trainer@example.org"])


def test_a_link_works_once(client, ann, link):
    answer(client, link, "refuse")
    page = answer(client, link, "confirm")
    assert "It had been decided before, so nothing changed." in page
    assert "You refused the new address." in page
    ann.refresh_from_db()
    assert ann.email == OLD


def test_the_token_of_a_link_is_stored_nowhere(link):
    token = link.split("/")[-2]
    row = AddressProposal.objects.values().get()
    assert token not in str(row)


def test_an_unknown_link_and_an_unknown_answer_do_nothing(client, ann, link):
    assert client.get("/account/new-address/guessed/").status_code == 404
    answer(client, link, "perhaps")
    assert AddressProposal.objects.get().ended_at is None


def test_who_refuses_keeps_the_address_and_the_trainer_is_told(client, ann, link):
    assert "Your address stays as it is." in answer(client, link, "refuse")
    assert sent_to() == ["trainer@example.org"]
    assert "refused by the person" in mail.outbox[0].body


def test_the_owner_agrees_signed_in(client, ann, proposal):
    sign_in(client, ann)
    assert "A new e-mail address was proposed" in client.get("/account/").text
    assert "A new e-mail address was proposed" in client.get("/my-learning/").text
    own = "/account/new-address/"
    door = client.get(own).url
    assert (
        NEW in client.post(door, {"password": PASSWORD, "next": own}, follow=True).text
    )
    page = answer(client, own, "confirm")
    assert f"has had the address {NEW}" in page
    assert client.session["_auth_user_id"] == str(ann.pk)
    assert "A new e-mail address was proposed" not in client.get("/account/").text


def test_agreeing_signed_in_asks_for_a_fresh_sign_in(client, clock, ann, proposal):
    sign_in(client, ann)
    clock.shift(dt.timedelta(hours=1))
    door = client.post("/account/new-address/", {"answer": "confirm"})
    assert door.url.startswith("/account/reauthenticate/")
    ann.refresh_from_db()
    assert ann.email == OLD


def test_after_two_weeks_it_ends_by_itself(client, clock, ann, link):
    clock.shift(AddressProposal.LASTS)
    assert "This offer has ended." in answer(client, link, "confirm")
    ann.refresh_from_db()
    assert ann.email == OLD


def test_another_can_be_proposed_once_the_first_has_ended(
    clock, ann, trainer, proposal
):
    again = {"user": ann, "new": "a@example.org", "by": trainer}
    with pytest.raises(UnableToProposeTwice):
        propose_address(**again, at=AT)
    clock.shift(AddressProposal.LASTS)
    propose_address(**again, at=timezone.now())
    proposal.refresh_from_db()
    assert proposal.outcome == Outcome.LAPSED


def test_nobody_proposes_for_people_who_may_enter_the_admin(trainer):
    for person in (a_person("Trainer"), UserFactory(administrator=True)):
        with pytest.raises(UnableToPropose):
            propose_address(user=person, new=NEW, by=trainer, at=AT)


def test_who_got_a_role_meanwhile_keeps_the_address(ann, proposal):
    ann.groups.add(*a_person("Trainer").groups.all())
    for end in (
        lambda: confirm_address(proposal=proposal, at=AT),
        lambda: decide(proposal, Outcome.APPROVED),
    ):
        with pytest.raises(UnableToEndProposal):
            end()
    ann.refresh_from_db()
    assert ann.email == OLD


def test_an_address_in_use_is_not_proposed(ann, trainer):
    UserFactory(email=NEW)
    with pytest.raises(UnableToUseAddress):
        propose_address(user=ann, new=NEW.upper(), by=trainer, at=AT)


def test_an_address_that_is_taken_meanwhile_changes_nothing(client, ann, link):
    UserFactory(email=NEW)
    assert f"Someone else uses {NEW} by now" in answer(client, link, "confirm")
    ann.refresh_from_db()
    assert ann.email == OLD
    assert EmailAddress.objects.get(user=ann).email == OLD
    assert AddressProposal.objects.get().ended_at is None
    assert mail.outbox == []


def test_who_changed_the_address_themselves_is_not_asked_any_more(client, ann, link):
    User.objects.filter(pk=ann.pk).update(email="mine@example.org")
    assert "This offer has ended." in answer(client, link, "confirm")
    ann.refresh_from_db()
    assert ann.email == "mine@example.org"


def test_of_two_who_decide_one_does_it(ann, proposal):
    refuse_address(proposal=proposal, at=AT)
    mail.outbox.clear()
    for end in (
        lambda: confirm_address(proposal=proposal, at=AT),
        lambda: decide(proposal, Outcome.APPROVED),
        lambda: withdraw_proposal(proposal=proposal, by=ann, at=AT),
    ):
        with pytest.raises(UnableToEndProposal):
            end()
    proposal.refresh_from_db()
    assert proposal.outcome == Outcome.REFUSED
    assert mail.outbox == []


def test_an_administrator_decides_with_a_reason(client, administrator, ann, proposal):
    ann_browser = type(client)()
    sign_in(ann_browser, ann)
    mail.outbox.clear()
    assert "1 proposed e-mail address waits" in client.get("/admin/").text
    assert NEW in client.get(LIST).text
    page = f"{LIST}{proposal.pk}/decide/"
    assert client.post(page, {"decision": "approved", "reason": ""}).status_code == 200
    ann.refresh_from_db()
    assert ann.email == OLD
    client.post(page, {"decision": "approved", "reason": "Old one is closed"})
    ann.refresh_from_db()
    assert ann.email == NEW
    assert sent_to() == sorted([OLD, NEW, "trainer@example.org"])
    assert all("Old one is closed" in each.body for each in mail.outbox)
    assert "No proposed address waits." in client.get(LIST).text
    assert ann_browser.get("/account/").status_code == 302


def test_an_administrator_rejects(client, administrator, ann, proposal):
    mail.outbox.clear()
    sent = {"decision": "rejected", "reason": "Not hers"}
    client.post(f"{LIST}{proposal.pk}/decide/", sent)
    ann.refresh_from_db()
    assert ann.email == OLD
    assert sent_to() == ["trainer@example.org"]
    late = client.get(f"{LIST}{proposal.pk}/decide/", follow=True).text
    assert "has been decided or withdrawn" in late


def test_nobody_else_decides(client, proposal):
    client.force_login(a_person("Trainer"))
    for page in (LIST, f"{LIST}{proposal.pk}/decide/"):
        assert client.get(page).status_code != 200


@pytest.mark.parametrize("page", ["/account/login/code/", "/account/password/reset/"])
def test_a_proposed_address_gets_no_codes(client, ann, proposal, page):
    mail.outbox.clear()
    client.post(page, {"email": NEW})
    assert "no account" in mail.outbox[0].body.lower()


@pytest.mark.parametrize("page", ["/account/login/code/", "/account/password/reset/"])
def test_an_address_that_was_only_written_into_the_account_gets_no_codes(
    client, ann, page
):
    User.objects.filter(pk=ann.pk).update(email=NEW)
    client.post(page, {"email": NEW})
    assert "no account" in mail.outbox[0].body.lower()


@pytest.mark.parametrize("step", ["login/code", "password/reset"])
def test_a_code_of_before_opens_nothing_after_the_change(client, ann, link, step):
    client.post(f"/account/{step}/", {"email": OLD})
    code = mailed_code(mail.outbox)
    answer(type(client)(), link, "confirm")
    client.post(f"/account/{step}/confirm/", {"code": code})
    assert "_auth_user_id" not in client.session
    assert client.get("/account/password/reset/complete/").status_code != 200


def test_it_is_given_out_and_erased_with_the_person(ann, proposal):
    (held,) = account_record(ann)["proposed_addresses"]
    assert held["new"] == NEW
    erase_person(learner=None, user=ann, at=AT)
    assert not AddressProposal.objects.exists()


def deleted_at(at, **named):
    found = {result.name: result for result in apply_retention(at=at, **named)}
    return found["proposed addresses"].count


def test_a_proposal_is_deleted_a_year_after_it_was_decided(proposal, settings):
    settings.RETENTION_INVITATIONS_MONTHS = 12
    refuse_address(proposal=proposal, at=AT)
    year = dt.timedelta(days=365)
    assert deleted_at(AT + year, dry_run=False) == 0
    assert deleted_at(AT + year + dt.timedelta(days=1), dry_run=True) == 1
    assert AddressProposal.objects.exists()
    assert deleted_at(AT + year + dt.timedelta(days=1), dry_run=False) == 1
    assert not AddressProposal.objects.exists()


def test_a_proposal_that_nobody_decided_is_kept_until_it_expired_long_ago(
    proposal, settings
):
    settings.RETENTION_INVITATIONS_MONTHS = 12
    after_expiry = proposal.expires_at + dt.timedelta(days=366)
    assert deleted_at(after_expiry - dt.timedelta(days=2), dry_run=False) == 0
    assert deleted_at(after_expiry, dry_run=False) == 1


def test_proposals_are_kept_where_the_setting_says_so(proposal, settings):
    settings.RETENTION_INVITATIONS_MONTHS = 0
    refuse_address(proposal=proposal, at=AT)
    assert deleted_at(AT + dt.timedelta(days=9999), dry_run=False) == 0
