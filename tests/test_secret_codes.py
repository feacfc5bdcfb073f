"""Every code that somebody may guess is looked up in one way, which counts bad tries."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings

from tests.rooms import files_of_rooms, is_ours

ONE_WAY = settings.BASE_DIR / "accounts" / "views" / "guessing.py"
GUESSED = "try_"
LIKE_A_CODE = re.compile(r"^(.+_)?(code|code_hash|digest|token|secret|pin|serial)$")
# What opens something, with its limit or the reason why it needs none.
FIELDS = {
    "classroom.ClassroomSession.secret": "try_attendance_code",
    "teams.JoinLink.code": "try_join_code",
    "home.WaitingRoomTablet.code_hash": "try_tablet_code",
    "progress.ResumeWords.digest": "try_resume_words",
    "progress.Certificate.serial": "80 bits; the public check has a limit of its own",
    "assignments.CalendarLink.digest": "of 192 bits, which nobody guesses",
    "accounts.AddressProposal.digest": "of 256 bits, which nobody guesses",
    "accounts.Learner.token": "122 bits in a signed cookie",
    "packs.LoadedPage.digest": "of a page, which opens nothing",
    "packs.LoadedPage.language_code": "of a language",
}


def calls_of(name):
    """Yield the calls of functions named so, with their files."""
    for path in files_of_rooms(".py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and name.match(ast.unparse(node.func)):
                yield path, node


def action_of(call):
    given = {word.arg: word.value for word in call.keywords}
    return ast.literal_eval(given["action"])


def limits_that_are_guessed_at():
    return {name for name in settings.ACCOUNT_RATE_LIMITS if name.startswith(GUESSED)}


def test_each_limit_of_guessing_is_used_by_the_one_way_and_no_other_is():
    looked_up = calls_of(re.compile(r"look_up_code$"))
    assert {
        action_of(call) for _path, call in looked_up
    } == limits_that_are_guessed_at()


def test_nothing_else_counts_tries_at_a_code():
    counted = calls_of(re.compile(r"(ratelimit\.)?consume(_or_429)?$"))
    elsewhere = {action_of(call) for path, call in counted if path != ONE_WAY}
    assert not [action for action in elsewhere if action.startswith(GUESSED)]
    assert elsewhere


def test_of_each_field_like_a_code_is_said_what_holds_guessing_up():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if is_ours(model.__module__)
        for field in model._meta.fields
        if LIKE_A_CODE.match(field.name)
    }
    assert found == set(FIELDS)


@pytest.mark.parametrize("name", sorted(limits_that_are_guessed_at()))
def test_each_limit_is_of_a_field(name):
    assert name in FIELDS.values()
