"""The ladder of evidence: how much kinds of sources can show. Pure.

The order is that of the Oxford levels of evidence for “Does this intervention help?”
(www.cebm.ox.ac.uk, 2011): reviews of trials, trials, studies without a comparison, and
reasoning from the laboratory.
"""

from collections import Counter
from collections.abc import Iterable

REVIEW, TRIAL, STUDY, LABORATORY, REGULATOR = (
    "review",
    "trial",
    "study",
    "laboratory",
    "regulator",
)
NOT_SHOWN, IN_THE_LABORATORY, UNCOMPARED, MIXED, GOOD, CHECKED = range(6)
SEVERAL = 2


def highest_rung(kinds: Iterable[str]) -> int:
    """Return the highest rung, 0 to 5, that sources of these kinds can support.

    Authors may choose a lower one, because trials can be small, mixed or poor.
    """
    found = Counter(kinds)
    if found[REVIEW] or found[TRIAL] >= SEVERAL:
        return CHECKED if found[REGULATOR] else GOOD
    if found[TRIAL]:
        return MIXED
    if found[STUDY]:
        return UNCOMPARED
    return IN_THE_LABORATORY if found[LABORATORY] else NOT_SHOWN
