"""Events that rooms above subscribe to in `AppConfig.ready()`."""

from accounts.events import Event

# The danger signs that lessons and the help page share have been saved. No facts.
danger_signs_saved = Event()
