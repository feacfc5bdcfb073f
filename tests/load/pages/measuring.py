"""Medians in random alternation."""

import random
import statistics
import time
from collections.abc import Callable, Mapping

WARM = 5

Request = Callable[[], object]


def seconds_of(request: Request) -> float:
    """Return how long the request takes."""
    started = time.perf_counter()
    request()
    return time.perf_counter() - started


def find_medians(requests: Mapping[str, Request], rounds: int) -> dict[str, float]:
    """Return the median seconds of each request, all in a new random order each round.

    Whatever else the machine does in the meantime meets all of them alike.
    """
    times: dict[str, list[float]] = {name: [] for name in requests}
    order = list(requests)
    for request in requests.values():
        for _warm in range(WARM):
            request()
    for _round in range(rounds):
        random.shuffle(order)
        for name in order:
            times[name].append(seconds_of(requests[name]))
    return {name: statistics.median(taken) for name, taken in times.items()}
