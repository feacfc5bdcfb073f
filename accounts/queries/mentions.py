"""Finding texts that name somebody who is to be erased."""

import json

from django.db.models import Q

from accounts.models import User

# Replaces a reason that may have named somebody.
ERASED = "erased"


def text_mentions(field: str, user: User | None) -> Q:
    """Return the condition that a text or JSON contains the user's address or name.

    A single name could be any word, so only the full name is searched for.
    """
    names = [user.email, user.get_full_name()] if user else []
    whole = [name for name in names if "@" in name or " " in name]
    condition = Q(pk__in=[])
    for form in {form for name in whole for form in (name, json.dumps(name)[1:-1])}:
        condition |= Q(**{f"{field}__icontains": form})
    return condition
