"""Every two verbs that write the same rows, at the same moment, in two processes.

`pytest --race-rounds 500` races each pair so many times, on PostgreSQL.
"""

import os
import re
from collections import Counter

import pytest

from tests.factories import a_course, a_home, a_lesson
from tests.races.invariants import broken_rules
from tests.races.processes import race
from tests.races.written import pairs_that_meet, prepare
from tests.verbs.people import Person, Place

ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.sweep,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_POSTGRESQL, reason="Races are NOT tested: no PostgreSQL here."
    ),
]
ENDS = {"done", "refused"}
SHARES = 12


@pytest.fixture
def place():
    a_home()
    course = a_course(lessons=0)
    for questions in (1, 2, 0):
        a_lesson(course, questions=questions)
    return Place(course)


@pytest.fixture(autouse=True)
def mail(settings, tmp_path):
    """Keep mail where all processes can write it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


@pytest.fixture
def rounds(request):
    return request.config.getoption("--race-rounds")


@pytest.mark.parametrize("share", range(SHARES))
def test_no_two_verbs_leave_rows_that_contradict_each_other(place, rounds, share, mail):
    found = {}
    for pair in pairs_that_meet(place)[share::SHARES]:
        for _round in range(rounds):
            if problems := race_once(place, pair):
                found.setdefault(pair, problems)
    assert not found
    assert sent_twice(mail) == []


def sent_twice(folder):
    """Return the messages that are in the folder more than once."""
    texts = "".join(file.read_text() for file in folder.iterdir() if file.is_file())
    counted = Counter(re.findall(r"^Message-ID: (.+)$", texts, re.MULTILINE))
    return [name for name, count in counted.items() if count > 1]


def race_once(place, pair):
    """Race two verbs of somebody new; return what is wrong afterwards."""
    person = Person(place)
    for name in pair:
        prepare(person, name)
    before = broken_rules()
    ends = race(*(getattr(person, name) for name in pair))
    wrong = [end for end in ends if end not in ENDS]
    return wrong or {
        rule: rows for rule, rows in broken_rules().items() if before.get(rule) != rows
    }
