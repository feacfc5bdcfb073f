"""Names are the field's words, whole and unique. `docs/words.md` says which.

What other rooms still have to rename is in NOT_YET. An entry that nothing needs any
more fails, so the lists can only shrink.
"""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from tests.rooms import FOLDERS

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "docs" / "words.md"
ROOMS = ("config", *FOLDERS)

# A public class may share its name with another for these reasons only.
SHARED = {
    "Command": "Django finds a management command by this name",
}
# A public function may have one word for a name for these reasons only.
ONE_WORD = {
    "main": "what a script is started by",
    "healthz": "the address that probes of Kubernetes ask by custom",
    "cited": "a filter: templates read {{ text|cited }}",
    "translated": "a filter: templates read {{ text|translated }}",
}
# A word may stand in these names, in a plain sense of its own.
PLAIN = {
    "letter": {"letter", "letters"},  # of the alphabet
    "way": {"half_way", "HalfWayMail", "remind_half_way"},  # in the middle of a time
}

# Shared class names that one room or another still has to tell apart.
NOT_YET_CLASSES: set[str] = set()
# room → functions of one word that it still has to name in full.
NOT_YET_FUNCTIONS: dict[str, set[str]] = {}
# room → words that are still in its names or docstrings.
NOT_YET_WORDS: dict[str, set[str]] = {}


@cache
def modules():
    """Return path → syntax tree of every module of the rooms, migrations apart."""
    return {
        path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8"))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations" not in path.parts
    }


def public(kind):
    """Yield path and name of what modules define for others to use."""
    for path, tree in modules().items():
        for node in tree.body:
            if isinstance(node, kind) and not node.name.startswith("_"):
                yield path, node.name


def unused_words():
    """Return word → whether it may stand in text, as the last columns say."""
    found = {}
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 4:
            continue
        for word, plain in re.findall(r"`([a-z_]+)`( \(names\))?", cells[3]):
            found[word] = bool(plain)
    return found


def forms_of(word):
    """Return the word with its endings."""
    endings = ("", "s", "ed", "d", "ing")
    return {word + ending for ending in endings} | {word.removesuffix("e") + "ing"}


def names_in(path, tree):
    """Yield every name that a module gives: its own, of classes, functions, variables."""
    yield from (*path.parts[:-1], path.stem)
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def docstrings_in(tree):
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    for node in ast.walk(tree):
        if isinstance(node, documented):
            yield ast.get_docstring(node) or ""


def snake(name):
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def has_word(name, word):
    """Return whether the name holds the word, or a form of it, as a part of its own."""
    if name in PLAIN.get(word, ()):
        return False
    parts = f"_{snake(name).strip('_')}_"
    return any(f"_{form}_" in parts for form in forms_of(word))


@cache
def vocabulary():
    """Return room → the names that its modules give, and the words of its docstrings."""
    found = {room: (set(), set()) for room in ROOMS}
    for path, tree in modules().items():
        names, spoken = found[path.parts[0]]
        names.update(names_in(path, tree))
        for text in docstrings_in(tree):
            spoken.update(re.findall(r"[a-z_]+", text.lower()))
    return found


def rooms_that_use(word, *, in_text):
    return {
        room
        for room, (names, spoken) in vocabulary().items()
        if any(has_word(name, word) for name in names)
        or (in_text and not forms_of(word).isdisjoint(spoken))
    }


def test_every_public_class_has_a_name_of_its_own():
    places = defaultdict(set)
    for path, name in public(ast.ClassDef):
        places[name].add(path.as_posix())
    shared = {name for name, found in places.items() if len(found) > 1}
    assert shared - SHARED.keys() == NOT_YET_CLASSES, {
        name: places[name] for name in shared ^ NOT_YET_CLASSES if name in places
    }


@pytest.mark.parametrize("room", ROOMS)
def test_a_public_function_says_what_it_does_to_what(room):
    short = {
        name
        for path, name in public(ast.FunctionDef)
        if path.parts[0] == room and "_" not in name and name not in ONE_WORD
    }
    assert short == NOT_YET_FUNCTIONS.get(room, set())


@pytest.mark.parametrize(("word", "may_be_in_text"), unused_words().items())
def test_a_word_that_is_not_used_is_not_used(word, may_be_in_text):
    rooms = rooms_that_use(word, in_text=not may_be_in_text)
    owing = {room for room, words in NOT_YET_WORDS.items() if word in words}
    assert rooms == owing


def test_the_page_names_words():
    words = unused_words()
    assert {"deed", "door", "sitting"} <= {w for w, plain in words.items() if not plain}
    assert {"letter", "told"} <= {w for w, plain in words.items() if plain}


@pytest.mark.parametrize(
    ("name", "word", "is_found"),
    [
        ("last_deed_at", "deed", True),
        ("DeedForm", "deed", True),
        ("indeed", "deed", False),
        ("in_place_of", "in_place", True),
        ("settling", "settle", True),
        ("doorway", "door", False),
        ("letters", "letter", False),
        ("invitation_letter", "letter", True),
    ],
)
def test_a_word_is_found_as_a_part_of_a_name(name, word, is_found):
    assert has_word(name, word) is is_found


def test_a_reason_that_nothing_needs_is_taken_out():
    functions = {name for _path, name in public(ast.FunctionDef)}
    classes = {name for _path, name in public(ast.ClassDef)}
    assert ONE_WORD.keys() <= functions
    assert SHARED.keys() <= classes
