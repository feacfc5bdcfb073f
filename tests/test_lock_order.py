"""Verbs that lock two rows never wait for each other: each pair of them, at once.

SQLite has one lock for all; only PostgreSQL can tell. Each statement that locks is
followed by a little rest, so that verbs with another order meet every time.
"""

import os
import time
from functools import partial
from itertools import combinations_with_replacement

import pytest
from django.db import DatabaseError, connection

from tests.factories import a_course, a_home, a_lesson
from tests.quizzes.test_actions import all_at_once
from tests.verbs.people import VERBS, Person, Place

ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_POSTGRESQL, reason="Locks of rows are NOT tested: no PostgreSQL here."
    ),
]


LOCKS = ("UPDATE", "INSERT", "DELETE")


def slowly(execute, sql, params, many, context):
    result = execute(sql, params, many, context)
    if sql.startswith(LOCKS) or "FOR UPDATE" in sql or "FOR NO KEY" in sql:
        time.sleep(0.004)
    return result


def slow(verb):
    with connection.execute_wrapper(slowly):
        verb()


@pytest.fixture
def course():
    a_home()
    course = a_course(lessons=0)
    for questions in (1, 2, 0):
        a_lesson(course, questions=questions)
    return course


PAIRS = list(combinations_with_replacement(VERBS, 2))
# Emptying the database after a test takes longer than a dozen pairs.
SHARES = 12


@pytest.mark.parametrize("share", range(SHARES))
def test_no_two_verbs_wait_for_each_other(course, share):
    place, stuck = Place(course), {}
    for pair in PAIRS[share::SHARES]:
        person = Person(place)
        for name in pair:
            getattr(person, f"_before_{name}", lambda: None)()
        found = all_at_once(*(partial(slow, getattr(person, name)) for name in pair))
        problems = [p for p in found if isinstance(p, DatabaseError)]
        if problems:
            stuck[pair] = str(problems[0])
    assert not stuck
