"""The pages of the ledger: each kind is made there, taken back, and read."""

import uuid

import pytest

from tests.factories import a_course
from tests.training.assigning_pages import exceptions_of, plain
from tests.training.moments import days
from tests.training.staff import Role, a_member, a_team, a_trainer, an_assignment
from training.assignments.actions import exceptions as verbs
from training.assignments.models import ExceptionEntry, Obligation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def day(number):
    return days(number).date()


@pytest.fixture
def course():
    return a_course(lessons=1, questions=2, title="Stem cells")


@pytest.fixture
def learner(team):
    return a_member(team, email="anna@example.org")


@pytest.fixture
def obligation(team, course, learner):
    an_assignment(course, team)
    return Obligation.objects.get(learner=learner)


def test_the_page_shows_the_ledger_in_order(client, except_it, obligation, trainer):
    except_it(verbs.extend_due_date, obligation, due_on=day(60), reason="On leave")
    entry = except_it(verbs.waive_obligation, obligation, at=days(1), reason="Ill")
    verbs.revoke_exception(entry=entry, at=days(2), by=trainer)
    client.force_login(trainer)
    page = plain(client.get(exceptions_of(obligation)))
    assert page.index("On leave") < page.index("revoked")
    assert "in force" in page
    assert "trainer@example.org" in page


FILLED_IN = {
    "extension": {"due_on": "2026-05-01"},
    "waiver": {"until": "2026-03-20"},
    "hand_over": {"deputy": "Deputy@example.org"},
}


@pytest.mark.parametrize("kind", FILLED_IN)
def test_each_kind_is_made_on_its_page(client, obligation, team, trainer, kind):
    a_member(team, email="deputy@example.org")
    client.force_login(trainer)
    url = exceptions_of(obligation) + f"except/{kind}/"
    assert client.get(url).status_code == 200
    form = FILLED_IN[kind] | {"reason": "Why not", "key": str(uuid.uuid4())}
    assert client.post(url, form).url == exceptions_of(obligation)
    assert obligation.exceptions.get().kind == kind


@pytest.mark.parametrize(
    ("kind", "form", "at"),
    [
        ("extension", {"due_on": "2026-03-20"}, "due_on"),
        ("extension", {"due_on": ""}, "due_on"),
        ("waiver", {"since": "2026-03-01"}, "since"),
        ("waiver", {"since": "2026-03-09", "until": "2026-03-08"}, "until"),
        ("waiver", {"reason": ""}, "reason"),
        ("extra_attempts", {"number": "1"}, "number"),
        ("hand_over", {"deputy": "anna@example.org"}, "deputy"),
        ("hand_over", {"deputy": "nobody@example.org"}, "deputy"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(
    client, obligation, trainer, kind, form, at
):
    client.force_login(trainer)
    url = exceptions_of(obligation) + f"except/{kind}/"
    sent = {"reason": "Why not", "key": str(uuid.uuid4())} | form
    response = client.post(url, sent)
    assert list(response.context["form"].errors) == [at]
    assert not obligation.exceptions.exists()


def test_it_is_taken_back_on_its_page(client, except_it, obligation, trainer):
    entry = except_it(verbs.waive_obligation, obligation)
    client.force_login(trainer)
    url = f"/admin/training/exceptions/{entry.pk}/revoke/"
    assert "Ill" in plain(client.get(url))
    client.post(url)
    entry.refresh_from_db()
    assert entry.revoked_by == trainer


def test_several_ticked_people_are_waived_at_once(client, obligation, team, trainer):
    other = Obligation.objects.get(learner=a_member(team))
    stranger = a_member(a_team("Strange"))
    an_assignment(a_course(), people=[stranger])
    foreign = Obligation.objects.get(learner=stranger)
    client.force_login(trainer)
    url = f"/admin/training/assignments/{obligation.assignment_id}/several/waiver/"
    ticked = {"obligation": [obligation.pk, other.pk, foreign.pk]}
    assert len(client.get(url, ticked).context["chosen"]) == 2
    client.post(url, ticked | {"reason": "Moving", "key": str(uuid.uuid4())})
    waived = ExceptionEntry.objects.filter(kind="waiver")
    assert {entry.obligation for entry in waived} == {obligation, other}
    assert "You did not select anyone" in plain(client.get(url))


def test_an_observer_reads_and_others_find_nothing(client, except_it, obligation, team):
    entry = except_it(verbs.waive_obligation, obligation)
    observer = a_member(team, role=Role.OBSERVER)
    client.force_login(observer.user)
    page = client.get(exceptions_of(obligation))
    assert "Revoke" not in page.text
    assert client.get(exceptions_of(obligation) + "except/waiver/").status_code == 404
    revoke_url = f"/admin/training/exceptions/{entry.pk}/revoke/"
    assert client.post(revoke_url).status_code == 404
    client.force_login(a_trainer(a_team("Elsewhere")))
    assert client.get(exceptions_of(obligation)).status_code == 404
    assert client.post(revoke_url).status_code == 404
    entry.refresh_from_db()
    assert entry.revoked_at is None


def test_a_kind_that_is_none_is_not_found(client, obligation, trainer):
    client.force_login(trainer)
    assert client.get(exceptions_of(obligation) + "except/bribe/").status_code == 404
