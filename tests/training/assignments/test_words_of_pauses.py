"""A pause is told in one way: something “cannot be done”, whoever reads it and where."""

import re
from pathlib import Path

import pytest

from tests.rooms import files_of_rooms

OTHER_WORDS = re.compile(
    r"(?:cannot|can't|nobody can) (?:be )?(?:finish|complet|go on|continue)|\brests\b",
    re.IGNORECASE,
)


def paragraphs():
    """Yield where people's words stand, and each paragraph or message of them."""
    wherever = files_of_rooms(
        ".html", ".txt", ".py", ".md", beside=("templates", "docs")
    )
    for path in wherever:
        for part in re.split(r"\n\s*\n", path.read_text()):
            yield str(path), part
    yield "CHANGELOG.md", Path("CHANGELOG.md").read_text()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("While a quiz is paused nobody can finish it", True),
        ("Of those, 2 cannot go on: a quiz is paused.", True),
        ("a quiz it asks for rests until then, paused", True),
        ("paused: it cannot be done at the moment", False),
    ],
)
def test_other_words_are_known(words, found):
    assert bool(OTHER_WORDS.search(words)) is found


def test_nothing_that_tells_of_a_pause_uses_other_words():
    told = [(path, part) for path, part in paragraphs() if "pause" in part.lower()]
    assert len(told) > 50
    assert [
        (path, found.group())
        for path, part in told
        for found in OTHER_WORDS.finditer(part)
    ] == []
