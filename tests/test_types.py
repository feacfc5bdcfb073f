"""mypy reads every module of rules, in whichever room it is."""

import tomllib

from django.conf import settings

from tests.rooms import files_of_rooms

ROOT = settings.BASE_DIR
MYPY = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]


def test_mypy_reads_every_module_of_rules():
    named = {path for pattern in MYPY["files"] for path in ROOT.glob(pattern)}
    rules = [p for p in files_of_rooms(".py") if "rules" in (p.stem, *p.parts)]
    left_out = [path for path in rules if not named & {path, *path.parents}]
    assert len(rules) > 50
    assert not left_out
