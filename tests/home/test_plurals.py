"""A figure beside a noun has a singular: nobody reads “1 people” or “1 are”."""

import ast
import re
from pathlib import Path

import pytest

from tests.rooms import files_of_rooms

NOUNS = (
    "people|persons?|lessons|questions|days|attempts|answers|teams|months|weeks|minutes"
    "|hours|mails|rows|courses|certificates|quizzes|entries|problems|cells|times|terms"
    "|sources|files|pages|obligations|assignments|trainers|members|options|words|names"
    "|versions|learners|accounts|notices|invitations|addresses|links|readers|points"
    "|marks|reviews|authors|changes|items|sections|passages|blocks|columns|sentences"
    "|tables|images|pictures|comments|steps|parts|pairs|drafts|letters|staff"
)
FIGURE = r"(?:%\(\w+\)[sd]|%[sd]|\{\{[^}]*\}\}|\{\w*\})"
COUNTED = re.compile(
    rf"{FIGURE}(?:</?\w+>)?\s+(?:(?:[\w%]+ ){{0,2}}?(?:{NOUNS})|are|have|were)\b"
)
# What these count is never one.
NEVER_ONE = {
    "{{ number }} people",
    "{{ fewest }} people",
    "%(greatest)d days",
    "{counts_tag} times",
    "{right} options",
    "{high} options",
    "{high} words",
    "{words_longest} words",
    "{length_mean} times",
    "{KEY_LENGTH_LIMIT} times",
    "{words} words",
    "{number} times",
}


def singular_missing_in_template(text):
    """Yield the counted nouns of messages that have no singular."""
    bare = re.sub(r"{% comment.*?{% endcomment %}", "", text, flags=re.DOTALL)
    for message in re.findall(
        r"{% blocktrans(?:late)?\b(.*?)%}(.*?){% endblocktrans(?:late)? %}",
        bare,
        re.DOTALL,
    ):
        if " count " not in f" {message[0]} ":
            yield from COUNTED.findall(message[1])
    outside = re.sub(
        r"{% blocktrans.*?endblocktrans(?:late)? %}", "", bare, flags=re.DOTALL
    )
    yield from COUNTED.findall(outside)


def singular_missing_in_code(text):
    """Yield the counted nouns of strings that are no argument of ngettext."""
    tree = ast.parse(text)
    plural = {
        inner
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and "ngettext" in ast.unparse(call.func)
        for inner in ast.walk(call)
    }
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    parts = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if node not in plural | docs | parts:
            yield from COUNTED.findall(_words(node))


def _words(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else _name(part)
            for part in node.values
        )
    return ""


def _name(part):
    return "{" + re.sub(r"\W+", "_", ast.unparse(part.value)).strip("_") + "}"


@pytest.mark.parametrize(
    "text",
    [
        "{% blocktranslate with n=x %}{{ n }} people wait{% endblocktranslate %}",
        "{% blocktranslate with n=x %}{{ n }} are done{% endblocktranslate %}",
        "<p>{{ n }} lessons</p>",
        "{% blocktranslate %}{{ done }} of {{ all }} lessons done{% endblocktranslate %}",
    ],
)
def test_a_template_without_a_singular_is_found(text):
    assert list(singular_missing_in_template(text))


@pytest.mark.parametrize(
    "text",
    [
        '_("%(n)s people")',
        'f"{n} attempts"',
        '_("%d are late")',
        'f"{len(x)} other rows"',
    ],
)
def test_code_without_a_singular_is_found(text):
    assert list(singular_missing_in_code(text))


def test_what_has_both_is_right():
    text = "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}"
    assert not list(singular_missing_in_template(text))
    assert not list(singular_missing_in_code('ngettext("%d row", "%d rows", n)'))


@pytest.mark.sweep
def test_every_figure_beside_a_noun_has_a_singular():
    found = [
        (str(path), words)
        for path in Path("templates").rglob("*.*")
        for words in singular_missing_in_template(path.read_text())
    ]
    found += [
        (str(path), words)
        for path in files_of_rooms(".py")
        for words in singular_missing_in_code(path.read_text())
    ]
    assert [each for each in found if each[1] not in NEVER_ONE] == []
    assert {words for _path, words in found} == NEVER_ONE  # none is left over
