"""What a roster would do to a team. No database."""

from tests.training.reading_rosters import parsed
from training.teams.rules.rosters import plan
from training.teams.rules.rosters.plan import Deed, Known


def a_plan(text, *known):
    return plan.make(parsed(text), {person.email: person for person in known})


def test_the_plan_tells_new_added_changed_and_unchanged_apart():
    made = a_plan(
        "email,first name,role\nnew@x.org,Nia,\nin@x.org,Ida,\nout@x.org,Otto,trainer\n"
        "up@x.org,,trainer\n",
        Known("in@x.org", "Ida", role="member"),
        Known("out@x.org"),
        Known("up@x.org", "Una", role="member"),
        Known("gone@x.org", role="member"),
    )
    assert [step.deed for step in made.steps] == [
        Deed.INVITED,
        Deed.UNCHANGED,
        Deed.ADDED,
        Deed.CHANGED,
    ]
    assert made.steps[3].names == ("Una", "")
    assert [person.email for person in made.absent] == ["gone@x.org"]


def test_who_has_no_role_in_the_file_keeps_theirs():
    made = a_plan("email\nt@x.org\n", Known("t@x.org", role="trainer"))
    assert made.steps[0].deed == Deed.UNCHANGED


def test_the_plan_renames_nobody_who_works_elsewhere_or_is_strange_to_the_team():
    made = a_plan(
        "email,first name,last name\na@x.org,New,Name\nb@x.org,New,Name\nc@x.org,New,Name\n",
        Known("a@x.org", "Old", "Name", role="member", names_fixed=True),
        Known("b@x.org", "Old", "Name"),
        Known("c@x.org"),
    )
    assert [step.names for step in made.steps] == [
        ("Old", "Name"),
        ("Old", "Name"),
        ("New", "Name"),
    ]


def test_the_plan_does_not_remove_who_uploads():
    made = a_plan(
        "email\na@x.org\n", Known("me@x.org", role="trainer", role_fixed=True)
    )
    assert made.absent == ()


def test_the_fingerprint_changes_with_the_team():
    text = "email\na@x.org\n"
    assert a_plan(text).fingerprint == a_plan(text).fingerprint
    assert a_plan(text).fingerprint != a_plan(text, Known("a@x.org")).fingerprint
