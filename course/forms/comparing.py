"""Which options a reader wants to see side by side, as an address says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FIELD = "option"
FEWEST, MOST = 2, 3


class Choosable(Protocol):
    """An option that can be chosen by its id."""

    handle: str


@dataclass(frozen=True)
class ChosenOptions:
    """What to compare, in the order of the course, and what to fix before that.

    `compared` is empty unless it can be shown. `ticked` are the ids in the form.
    """

    compared: list
    ticked: frozenset[str]
    problems: list[str]


def read_chosen_options(
    query: QueryDict, options: Iterable[Choosable]
) -> ChosenOptions:
    """Return what the address chooses. An option that is not there is a problem."""
    named = list(dict.fromkeys(query.getlist(FIELD)))
    chosen = [option for option in options if option.handle in named]
    ticked = frozenset(option.handle for option in chosen)
    problems = [*_unknown(named, ticked), *_wrong_number(named, len(chosen))]
    fits = FEWEST <= len(chosen) <= MOST
    return ChosenOptions(chosen if fits else [], ticked, problems)


def _unknown(named, known):
    unknown = [handle for handle in named if handle not in known]
    for handle in unknown[:MOST]:
        yield _(
            "This course has no option “%(name)s”. It may have been taken out since the "
            "link was made. Choose from the list."
        ) % {"name": Truncator(handle).chars(40)}


def _wrong_number(named, number):
    if named and number < FEWEST:
        missing = FEWEST - number
        yield ngettext(
            "Choose %(count)d more option to compare.",
            "Choose %(count)d options to compare.",
            missing,
        ) % {"count": missing}
    if number > MOST:
        yield _("Choose 2 or 3 options. You chose %(count)d.") % {"count": number}
