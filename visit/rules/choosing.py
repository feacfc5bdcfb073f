"""What a form changes on a list that another tab may have changed meanwhile. Pure."""

import uuid
from collections.abc import Collection


def ticks_changed(
    before: Collection[uuid.UUID], after: Collection[uuid.UUID]
) -> tuple[list[uuid.UUID], list[uuid.UUID]]:
    """Return what was ticked and what was unticked since the page was built.

    What the page did not show as ticked is not taken off the list, because another tab
    may have added it since.
    """
    added = [key for key in after if key not in before]
    return added, [key for key in before if key not in after]
