"""The choices in the preview of a roster."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.rules.names import clean_address, clean_name
from training.teams.rules.rosters import columns, dates
from training.teams.rules.rosters.leavers import LONGEST_REASON, Leavers
from training.teams.rules.rosters.sheets import (
    LEAVE_EMPTY,
    RosterChoices,
    RosterColumn,
)
from training.teams.wording import FIELDS

MOST_SKIPPED = 5_000

ORDERS: Mapping[str, object] = {
    dates.Order.DAY.value: _("Day first"),
    dates.Order.MONTH.value: _("Month first"),
    LEAVE_EMPTY: _("Leave these dates empty"),
}


def choices_in(sent: QueryDict, before: RosterChoices) -> RosterChoices:
    """Return what was chosen, or the earlier choice where the form had no such part.

    A confirmation only counts for the plan that was shown, so it is never carried over.
    """
    is_whole = "choices" in sent
    rows = sent.getlist("skip")[:MOST_SKIPPED]
    order = sent.get("order", before.order)
    return RosterChoices(
        fields=_fields(sent) or before.fields,
        order=order if order in ORDERS else "",
        skipped=tuple(sorted({int(row) for row in rows if row.isdecimal()}))
        if is_whole
        else before.skipped,
        leaves_empty="leave_empty" in sent,
        skips_problems="skip_problems" in sent,
        readdresses="readdress" in sent,
        misses_columns="miss_columns" in sent,
        remembered=before.remembered,
        usual_order=before.usual_order,
    )


def _fields(sent: QueryDict) -> tuple[str, ...]:
    found = sent.getlist("field")
    return tuple(found) if set(found) <= {"", *columns.FIELDS} else ()


def leavers_in(sent: QueryDict) -> Leavers:
    """Return who was ticked of those not in the file, and why they are taken out."""
    return Leavers(
        addresses=frozenset(map(clean_address, sent.getlist("leaver"))),
        are_all="all_leavers" in sent,
        reason=clean_name(sent.get("reason", ""))[:LONGEST_REASON],
    )


def with_fields(
    found: Iterable[RosterColumn],
) -> list[tuple[RosterColumn, list[tuple[str, object, bool]]]]:
    """Return each column with the fields to choose from, and the chosen one."""
    return [
        (
            column,
            [(field, word, field == column.field) for field, word in FIELDS.items()],
        )
        for column in found
    ]


def date_orders(choices: RosterChoices) -> list[tuple[str, object, bool]]:
    """Return the orders of day and month to choose from, and the chosen one."""
    chosen = choices.order_to_remember
    return [(key, word, key == chosen) for key, word in ORDERS.items()]
