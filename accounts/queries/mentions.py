"""Finding where a text names somebody who is to be forgotten."""

import json

from django.db.models import Q

from accounts.models import User

# Stands where a reason was that may have named somebody.
ERASED = "erased"


def text_mentions(field: str, user: User | None) -> Q:
    """Return the condition that a text, or JSON, holds the user's address or name.

    One name alone may be any word, so only a full name is looked for.
    """
    names = [user.email, user.get_full_name()] if user else []
    whole = [name for name in names if "@" in name or " " in name]
    condition = Q(pk__in=[])
    for form in {form for name in whole for form in (name, json.dumps(name)[1:-1])}:
        condition |= Q(**{f"{field}__icontains": form})
    return condition
