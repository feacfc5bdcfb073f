"""What the production server makes of the pages: answers a second, and memory."""

import random
import statistics
import time

from tests.load.figures import write_at_least, write_at_most
from tests.load.pages.serving import (
    PLAIN,
    processes_below,
    proportional_megabytes,
    request_for,
    resident_megabytes,
    serve_site,
    start_process,
    stop_process,
)

SLICES = 7
SLICE_SECONDS = 1
WARM = 50
MOST_MEGABYTES, MOST_GROWTH, MOST_TOGETHER = 150, 1, 600
WORKER_SECONDS = 15


def measure_throughput(visitor: bytes, learner: bytes, bare: bytes) -> None:
    """Write how many answers a second readers get, by those for the bare page."""
    with serve_site() as own, serve_site(PLAIN) as plain:
        asked = {"visitor": (own, visitor), "learner": (own, learner)}
        asked["bare"] = (plain, bare)
        counts = {name: [] for name in asked}
        for server, request in asked.values():
            server.ask([request] * WARM)
        for _slice in range(SLICES):
            for name in random.sample(list(asked), len(asked)):
                server, request = asked[name]
                counts[name].append(server.count_answers(request, SLICE_SECONDS))
    found = {name: statistics.median(each) for name, each in counts.items()}
    for name, least in (("visitor", 12), ("learner", 0.9)):
        ratio = found[name] / found["bare"]
        write_at_least(f"throughput, {name}", ratio, "of a bare page", least)


def measure_memory(requests: list[bytes], count: int) -> None:
    """Write how much memory one process of the server takes after so many requests."""
    half = count // 2 // len(requests)
    with serve_site(processes=1) as server:
        worker = processes_below(server.process.pid)[1]
        server.ask(requests * half)
        middle = resident_megabytes(worker)
        server.ask(requests * half)
        last = resident_megabytes(worker)
    figure = f"one process after {count} requests"
    write_at_most(f"{figure}: resident", last, "MB", MOST_MEGABYTES)
    write_at_most(f"{figure}: growth since half", last - middle, "MB", MOST_GROWTH)


def measure_together(requests: list[bytes]) -> None:
    """Write how much memory the server and a worker take together."""
    with serve_site() as server:
        worker = start_process("manage.py", "run_worker")
        try:
            server.ask(requests * WARM)
            time.sleep(WORKER_SECONDS)
            pids = processes_below(server.process.pid) + processes_below(worker.pid)
            megabytes = proportional_megabytes(pids)
        finally:
            stop_process(worker)
    write_at_most("web and worker together: PSS", megabytes, "MB", MOST_TOGETHER)


def requests_of(people, course, quiz, bare) -> dict[str, bytes]:
    """Return name → request of a visitor and a learner."""
    cookie = people.learner(quiz, 2).cookie
    return {
        "visitor": request_for(quiz.lesson.url),
        "learner": request_for(quiz.lesson.url, cookie),
        "bare": request_for(bare),
        "course": request_for(course.url, cookie),
        "question": request_for(f"{quiz.url}3/", cookie),
    }
