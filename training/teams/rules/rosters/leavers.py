"""Who is taken out of the team, of those who are not in the roster. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_REASON = 200


@dataclass(frozen=True)
class Leavers:
    """The lower-case addresses of those who were ticked, or all, and the reason."""

    addresses: frozenset[str] = frozenset()
    are_all: bool = False
    reason: str = ""

    def __bool__(self) -> bool:
        return self.are_all or bool(self.addresses)

    @property
    def lack_reason(self) -> bool:
        return bool(self) and not self.reason

    def among(self, absent: Iterable[str]) -> list[str]:
        """Return which of these addresses are taken out."""
        return [
            email for email in absent if self.are_all or email.lower() in self.addresses
        ]


NO_LEAVERS = Leavers()
