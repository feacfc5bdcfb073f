"""What a roster would do to a team. Pure."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from training.roster.problems import Problem, RowProblem
from training.roster.rows import Parsed, Row

MEMBER = "member"


@dataclass(frozen=True)
class Known:
    """An account as it is now; `role` is empty for who is not in the team.

    `names_fixed`: they also work elsewhere on the site, so a roster does not rename them.
    `role_fixed`: the one who uploads, whose own place others change.
    """

    email: str
    first_name: str = ""
    last_name: str = ""
    role: str = ""
    is_open: bool = True
    names_fixed: bool = False
    role_fixed: bool = False

    @property
    def names(self) -> tuple[str, str]:
        return self.first_name, self.last_name


class Deed(StrEnum):
    """What happens to somebody in the file."""

    INVITED = "invited"
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Step:
    """One person: what they are afterwards, and what they were (empty if new)."""

    row: Row
    deed: Deed
    role: str
    names: tuple[str, str]
    role_before: str = ""
    names_before: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Plan:
    """What would be done; with problems or unanswered questions nothing is.

    `empties` are cells that are left empty, if that was agreed to; `left_out` are the
    problems of rows that are left out, as was agreed. `absent` are not in the file.
    """

    steps: tuple[Step, ...]
    problems: tuple[Problem, ...]
    absent: tuple[Known, ...]
    left_out: tuple[Problem, ...] = ()
    empties: tuple[Problem, ...] = ()
    unclear: str = ""
    is_agreed: bool = True
    is_whole: bool = True

    @property
    def is_ready(self) -> bool:
        """Whether nothing has to be put right or answered before it is done."""
        return not (self.problems or self.unclear) and self.is_agreed

    @property
    def may_remove(self) -> bool:
        """Whether who is absent may go: a row that is left out may have been theirs."""
        return self.is_whole and not (self.problems or self.left_out)

    def count(self, deed: Deed) -> int:
        return self.counts[deed]

    @property
    def counts(self) -> Counter[Deed]:
        return Counter(step.deed for step in self.steps)

    @property
    def to_do(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.deed != Deed.UNCHANGED)

    @property
    def fingerprint(self) -> str:
        """Return what tells this plan from one made when things had changed.

        Agreeing to what it says does not change it.
        """
        problems = self.problems + self.left_out
        held = repr((self.steps, problems, self.absent, self.empties, self.unclear))
        return hashlib.sha256(held.encode()).hexdigest()


def make(parsed: Parsed, known: Mapping[str, Known]) -> Plan:
    """Return the plan; `known` holds the team and who else in the file has an account."""
    steps, problems = [], list(parsed.problems)
    for row in parsed.rows:
        person = known.get(row.email, Known(row.email))
        step = _step(row, person, is_new=row.email not in known)
        kind = _refusal(step, person)
        if kind:
            problems.append(Problem(row.number, kind, row.email))
        else:
            steps.append(step)
    listed = {row.email for row in parsed.rows}
    absent = [
        person
        for email, person in known.items()
        if person.role and not person.role_fixed and email not in listed
    ]
    problems.sort(key=lambda problem: problem.row)
    agreed = parsed.choices
    return Plan(
        steps=tuple(steps),
        problems=() if agreed.skips_problems else tuple(problems),
        absent=tuple(absent),
        left_out=tuple(problems) if agreed.skips_problems else (),
        empties=parsed.empties,
        unclear=parsed.unclear,
        is_agreed=agreed.leaves_empty or not parsed.empties,
        is_whole=not agreed.skipped,
    )


def _step(row: Row, person: Known, *, is_new: bool) -> Step:
    role = row.role or person.role or MEMBER
    names = _names(row, person)
    if is_new or not person.role:
        deed = Deed.INVITED if is_new else Deed.ADDED
    else:
        is_same = (role, names) == (person.role, person.names)
        deed = Deed.UNCHANGED if is_same else Deed.CHANGED
    return Step(row, deed, role, names, person.role, person.names)


def _names(row: Row, person: Known) -> tuple[str, str]:
    """Return the names afterwards: those of a stranger's account are only filled in."""
    named = row.first_name or row.last_name
    is_strange = not person.role and any(person.names)
    if not named or person.names_fixed or is_strange:
        return person.names
    return row.first_name, row.last_name


def _refusal(step: Step, person: Known) -> RowProblem | None:
    if not person.is_open:
        return RowProblem.CLOSED_ACCOUNT
    if person.role_fixed and step.role != person.role:
        return RowProblem.OWN_ROLE
    return None
