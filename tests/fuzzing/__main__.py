"""Fuzz one reader: python -m tests.fuzzing READER --inputs NUMBER --minutes NUMBER.

`script/fuzz` runs it. Each input must be read, or refused with the error that the reader
declares, within `SECONDS` and `MEGABYTES`. What breaks this is kept in
`var/fuzz/READER/found`, once for each place in the code.
"""

import argparse
import contextlib
import io
import json
import math
import os
import random
import resource
import sys
import time
import traceback
from collections import Counter
from hashlib import sha256
from pathlib import Path

import atheris
import django

OURS = ["authoring", "training", "course", "quizzes"]
OTHERS = ["mammoth", "openpyxl"]

# The engine names each module it prepares.
with (
    contextlib.redirect_stderr(io.StringIO()),
    atheris.instrument_imports(include=[*OURS, *OTHERS]),
):
    from django.conf import settings

    settings.configure(USE_I18N=False)
    django.setup()
    from tests.fuzzing.mutators import MUTATORS, SHARE_OF_RAW, mutate_inside
    from tests.fuzzing.readers import READERS, SEEDS, FuzzOutcome

SECONDS = 2
MEGABYTES = 600
LONGEST = 8_192
FOLDER = Path("var/fuzz")


class FuzzRun:
    """Counts what came of the inputs to a reader."""

    def __init__(self, name, inputs, minutes):
        self.name, self.inputs = name, inputs
        self.reader = READERS[name]
        self.outcomes = Counter()
        self.count = self.slowest = 0
        self.found = {}
        self.began = time.monotonic()
        self.until = self.began + minutes * 60

    def try_input(self, content):
        began = time.process_time()
        try:
            self.outcomes[self.reader.try_content(content)] += 1
        except Exception as error:  # noqa: BLE001 -- whatever a reader raises
            self.note(place_of(error), content)
        took = time.process_time() - began
        self.slowest = max(self.slowest, took)
        if took > SECONDS:
            self.note("slow", content)
        self.count += 1
        if self.count >= self.inputs or time.monotonic() > self.until:
            self.finish()

    def note(self, place, content):
        if place in self.found:
            return
        folder = FOLDER / self.name / "found"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / sha256(content).hexdigest()[:16]
        file.write_bytes(content)
        self.found[place] = str(file)
        sys.stderr.write(f"{place}: {file}\n")

    def share_inside(self):
        """Return the share of inputs that got past what the content is packed in."""
        return round(1 - self.outcomes[FuzzOutcome.OUTSIDE] / self.count, 3)

    def finish(self):
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        report = {
            "reader": self.name,
            "inputs": self.count,
            "read": self.outcomes[FuzzOutcome.READ],
            "refused": self.outcomes[FuzzOutcome.REFUSED],
            "share_inside": self.share_inside(),
            "slowest_seconds": round(self.slowest, 2),
            "most_megabytes": memory,
            "minutes": round((time.monotonic() - self.began) / 60, 1),
            "found": self.found,
            "ok": not self.found,
        }
        sys.stdout.write(json.dumps(report) + "\n")
        sys.stdout.flush()
        # The engine would go on for ever.
        os._exit(bool(self.found))


def mutator_of(name):
    """Return the engine's mutator of this reader, or None for the engine's own."""
    if name not in MUTATORS:
        return None

    def mutate(content, most, seed):
        chance = random.Random(seed)  # noqa: S311 -- no secret
        if chance.random() < SHARE_OF_RAW:
            return atheris.Mutate(content, most)
        return mutate_inside(name, content, most, chance)

    return mutate


def place_of(error):
    *_, last = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def main():
    parser = argparse.ArgumentParser(prog="script/fuzz")
    parser.add_argument("reader", choices=READERS)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=math.inf)
    chosen = parser.parse_args()
    run = FuzzRun(chosen.reader, chosen.inputs, chosen.minutes)
    corpus = FOLDER / chosen.reader / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_len={LONGEST}",
            f"-rss_limit_mb={MEGABYTES}",
            "-timeout=60",
            "-verbosity=0",
            f"-artifact_prefix={FOLDER / chosen.reader}/",
            str(corpus),
            str(SEEDS / chosen.reader),
        ],
        run.try_input,
        custom_mutator=mutator_of(chosen.reader),
    )
    atheris.Fuzz()


main()
