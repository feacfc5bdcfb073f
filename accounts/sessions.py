"""Database sessions; those of people who are not signed in end within an hour.

Such a session holds what was typed on the sign-in pages: an address that a code was
sent to.
"""

import datetime as dt

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

STRANGERS_LAST = dt.timedelta(hours=1)


class SessionStore(db.SessionStore):
    def get_expiry_age(self, **known):
        age = super().get_expiry_age(**known)
        return age if SESSION_KEY in self else min(age, STRANGERS_LAST.total_seconds())

    def get_expiry_date(self, **known):
        date = super().get_expiry_date(**known)
        latest = known.get("modification", timezone.now()) + STRANGERS_LAST
        return date if SESSION_KEY in self else min(date, latest)
