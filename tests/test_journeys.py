"""One journey a room: what a plain `script/test` looks at in a browser."""

import re
from pathlib import Path

from django.conf import settings

from tests.rooms import ROOMS, has_pages

MARKER = re.compile(r"pytest\.mark\.journey\(\s*\"([\w.]+)\"")
UNNAMED = re.compile(r"pytest\.mark\.journey\b(?!\()")


def test_no_journey_leaves_out_its_room():
    """Each makes a plain `script/test` longer, so it is chosen room by room."""
    here = Path(__file__)
    files = [file for file in here.parent.rglob("test_*.py") if file != here]
    assert not [file.name for file in files if UNNAMED.search(file.read_text())]


def test_each_room_with_pages_has_one_journey():
    files = (settings.BASE_DIR / "tests").rglob("test_*.py")
    marked = [room for file in files for room in MARKER.findall(file.read_text())]
    assert sorted(marked) == sorted(filter(has_pages, ROOMS))
