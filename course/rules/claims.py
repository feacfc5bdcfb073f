"""Claims about benefit: each says how much is known, and no more than sources show. Pure.

An author ends a claim with [S1, rung 3]. `evidence` says what each rung needs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from course.rules.evidence import highest_rung
from course.rules.markers import MARKER, cited_by, handles_in, without_markers

# What people who were treated had, or did not have.
_BENEFIT = re.compile(
    r"\b(?:gain(?:s|ed)?|denser|thicker|regrow\w*|more hairs?|hairs? (?:went up|rose by)"
    r"|beat|(?:did|got|grew|looked|no) better)\b",
    re.IGNORECASE,
)
NOT_RATED = (
    "This is a claim about benefit. Say how much is known, such as [S1, rung 3]."
)
TOO_HIGH = "The sources cited here support rung {highest} at most."


@dataclass(frozen=True)
class Claim:
    """A paragraph, and its rung if a field beside the text says it."""

    text: str
    rung: int | None = None


@dataclass(frozen=True)
class ClaimFault:
    """What is wrong with a claim."""

    reason: str
    text: str


def find_claim_faults(
    claims: Iterable[Claim], kinds: Mapping[str, str]
) -> Iterator[ClaimFault]:
    """Yield each claim whose rung is missing, or too high for the sources it cites.

    `kinds` maps the ids of sources to their kinds. The kind of a source that sells what
    it writes about is blank.
    """
    for claim in claims:
        rated = list(_rungs(claim))
        for rung, handles in rated:
            highest = highest_rung(kinds.get(handle, "") for handle in handles)
            if rung > highest:
                yield ClaimFault(TOO_HIGH.format(highest=highest), claim.text)
        if not rated and any(map(kinds.get, _cited_for_benefit(claim.text))):
            yield ClaimFault(NOT_RATED, claim.text)


def _rungs(claim: Claim) -> Iterator[tuple[int, list[str]]]:
    if claim.rung is not None:
        yield claim.rung, handles_in(claim.text)
    for marker in MARKER.finditer(claim.text):
        if marker["rung"]:
            yield int(marker["rung"]), cited_by(marker)


def _cited_for_benefit(text: str) -> list[str]:
    """Return what the text cites, or nothing if it is not about benefit."""
    return handles_in(text) if _BENEFIT.search(without_markers(text)) else []
