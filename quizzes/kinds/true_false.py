"""A statement that is true or false. The two options keep their order."""

from collections.abc import Sequence

from quizzes.kinds.single_choice import is_right, read
from quizzes.reading import collect_for_translation as _

LABEL = _("True or false")
HINT = _("Choose one answer.")
EXPLAINS_ALL = False
SHUFFLED = False

__all__ = ["EXPLAINS_ALL", "HINT", "LABEL", "SHUFFLED", "is_right", "problems", "read"]


def problems(right: Sequence[bool]) -> list[str]:
    if len(right) != 2 or sum(right) != 1:
        return [_("Give two options and mark exactly one as right.")]
    return []
