"""Each text of the code is translated into each language, whole and with its numbers."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

from tests.rooms import files_of_rooms

LANGUAGES = sorted({code for code, _name in settings.LANGUAGES} - {"en"})
# How many forms each language has, by Unicode's rules.
FORMS = {"es": 3, "ar": 6}
CALLS = re.compile(r"^(?:_|(n?)(p?)gettext(?:_lazy|_noop)?)$")
IN_TEMPLATE = re.compile(
    r"\b(_|n?p?gettext)\(\s*"
    r"((?:u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\s*,?\s*)+)"
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*\}|</?[a-z][^>]*>")


def texts_of_code():
    """Return context and text of each text that the code has translated."""
    for path in files_of_rooms(".py", beside=("config",)):
        yield from _texts_in(ast.parse(path.read_text()))
    for path in sorted((settings.BASE_DIR / "templates").rglob("*")):
        if path.suffix in (".html", ".txt", ".js"):
            for name, given in IN_TEMPLATE.findall(templatize(path.read_text())):
                yield _text(name, ast.literal_eval(f"[{given}]"))


def _texts_in(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node.func):
            given = [each.value for each in node.args if isinstance(each, ast.Constant)]
            if given and isinstance(given[0], str):
                yield _text(_called(node.func), given)


def _called(function):
    name = getattr(function, "attr", None) or getattr(function, "id", "")
    return name if CALLS.match(name) else None


def _text(name, given):
    has_context = CALLS.match(name)[2]
    return (given[0], given[1]) if has_context else (None, given[0])


@pytest.fixture(scope="module")
def texts():
    return set(texts_of_code())


@pytest.fixture(params=LANGUAGES)
def catalogue(request):
    return polib.pofile(str(path_of(request.param)))


def path_of(language) -> Path:
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def told(catalogue, texts):
    """Return what to do about texts: the commands, the file, and which they are."""
    listed = "\n".join(f"  {text!r}" for text in sorted(texts))
    return (
        "Run: DJANGO_SETTINGS_MODULE=config.settings.test .venv/bin/python manage.py "
        f"makemessages\nThen translate in {catalogue.fpath}:\n{listed}"
    )


def test_every_text_is_translated(catalogue, texts):
    whole = {(each.msgctxt, each.msgid) for each in catalogue.translated_entries()}
    missing = {text for _context, text in texts - whole}
    assert not missing, told(catalogue, missing)


def test_no_translation_is_a_guess_or_lacks_a_form(catalogue):
    forms = FORMS[catalogue.metadata["Language"]]
    wrong = {
        each.msgid
        for each in catalogue
        if each.fuzzy or (each.msgid_plural and len(each.msgstr_plural) != forms)
    }
    assert not wrong, told(catalogue, wrong)


def test_placeholders_and_tags_are_kept(catalogue):
    wrong = {each.msgid for each in catalogue if each.translated() and not keeps(each)}
    assert not wrong, told(catalogue, wrong)


def keeps(entry):
    """Return whether a translation has what is filled in, and nothing that is not.

    The forms for zero, one and two may leave out a number.
    """
    wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    if not entry.msgid_plural:
        return set(PLACEHOLDER.findall(entry.msgstr)) == wanted
    many = set(PLACEHOLDER.findall(entry.msgid_plural))
    found = [set(PLACEHOLDER.findall(form)) for form in entry.msgstr_plural.values()]
    return found[-1] >= many and all(each <= wanted for each in found)


def test_a_text_that_nobody_translated_is_named(catalogue):
    with pytest.raises(
        AssertionError, match=r"makemessages[\s\S]*'Not in any language'"
    ):
        test_every_text_is_translated(catalogue, {(None, "Not in any language")})
