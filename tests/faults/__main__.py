"""Cause faults on a served site: python -m tests.faults FAULT. `script/faults` runs it.

Prints one JSON object for each fault, and exits with 1 if anything was lost, doubled,
half-written or unclear.
"""

import argparse
import json
import os
import sys
import tempfile
from itertools import count
from pathlib import Path

import django

django.setup()

from tests.database import template_at  # noqa: E402 -- apps first
from tests.faults import kills, states  # noqa: E402
from tests.served import ServedSite, copy_database, copy_of_project  # noqa: E402

FAULTS = ("kills", "database", "cable", "redis", "disk", "read-only", "clock")


class Faults:
    """Causes each of the faults on a site of its own in a folder."""

    def __init__(self, folder, postgresql, number):
        self._folder, self._postgresql, self._kills = folder, postgresql, number
        self._sites = count(1)

    def cause(self, fault):
        """Return what was acknowledged and what was kept."""
        if fault == "kills":
            return kills.kill_processes(self._make_site, self._kills)
        if fault == "database":
            return states.lose_database(self._make_site, self._postgresql)
        if fault == "read-only":
            return states.forbid_writing(self._make_site, self._postgresql)
        if fault == "clock":
            return states.jump_clock(self._make_site)
        folder = self._folder / fault
        folder.mkdir()
        if fault == "cable":
            return states.pull_cable(self._make_site, self._postgresql, folder)
        cause = {"redis": states.lose_redis, "disk": states.fill_disk}[fault]
        return cause(self._make_site, folder)

    def _make_site(self, **told):
        project = copy_of_project(self._folder / f"site-{next(self._sites)}")
        (project / "var").mkdir(mode=0o700)
        told.setdefault("EMAIL_URL", f"filemail://{project}/mail")
        told.setdefault("DATABASE_URL", f"sqlite:///{project}/var/anteroom.sqlite3")
        engine, _, database = told["DATABASE_URL"].partition("://")
        if engine == "sqlite":
            copy_database(template_at(), database.removeprefix("/"))
        return ServedSite(project, **told)


def main():
    parser = argparse.ArgumentParser(prog="script/faults")
    parser.add_argument("faults", nargs="*", metavar="FAULT", help=", ".join(FAULTS))
    parser.add_argument("--kills", type=int, default=100)
    chosen = parser.parse_args()
    if unknown := set(chosen.faults) - set(FAULTS):
        parser.error(f"no such fault: {', '.join(unknown)}")
    address = os.environ.get("POSTGRESQL_URL", "postgres://postgres@127.0.0.1:5432/")
    held = True
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        faults = Faults(Path(folder), address, chosen.kills)
        for fault in chosen.faults or FAULTS:
            result = {"fault": fault} | faults.cause(fault)
            held &= result["ok"]
            sys.stdout.write(json.dumps(result) + "\n")
            sys.stdout.flush()
    sys.exit(not held)


main()
