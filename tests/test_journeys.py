"""One journey a room: what a plain `script/test` looks at in a browser."""

import re

from django.conf import settings

from tests.rooms import ROOMS, has_pages

MARKER = re.compile(r"pytest\.mark\.journey\(\s*\"([\w.]+)\"")


def test_each_room_with_pages_has_one_journey():
    files = (settings.BASE_DIR / "tests").rglob("test_*.py")
    marked = [room for file in files for room in MARKER.findall(file.read_text())]
    assert sorted(marked) == sorted(filter(has_pages, ROOMS))
