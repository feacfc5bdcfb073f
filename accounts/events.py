"""How a room tells the rooms above it that something happened.

A verb cannot call a verb of a room above. So the lower room declares an `Event`, and
the upper one subscribes to it in `AppConfig.ready()`.
"""

from collections.abc import Callable


class Event:
    """Something that happened; who subscribed is called in the same transaction.

    A subscriber takes the facts as keywords. It must be safe to call again.
    """

    def __init__(self) -> None:
        self._subscribers: list[Callable[..., None]] = []

    def subscribe(self, subscriber: Callable[..., None]) -> None:
        """Have this called at each event, after those that subscribed before."""
        self._subscribers.append(subscriber)

    def publish(self, **facts: object) -> None:
        """Call every subscriber, in the order in which they subscribed."""
        for subscriber in self._subscribers:
            subscriber(**facts)
