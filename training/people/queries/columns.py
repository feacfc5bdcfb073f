"""Which columns of the list of people somebody chose."""

from typing import Any

from accounts.models import User
from training.people.models import ColumnChoice


def columns_chosen_by(user: User) -> list[str] | None:
    """Return the names of the columns that the user chose; None for the usual ones."""
    row = ColumnChoice.objects.filter(user=user).first()
    return row and row.columns


def column_record(user: User) -> dict[str, Any] | None:
    """Return the columns that the account chose, for a download."""
    columns = columns_chosen_by(user)
    return None if columns is None else {"columns": columns}
