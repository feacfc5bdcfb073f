"""What is asked for by its translation key alone is found in every language."""

import ast
import itertools

from django.conf import settings

from tests.rooms import files_of_rooms

ASK = {"filter", "exclude", "get"}
NAMES_A_LANGUAGE = {
    "locale",
    "locale__language_code",
    "in_first_language",
    "choose_language",
    "as_read",
}
ANY_LANGUAGE = {
    "course/queries/__init__.py: lesson_named": "lists them to choose from",
    "quizzes/queries/safety.py: _asked_now": "asked again as long as one language asks",
    "training/assignments/queries/quiz_pauses.py: quizzes_now": "the one open longest",
}


def _asks_by_key(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ASK
        and any("translation_key" in (word.arg or "") for word in node.keywords)
    )


def _words_in(node):
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef):
            yield each.name
        name = getattr(each, "id", None) or getattr(each, "attr", None)
        yield name or getattr(each, "arg", None)


def _without_language(tree):
    """Yield the names of functions, and of what stands outside of them, that ask so."""
    inside = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    outside = [node for node in tree.body if isinstance(node, ast.Assign)]
    for node in itertools.chain(inside, outside):
        asks = any(_asks_by_key(each) for each in ast.walk(node))
        if asks and NAMES_A_LANGUAGE.isdisjoint(_words_in(node)):
            yield getattr(node, "name", None) or node.targets[0].id


def _found_in(path):
    tree = ast.parse(path.read_text())
    where = path.relative_to(settings.BASE_DIR)
    return {f"{where}: {name}" for name in _without_language(tree)}


def test_who_asks_by_key_says_in_which_language():
    found = set().union(*(_found_in(path) for path in files_of_rooms(".py")))
    assert found == set(ANY_LANGUAGE)


def test_a_query_by_key_alone_is_found():
    code = (
        "def title(key):\n    return Page.objects.filter(translation_key=key).first()"
    )
    assert list(_without_language(ast.parse(code))) == ["title"]
    named = code.replace("=key)", "=key, locale=1)")
    assert not list(_without_language(ast.parse(named)))
