"""What a roster would do to a team. No database."""

from tests.training.reading_rosters import parsed
from training.teams.rules.rosters import plan
from training.teams.rules.rosters.plan import KnownAccount, RosterOutcome


def a_plan(text, *known):
    return plan.make_roster_plan(
        parsed(text), {person.email: person for person in known}
    )


def test_the_plan_tells_new_added_changed_and_unchanged_apart():
    made = a_plan(
        "email,first name,role\nnew@x.org,Nia,\nin@x.org,Ida,\nout@x.org,Otto,trainer\n"
        "up@x.org,,trainer\n",
        KnownAccount("in@x.org", "Ida", role="member"),
        KnownAccount("out@x.org"),
        KnownAccount("up@x.org", "Una", role="member"),
        KnownAccount("gone@x.org", role="member"),
    )
    assert [step.outcome for step in made.steps] == [
        RosterOutcome.INVITED,
        RosterOutcome.UNCHANGED,
        RosterOutcome.ADDED,
        RosterOutcome.CHANGED,
    ]
    assert made.steps[3].names == ("Una", "")
    assert [person.email for person in made.absent] == ["gone@x.org"]


def test_who_has_no_role_in_the_file_keeps_theirs():
    made = a_plan("email\nt@x.org\n", KnownAccount("t@x.org", role="trainer"))
    assert made.steps[0].outcome == RosterOutcome.UNCHANGED


def test_the_plan_renames_nobody_who_works_elsewhere_or_is_strange_to_the_team():
    made = a_plan(
        "email,first name,last name\na@x.org,New,Name\nb@x.org,New,Name\nc@x.org,New,Name\n",
        KnownAccount("a@x.org", "Old", "Name", role="member", names_fixed=True),
        KnownAccount("b@x.org", "Old", "Name"),
        KnownAccount("c@x.org"),
    )
    assert [step.names for step in made.steps] == [
        ("Old", "Name"),
        ("Old", "Name"),
        ("New", "Name"),
    ]


def test_the_plan_does_not_remove_who_uploads():
    made = a_plan(
        "email\na@x.org\n", KnownAccount("me@x.org", role="trainer", role_fixed=True)
    )
    assert made.absent == ()


def test_the_fingerprint_changes_with_the_team():
    text = "email\na@x.org\n"
    assert a_plan(text).fingerprint == a_plan(text).fingerprint
    assert a_plan(text).fingerprint != a_plan(text, KnownAccount("a@x.org")).fingerprint
