"""What CI may leave for the end asserts the same once more, and is left nowhere else."""

from types import SimpleNamespace

import pytest

from tests.conftest import mark_what_comes_again


class Item:
    def __init__(self, file, **given):
        self.path = SimpleNamespace(stem=file)
        self.callspec = SimpleNamespace(params=given)
        self.marked = []

    def add_marker(self, mark):
        self.marked.append(mark.name)


@pytest.mark.parametrize(
    ("item", "again"),
    [
        (Item("test_visit", width=1280), True),
        (Item("test_visit", width=360), False),
        (Item("test_going_back", engine="chromium"), True),
        (Item("test_going_back", engine="firefox"), False),
        (Item("test_print", engine="chromium"), False),
    ],
)
def test_a_wide_screen_and_chromium_elsewhere_come_again(item, again):
    mark_what_comes_again([item])
    assert ("again" in item.marked) == again
