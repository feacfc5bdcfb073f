"""Ask a server that does not respond only once in a while."""

import time


class Rest:
    """Keeps threads from all waiting for a server that failed.

    After a failure nobody asks for `seconds`; then one thread does, and the others wait
    for what it finds.
    """

    def __init__(self, seconds: float):
        self.seconds = seconds
        self._until: float | None = None

    def may_ask(self) -> bool:
        """Return whether to ask now; if the server failed, nobody else is told so."""
        if self._until is None:
            return True
        now = time.monotonic()
        if now < self._until:
            return False
        self._until = now + self.seconds
        return True

    def note(self, *, worked: bool) -> None:
        """Remember what came of asking."""
        self._until = None if worked else time.monotonic() + self.seconds
