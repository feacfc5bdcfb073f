"""No function of a room has grown too long to be read at once."""

import ast

from django.conf import settings

from tests.rooms import files_of_rooms

LONGEST = 40  # lines, from `def` to the last one
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def too_long(text):
    """Yield the name of each function of a module that is longer than the limit."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FUNCTIONS) and node.end_lineno - node.lineno >= LONGEST:
            yield node.name


def test_no_function_is_longer_than_forty_lines():
    found = [
        f"{path.relative_to(settings.BASE_DIR)}: {name}"
        for path in files_of_rooms(".py")
        if "migrations" not in path.parts
        for name in too_long(path.read_text())
    ]
    assert found == []


def test_a_function_of_one_line_more_is_found():
    lines = "\n".join(["    pass"] * LONGEST)
    assert list(too_long(f"def long():\n{lines}")) == ["long"]
    assert list(too_long(f"def fits():\n{lines[9:]}")) == []
