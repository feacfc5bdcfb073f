"""No form of this site says “This field is required.”: each error says what to do."""

import copy
import html
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from allauth import account, mfa
from allauth.account import app_settings as account_settings
from allauth.mfa import app_settings as mfa_settings
from django import forms
from django.utils.module_loading import import_string

from accounts.forms.plain import PlainErrors, PlainForm, word_errors
from accounts.templatetags.accounts_tags import word_form_errors
from tests.rooms import ROOMS, is_ours

# What runs on its own, or only where something is installed.
NOT_IMPORTED = re.compile(r"management|migrations|bounded_child|__main__|\.s3")

# The editor of pages speaks as Wagtail does, whatever the field.
OF_THE_EDITOR = {
    "CopyWithoutAlias",
    "CourseForm",
    "HandledForm",
    "KeyedForm",
    "LessonForm",
    "VersionedForm",
}
# Neither a phone number nor a security key is ever asked for, nor a link followed.
NEVER_SHOWN = re.compile("webauthn|phone|user_token")
IN_SOURCE = re.compile(r'FORMS,\s*"(\w+)"')
LIBRARIES = ((account, account_settings), (mfa, mfa_settings))


@pytest.fixture(scope="module")
def our_forms():
    """Every form of ours; those of the library with other words are among them."""
    for room in ROOMS:
        package = importlib.import_module(room)
        for module in pkgutil.walk_packages(package.__path__, f"{room}."):
            if is_ours(module.name) and not NOT_IMPORTED.search(module.name):
                importlib.import_module(module.name)
    return {
        each
        for each in subclasses(forms.BaseForm)
        if is_ours(each.__module__) and each.__name__ not in OF_THE_EDITOR
    }


def subclasses(kind):
    for each in kind.__subclasses__():
        yield each
        yield from subclasses(each)


def test_every_form_of_ours_words_its_errors(our_forms):
    assert len(our_forms) > 50
    assert not {each for each in our_forms if not issubclass(each, PlainErrors)}


@pytest.mark.parametrize(("library", "configured"), LIBRARIES)
def test_every_form_of_the_library_that_is_shown_is_one_of_ours(library, configured):
    sources = Path(library.__file__).parent.rglob("*.py")
    names = {name for each in sources for name in IN_SOURCE.findall(each.read_text())}
    shown = {name for name in names if not NEVER_SHOWN.search(name)}
    assert shown == set(configured.FORMS)
    assert all(
        issubclass(import_string(path), PlainErrors)
        for path in configured.FORMS.values()
    )


def test_no_field_keeps_any_words_of_the_library(our_forms):
    kept = {
        (form.__name__, name, code)
        for form in our_forms
        for name, field in getattr(form, "base_fields", {}).items()
        for code in words_of_library(name, copy.deepcopy(field))
    }
    assert not kept


def words_of_library(name, field):
    """Return the codes of errors for which the field still has the library's words."""
    word_errors(name, field)
    theirs = {}
    for kind in reversed(type(field).__mro__):
        if not is_ours(kind.__module__):
            theirs |= vars(kind).get("default_error_messages", {})
    for check in field.validators:
        if type(check).__module__ == "django.core.validators":
            theirs |= getattr(check, "messages", None) or {check.code: check.message}
    for code, text in theirs.items():
        said = field.error_messages.get(code, text)
        if str(said) == str(text) and not is_own(field, code):
            yield code


def is_own(field, code):
    """Return whether a field or validator of ours says it."""
    checks = [check for check in field.validators if getattr(check, "code", "") == code]
    return any(is_ours(type(check).__module__) for check in checks)


class Sample(PlainForm):
    name = forms.CharField(max_length=5)
    since = forms.DateField(label="First day, 100 % sure", required=False)
    many = forms.IntegerField(min_value=3, required=False)
    team = forms.ChoiceField(choices=[("a", "A")], required=False)
    share = forms.CharField(label="Share, in %", max_length=5, required=False)
    spare = forms.CharField(error_messages={"required": "Say it."})


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        ({}, "name", "Enter a name."),
        ({}, "spare", "Say it."),
        ({"name": "abcdef"}, "name", "“Name” can have 5 characters at most."),
        (
            {"since": "soon"},
            "since",
            "Enter a date such as 2027-03-31 for “First day, 100 % sure”.",
        ),
        ({"share": "123456"}, "share", "“Share, in %” can have 5 characters at most."),
        ({"many": "x"}, "many", "Enter a whole number for “Many”."),
        ({"many": "2"}, "many", "“Many” must be 3 or more."),
        ({"team": "b"}, "team", "Choose one of the options for “Team”."),
    ],
)
def test_an_error_says_what_to_do(data, name, words):
    assert Sample(data).errors[name] == [words]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/account/login/", ["Enter your e-mail address.", "Enter your password."]),
        ("/account/password/reset/", ["Enter an e-mail address."]),
        ("/account/login/code/", ["Enter an e-mail address."]),
        ("/my-learning/join/", ["Enter the code."]),
        ("/resume/", ["Enter your five words."]),
    ],
)
def test_an_empty_form_on_a_public_page_says_what_to_do(client, path, words):
    page = client.post(path, follow=True).text
    assert "This field is required" not in page
    for each in words:
        assert each in html.unescape(page)


def test_a_form_of_the_framework_is_worded_anew_in_its_template():
    class Asked(forms.Form):
        password = forms.CharField()

    form = Asked({})
    assert form.errors["password"] == ["This field is required."]
    assert word_form_errors(form).errors["password"] == ["Enter your password."]
    assert not word_form_errors(Asked()).errors
