"""A nightly file: applied without anybody looking, twice the same, never nonsense."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from mail.actions.forgetting import forget_account
from mail.actions.sending import send_due_messages
from mail.models import Message
from tests.training.rosters_in_jobs import members
from tests.training.staff import Role, a_member, a_team
from training.teams import log
from training.teams.actions.forgetting import forget_manager
from training.teams.actions.memberships import join_team, leave_team
from training.teams.models import Membership

pytestmark = pytest.mark.django_db
HEAD = "E-mail,Name,Staff number,Department"
ANN, BOB, CAT = (
    f"{name.lower()}@x.org,{name} Roe,{number},Ward 3"
    for number, name in enumerate(("Ann", "Bob", "Cat"), start=41)
)


@pytest.fixture
def sync(tmp_path, trainer, capsys):
    """Run the command on these rows, and return what it printed."""

    def run(*rows, **options):
        path = tmp_path / "hr.csv"
        path.write_text("\n".join([HEAD, *rows]))
        call_command("sync_roster", str(path), by=trainer.email, **options)
        return capsys.readouterr().out

    return run


@pytest.fixture
def other(trainer):
    team = a_team("Ward 4")
    join_team(team=team, learner=trainer.learner, role=Role.TRAINER, at=timezone.now())
    return team


def mail_to_trainers():
    return Message.objects.filter(kind="roster").order_by("pk")


def missing():
    rows = Membership.objects.exclude(missing_since=None)
    return sorted(rows.values_list("learner__user__email", flat=True))


def test_each_team_of_the_file_gets_its_people(sync, team, other):
    said = sync(ANN, BOB, CAT.replace("Ward 3", "ward 4"))
    assert members(team) == ["ann@x.org", "bob@x.org"]
    assert members(other) == ["cat@x.org"]
    assert "Ward 3: New: invited by e-mail: 2" in said


def test_the_same_file_again_does_nothing_and_says_nothing(sync, team):
    sync(ANN, BOB)
    counts = [
        log.ModelLogEntry.objects.count(),
        Message.objects.count(),
        Membership.objects.count(),
    ]
    assert sync(ANN, BOB) == "Ward 3: nothing to do.\n"
    assert counts == [
        log.ModelLogEntry.objects.count(),
        Message.objects.count(),
        Membership.objects.count(),
    ]


def test_a_dry_run_changes_nothing_and_goes_to_the_trainers(sync, team, trainer):
    said = sync(ANN, BOB, dry_run=True)
    assert "This was a dry run" in said
    assert members(team) == []
    assert not User.objects.filter(email="ann@x.org").exists()
    [message] = mail_to_trainers()
    assert message.recipient == trainer
    sync(ANN, BOB, dry_run=True)
    assert mail_to_trainers().count() == 1


def test_the_mail_says_what_was_done_and_links_to_who_is_missing(
    sync, team, mailoutbox, settings
):
    sync(ANN, BOB, CAT)
    sync(ANN, BOB)
    Message.objects.update(scheduled_for=timezone.now())
    Message.objects.exclude(kind="roster").delete()
    team.quiet_from = team.quiet_until = timezone.now().time().replace(microsecond=0)
    team.save()
    send_due_messages(at=timezone.now())
    first, second = mailoutbox
    assert first.subject == second.subject == "Roster of Ward 3"
    assert "New: invited by e-mail: 3" in first.body
    assert "Cat Roe (cat@x.org)" in second.body
    assert f"/admin/training/people/?team={team.pk}&roster=missing" in second.body


def test_who_is_missing_is_marked_offered_and_never_taken_out(sync, door, team):
    sync(ANN, BOB, CAT)
    said = sync(ANN, BOB)
    assert "1 person is on the team but not in the file" in said
    assert "Cat Roe (cat@x.org)" in said
    assert members(team) == ["ann@x.org", "bob@x.org", "cat@x.org"]
    page = door.get(f"/admin/training/people/?team={team.pk}&roster=missing")
    assert [row.learner.user.first_name for row in page.context["object_list"]] == [
        "Cat"
    ]
    # Named once, and no longer once they are in the file again.
    assert sync(ANN, BOB) == "Ward 3: nothing to do.\n"
    sync(ANN, BOB, CAT)
    assert missing() == []


def test_a_file_in_which_most_are_missing_is_not_obeyed(sync, team):
    sync(ANN, BOB, CAT)
    with pytest.raises(CommandError, match="Nothing was done for 1 of 1"):
        sync(ANN.replace("Ann Roe", "Anna Roe"))
    assert User.objects.get(email="ann@x.org").first_name == "Ann"
    assert missing() == []
    [_first, refusal] = mail_to_trainers()
    assert "2 of 3 people on the team are missing" in refusal.why["lines"][1]
    sync(ANN.replace("Ann Roe", "Anna Roe"), allow_missing=True)
    assert User.objects.get(email="ann@x.org").first_name == "Anna"
    assert missing() == ["bob@x.org", "cat@x.org"]


def test_a_team_that_is_refused_does_not_hold_up_the_others(sync, team, other):
    with pytest.raises(CommandError):
        sync(ANN, "bob,Bob Roe,42,Ward 3", "cat@x.org,Cat Roe,43,Ward 4")
    assert (members(team), members(other)) == ([], ["cat@x.org"])


def test_rows_with_problems_are_left_out_on_request_and_nobody_is_missing(sync, team):
    sync(ANN, BOB, CAT)
    said = sync(
        ANN, "bob,Bob Roe,42,Ward 3", "dan@x.org,Dan,44,Ward 3", skip_problems=True
    )
    assert "Row 3: “bob” is not an e-mail address" in said
    assert "dan@x.org" in members(team)
    assert missing() == []


def test_an_address_is_not_changed_without_anybody_looking(sync, team):
    sync(ANN, BOB)
    row = ANN.replace("ann@", "anna@")
    with pytest.raises(CommandError):
        sync(row, BOB)
    said = sync(row, BOB, skip_problems=True)
    assert "whose address would change to anna@x.org" in said
    assert members(team) == ["ann@x.org", "bob@x.org"]
    assert missing() == []


def test_whoever_may_be_on_the_team_already_is_not_invited_in_silence(sync, team):
    sync(ANN, BOB, CAT)
    row = "cat.new@x.org,Cat Roe,,Ward 3"
    with pytest.raises(CommandError):
        sync(ANN, BOB, row)
    [*_earlier, refusal] = mail_to_trainers()
    assert "cat.new@x.org may be Cat Roe (cat@x.org)" in refusal.why["lines"][1]
    sync(ANN, BOB, row, skip_problems=True)
    assert members(team) == ["ann@x.org", "bob@x.org", "cat@x.org"]


def test_teams_that_the_file_does_not_have_are_named(sync, team, other):
    assert "Teams that are not in the file: Ward 4." in sync(ANN, BOB)


def test_a_column_that_vanished_is_not_missed_in_silence(sync, team, tmp_path, trainer):
    sync(ANN, BOB)
    path = tmp_path / "hr.csv"
    path.write_text("E-mail,Name,Department\nann@x.org,Ann Roe,Ward 3\n")
    with pytest.raises(CommandError):
        call_command("sync_roster", str(path), by=trainer.email)
    refusal = mail_to_trainers().last()
    assert "“Staff number” (Staff number) is no longer in the file" in str(refusal.why)


def test_an_unclear_date_is_asked_about(tmp_path, team, trainer):
    path = tmp_path / "hr.csv"
    path.write_text("E-mail,Start date\nann@x.org,03/04/2020\n")
    terms = {"by": trainer.email, "team": "ward 3"}
    with pytest.raises(CommandError):
        call_command("sync_roster", str(path), **terms)
    call_command("sync_roster", str(path), dates="month", **terms)
    joined = Membership.objects.members().get().joined_at
    assert (joined.year, joined.month) == (2020, 3)
    # The next night's file is read like this one, unless its dates show their order.
    path.write_text("E-mail,Start date\nbob@x.org,05/06/2020\n")
    call_command("sync_roster", str(path), allow_missing=True, **terms)
    assert Membership.objects.latest("pk").joined_at.month == 5
    path.write_text("E-mail,Start date\ncat@x.org,07/08/2020\ndan@x.org,17/08/2020\n")
    call_command("sync_roster", str(path), allow_missing=True, **terms)
    days = Membership.objects.filter(learner__user__email="cat@x.org")
    assert days.get().joined_at.month == 8


def test_whoever_left_by_hand_is_added_again_by_the_file_and_not_by_a_dry_run(
    sync, team
):
    sync(ANN, BOB)
    ann = Membership.objects.get(learner__user__email="ann@x.org").learner
    leave_team(team=team, learner=ann, at=timezone.now())
    sync(ANN, BOB, dry_run=True)
    assert members(team) == ["bob@x.org"]
    sync(ANN, BOB)
    assert members(team) == ["ann@x.org", "bob@x.org"]


def test_mail_about_somebody_who_was_erased_is_not_sent(sync, team, mailoutbox):
    sync(ANN, BOB, CAT)
    sync(ANN, BOB)
    cat = User.objects.get(email="cat@x.org")
    forget_account(cat, timezone.now())
    forget_manager(cat, timezone.now())
    message = mail_to_trainers().last()
    assert message.why == {}


@pytest.mark.parametrize(
    ("by", "file", "words"),
    [
        ("nobody@x.org", "hr.csv", "is not the address of a trainer"),
        ("trainer@example.org", "none.csv", "The file cannot be read: No such file"),
        ("trainer@example.org", "hr.csv", "None of the teams in the file"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path, team, trainer, by, file, words):
    (tmp_path / "hr.csv").write_text("E-mail,Team\nann@x.org,Theatre\n")
    with pytest.raises(CommandError, match=words):
        call_command("sync_roster", str(tmp_path / file), by=by)


def test_only_the_teams_of_whoever_it_is_done_for_are_changed(sync, team):
    a_team("Ward 4")
    said = sync(ANN, "cat@x.org,Cat Roe,43,Ward 4")
    assert "None of your teams is called “Ward 4”" in said
    assert not User.objects.filter(email="cat@x.org").exists()
    observer = a_member(team, role=Role.OBSERVER, email="eve@x.org")
    with pytest.raises(CommandError):
        call_command("sync_roster", "x.csv", by=observer.user.email)
