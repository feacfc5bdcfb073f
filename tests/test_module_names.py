"""What code takes from a module of ours by a dot is there, also where no test comes."""

import ast
import importlib
from types import ModuleType

import pytest
from django.conf import settings

from tests.rooms import files_of_rooms, is_ours

FILES = [path for path in files_of_rooms(".py") if "migrations" not in path.parts]
ROOMS = sorted({path.relative_to(settings.BASE_DIR).parts[0] for path in FILES})


def modules_in(tree):
    """Return the modules of ours that a file imports, by the names it gives them."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and is_ours(node.module):
            whole = importlib.import_module(node.module)
            for name in node.names:
                part = getattr(whole, name.name, None)
                if isinstance(part, ModuleType):
                    found[name.asname or name.name] = part
    return found


def names_assigned(tree):
    """Return what else has a name in the file, such as an argument."""
    names = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    stored = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return names | {node.id for node in stored if isinstance(node.ctx, ast.Store)}


def names_missing(path):
    """Return each name that a module of ours lacks, with the line that asks for it."""
    tree = ast.parse(path.read_text())
    modules = modules_in(tree)
    other = names_assigned(tree)
    return [
        f"{node.value.id}.{node.attr} in {path}, line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules.keys() - other
        and not hasattr(modules[node.value.id], node.attr)
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_a_name_behind_a_module_is_there(room):
    files = [path for path in FILES if path.is_relative_to(settings.BASE_DIR / room)]
    assert [missing for path in files for missing in names_missing(path)] == []


def test_a_name_that_is_missing_is_found(tmp_path):
    path = tmp_path / "views.py"
    path.write_text("from course.rules import prose\n\nprose.not_there()\n")

    assert names_missing(path) == [f"prose.not_there in {path}, line 3"]
