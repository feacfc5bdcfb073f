"""Each entry of the log is in words: no numbers of rows, no names of fields."""

import ast
import re

import pytest
from django.conf import settings
from django.utils import timezone

from tests.factories import a_course, a_home, a_lesson
from tests.races.written import prepare
from tests.rooms import files_of_rooms
from tests.verbs.people import VERBS, Person, Place
from training.assignments.actions.assignments import change_assignment
from training.certificates.wording.facts import (
    FACTS,
    KEPT_FOR_PROGRAMS,
)
from training.reports.queries.log_entries import log_lines
from training.teams import log
from training.teams.actions.teams import archive_team, bring_back_team

pytestmark = pytest.mark.django_db

KNOWN = KEPT_FOR_PROGRAMS | set(FACTS) | {"rule", "requirement"}
# Of the call itself, not facts.
TERMS = {"learner", "user"}
# The SHA-256 of a file, with which an auditor compares it.
DIGEST = re.compile(r"SHA-256 of the \w+: [0-9a-f]{64}")
RAW = {
    "a key of a row": re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}"),
    "the name of a field": re.compile(r"\b[a-z]+_[a-z_]+\b"),
    "the number of a row": re.compile(r"(?i)\b(number of|learner \d|pk|id:)"),
    "a raw moment": re.compile(r"\d{4}-\d\d-\d\d"),
    "a raw value": re.compile(r"\b(None|True|False)\b|[{}\[\]]"),
}


def facts_in_code():
    """Yield the file and name of each fact that training writes into the log."""
    for path in files_of_rooms(".py"):
        inside = path.relative_to(settings.BASE_DIR)
        if inside.parts[0] == "training":
            for node in ast.walk(ast.parse(path.read_text())):
                yield from ((str(inside), name) for name in names_in(node))


def names_in(node):
    if not (
        isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.log_")
    ):
        return
    yield from (
        word.arg for word in node.keywords if word.arg and word.arg not in TERMS
    )
    for part in ast.walk(node):
        if isinstance(part, ast.Dict):
            yield from (ast.literal_eval(key) for key in part.keys if key)


def test_each_fact_that_is_logged_has_a_name_in_words():
    found = list(facts_in_code())
    assert len(found) > 20
    assert [fact for fact in found if fact[1] not in KNOWN] == []


@pytest.fixture
def place():
    a_home()
    course = a_course(lessons=0)
    for questions in (1, 2, 0):
        a_lesson(course, questions=questions)
    return Place(course)


def raw_in(text):
    plain = DIGEST.sub("", text)
    return [name for name, pattern in RAW.items() if pattern.search(plain)]


def change_the_rule(place):
    """Do what no verb of a person does: see `tests.verbs`."""
    at, by = timezone.now(), place.trainer
    rule = place.assignment
    rule.due_on = at.date().replace(year=at.year + 1)
    rule.lesson_keys = [str(place.lesson.translation_key)]
    terms = {"teams": [place.team], "people": [place.deputy], "by": by, "at": at}
    change_assignment(rule=rule, running_too=True, **terms)
    archive_team(team=place.second_team, by=by, at=at)
    bring_back_team(team=place.second_team, by=by, at=at)


@pytest.mark.sweep
def test_whatever_is_done_the_log_says_it_in_words(place):
    for name in VERBS:
        person = Person(place)
        prepare(person, name)
        getattr(person, name)()
    change_the_rule(place)
    entries = log.training_entries()
    lines = log_lines(entries)
    assert len({line.what for line in lines}) > 20
    wrong = {
        (entry.action, name, line.details)
        for entry, line in zip(entries, lines, strict=True)
        for name in raw_in(f"{line.what} {line.details}")
    }
    assert wrong == set()
