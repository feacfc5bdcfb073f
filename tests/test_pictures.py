"""Each picture of the guides is taken by a scene, and shown."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def scenes():
    """Return the names of the pictures that `script/pictures` takes."""
    for module in (ROOT / "tests/pictures").glob("of_*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("picture_"):
                yield node.name.removeprefix("picture_").replace("_", "-") + ".png"


def shown():
    """Return the names of the pictures in the guides."""
    for guide in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md")):
        yield from re.findall(
            r"!\[[^\]]+\]\((?:docs/|\.\./)?images/([^)]+)\)", guide.read_text()
        )


def test_each_picture_is_taken_by_a_scene_and_shown_in_a_guide():
    there = {file.name for file in (ROOT / "docs/images").iterdir()}
    assert there == set(scenes()) == set(shown())
