"""What a roster would change in a team. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from course.rules.digests import digest_text
from training.teams.rules.rosters.cells import number_key
from training.teams.rules.rosters.columns import plain_heading
from training.teams.rules.rosters.problems import Problem, RowProblem
from training.teams.rules.rosters.rows import ParsedRoster, RosterRow
from training.teams.rules.work_details import UNKNOWN, WorkDetails, details_of

MEMBER = "member"


@dataclass(frozen=True)
class KnownAccount:
    """An account as it is now; `role` is empty for people who are not in the team.

    `names_fixed`: they also work elsewhere on the site, so a roster does not rename
    them. `role_fixed`: the uploader, whose own role only others change. `staff_number`
    identifies them in the team. `may_readdress`: the uploader may change their address.
    """

    email: str
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    is_open: bool = True
    names_fixed: bool = False
    role_fixed: bool = False
    staff_number: str = ""
    job_title: str = ""
    site: str = ""
    may_readdress: bool = False

    @property
    def details(self) -> WorkDetails:
        return details_of(self)

    @property
    def key(self) -> str:
        return self.email.lower()

    @property
    def name_and_address(self) -> str:
        """How they are named in a sentence."""
        return f"{' '.join(self.names)} ({self.email})".strip()

    @property
    def names(self) -> tuple[str, str]:
        return self.first_name, self.last_name


class RosterOutcome(StrEnum):
    """What happens to a person in the file."""

    INVITED = "invited"
    ADDED = "added"
    READDRESSED = "readdressed"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class RosterStep:
    """One person: their values afterwards and before (empty if new).

    `before` is the person with that staff number, whose address is still different.
    `looks_like` is somebody on the team with the same name whose address is not in the
    file.
    """

    row: RosterRow
    outcome: RosterOutcome
    role: str
    names: tuple[str, str]
    role_before: str = ""
    names_before: tuple[str, str] = ("", "")
    details_before: WorkDetails = UNKNOWN
    before: KnownAccount | None = None
    looks_like: KnownAccount | None = None

    @property
    def details(self) -> WorkDetails:
        return self.row.details.with_known(self.details_before)

    @property
    def fingerprint(self) -> str:
        """Return a text that differs once what is done to the person changes."""
        return digest_text(repr(replace(self, looks_like=None)))[:16]


@dataclass(frozen=True)
class RosterPlan:
    """What would be done. Nothing is while there are problems or open questions.

    `empties` are cells to be left empty, once that is confirmed; `left_out` are the
    problems of rows whose leaving out was confirmed. `absent` are people not in the
    file.
    """

    steps: tuple[RosterStep, ...]
    problems: tuple[Problem, ...]
    absent: tuple[KnownAccount, ...]
    left_out: tuple[Problem, ...] = ()
    empties: tuple[Problem, ...] = ()
    unclear: str = ""
    is_agreed: bool = True
    is_whole: bool = True

    @property
    def is_ready(self) -> bool:
        """Whether the plan can be applied, with nothing left to fix or answer."""
        return not (self.problems or self.unclear) and self.is_agreed

    @property
    def may_remove(self) -> bool:
        """Whether absent people may be removed: a left-out row could be theirs."""
        return self.is_whole and not (self.problems or self.left_out)

    def count(self, outcome: RosterOutcome) -> int:
        return self.counts[outcome]

    @property
    def counts(self) -> Counter[RosterOutcome]:
        return Counter(step.outcome for step in self.steps)

    @property
    def readdressed(self) -> tuple[RosterStep, ...]:
        return tuple(step for step in self.steps if step.before)

    @property
    def lookalikes(self) -> tuple[RosterStep, ...]:
        return tuple(step for step in self.steps if step.looks_like)

    @property
    def to_look_at(self) -> tuple[RosterStep, ...]:
        """Who may be somebody on the team with another address."""
        return self.readdressed + self.lookalikes

    @property
    def to_do(self) -> tuple[RosterStep, ...]:
        return tuple(
            step for step in self.steps if step.outcome != RosterOutcome.UNCHANGED
        )

    @property
    def fingerprint(self) -> str:
        """Return a text that differs once anything the plan depends on changes.

        Confirming something in the plan does not change it.
        """
        problems = self.problems + self.left_out
        held = repr((self.steps, problems, self.absent, self.empties, self.unclear))
        return digest_text(held)


def make_roster_plan(
    parsed: ParsedRoster, known: Mapping[str, KnownAccount]
) -> RosterPlan:
    """Return the plan; `known` has the team and everybody else with an account."""
    steps, problems = [], list(parsed.problems)
    listed = {row.email for row in parsed.rows}
    numbered = _numbered(known)
    for row in parsed.rows:
        holder = numbered.get(number_key(row.staff_number))
        before = holder if holder and holder.key != row.email else None
        person = before or known.get(row.email, KnownAccount(row.email))
        step = _step(row, person, before, is_new=not before and row.email not in known)
        problem = _refusal(step, person, known, listed)
        if problem:
            problems.append(problem)
        else:
            steps.append(step)
    moved = {step.before.key for step in steps if step.before}
    absent = [
        person
        for email, person in known.items()
        if person.role and not person.role_fixed and email not in listed | moved
    ]
    problems.sort(key=lambda problem: problem.row)
    agreed = parsed.choices
    return RosterPlan(
        steps=tuple(_with_lookalikes(steps, absent)),
        problems=() if agreed.skips_problems else tuple(problems),
        absent=tuple(absent),
        left_out=tuple(problems) if agreed.skips_problems else (),
        empties=parsed.empties,
        unclear=parsed.unclear,
        is_agreed=(agreed.leaves_empty or not parsed.empties)
        and (agreed.readdresses or not moved)
        and (agreed.misses_columns or not parsed.vanished),
        is_whole=not agreed.skipped,
    )


def _numbered(known: Mapping[str, KnownAccount]) -> dict[str, KnownAccount]:
    """Return staff number → account for the team."""
    team = [each for each in known.values() if each.role and each.staff_number]
    return {number_key(each.staff_number): each for each in team}


def _with_lookalikes(
    steps: Sequence[RosterStep], absent: Sequence[KnownAccount]
) -> Iterator[RosterStep]:
    """Yield the steps; new people are compared with those missing from the file."""
    named = {_name_key(" ".join(each.names)): each for each in absent}
    for step in steps:
        is_new = step.outcome in (RosterOutcome.INVITED, RosterOutcome.ADDED)
        found = named.get(_name_key(step.row.name)) if is_new else None
        if found and step.row.staff_number and found.staff_number:
            # Different staff numbers mean different people.
            found = None
        yield replace(step, looks_like=found) if found else step


def _name_key(name: str) -> frozenset[str]:
    """Return a key that is equal for variants of a name; empty for a single word."""
    words = frozenset(plain_heading(name).split())
    return words if len(words) > 1 else frozenset([name, "nobody"])


def _step(
    row: RosterRow, person: KnownAccount, before: KnownAccount | None, *, is_new: bool
) -> RosterStep:
    role = row.role or person.role or MEMBER
    names = _names(row, person)
    step = RosterStep(
        row,
        RosterOutcome.UNCHANGED,
        role,
        names,
        role_before=person.role,
        names_before=person.names,
        details_before=person.details,
        before=before,
    )
    return replace(step, outcome=_outcome(step, is_new=is_new))


def _outcome(step: RosterStep, *, is_new: bool) -> RosterOutcome:
    if step.before:
        return RosterOutcome.READDRESSED
    if is_new or not step.role_before:
        return RosterOutcome.INVITED if is_new else RosterOutcome.ADDED
    now = (step.role, step.names, step.details)
    is_same = now == (step.role_before, step.names_before, step.details_before)
    return RosterOutcome.UNCHANGED if is_same else RosterOutcome.CHANGED


def _names(row: RosterRow, person: KnownAccount) -> tuple[str, str]:
    """Return the new names; for accounts outside the team, only empty ones change."""
    named = row.first_name or row.last_name
    is_strange = not person.role and any(person.names)
    if not named or person.names_fixed or is_strange:
        return person.names
    return row.first_name, row.last_name


def _refusal(
    step: RosterStep,
    person: KnownAccount,
    known: Mapping[str, KnownAccount],
    listed: Collection[str],
) -> Problem | None:
    """Return why the step cannot be taken, or None if it can."""
    number, email = step.row.number, step.row.email
    if not person.is_open:
        return Problem(number, RowProblem.CLOSED_ACCOUNT, person.email)
    if person.role_fixed and step.role != person.role:
        return Problem(number, RowProblem.OWN_ROLE, email)
    if step.before and (email in known or step.before.key in listed):
        return Problem(number, RowProblem.NUMBER_OF_ANOTHER, person.name_and_address)
    if step.before and not person.may_readdress:
        return Problem(number, RowProblem.ADDRESS_IN_USE, person.name_and_address)
    return None
