"""Events that rooms above subscribe to in `AppConfig.ready()`."""

from django.core.exceptions import PermissionDenied

from accounts.events import Event


class UnableToGoLive(PermissionDenied):
    """The page may not go live yet. `reason` says what has to be done first."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


# The danger signs that lessons and the help page share have been saved. No facts.
danger_signs_saved = Event()
# A course or lesson, `page`, is about to go live, or is saved while it is live. Whoever
# raises UnableToGoLive keeps it from going live.
page_goes_live = Event()
