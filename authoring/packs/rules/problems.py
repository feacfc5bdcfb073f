"""Problems in a pack, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class PackProblem:
    """One problem to fix. `line` counts from 1. The message says what to do."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class BrokenPackError(Exception):
    """The pack cannot be loaded. `problems` lists all that were found, in order."""

    def __init__(self, problems: Iterable[PackProblem]):
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))
