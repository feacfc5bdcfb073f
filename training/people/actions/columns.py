"""Choosing the columns of the list of people. Safe to call again."""

import datetime as dt
from collections.abc import Iterable

from accounts.models import User
from training.people.models import ColumnChoice


def choose_columns(*, user: User, columns: Iterable[str]) -> None:
    """Show the user these columns from now on."""
    values = {"columns": list(columns)}
    ColumnChoice.objects.update_or_create(user=user, defaults=values)


def forget_columns(user: User, at: dt.datetime) -> None:
    """Remove the account's choice."""
    ColumnChoice.objects.filter(user=user).delete()
