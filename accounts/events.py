"""How a room notifies the rooms above it that something happened.

An action cannot call an action of a room above. Instead, the lower room declares an
`Event`, and the upper one subscribes to it in `AppConfig.ready()`.
"""

from collections.abc import Callable


class Event:
    """Something that happened; subscribers are called in the same transaction.

    Subscribers take the facts as keyword arguments. They must be safe to call again.
    """

    def __init__(self) -> None:
        self._subscribers: list[Callable[..., None]] = []

    def subscribe(self, subscriber: Callable[..., None]) -> None:
        """Call this at each event, after earlier subscribers."""
        self._subscribers.append(subscriber)

    def publish(self, **facts: object) -> None:
        """Call every subscriber, in the order of subscription."""
        for subscriber in self._subscribers:
            subscriber(**facts)


# With `proposal`, an `AddressProposal` that was decided or withdrawn.
address_proposal_ended = Event()
