"""A prepared query says what its queryset says, each time anew."""

import datetime as dt
import sys
import threading
import uuid

import pytest
from django.db import connection
from django.db.models import BigIntegerField, UUIDField
from django.urls import get_resolver

from accounts.models import Learner
from page_cache.prepared import Given, PreparedQuery
from progress.models import Enrolment
from tests.statements import statements_of

pytestmark = pytest.mark.django_db


def enrolments():
    return Enrolment.objects.filter(
        learner=Given("learner", BigIntegerField()),
        course_key=Given("course", UUIDField()),
    )


NOW = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)


def a_learner():
    moments = {"created_at": NOW, "last_active_at": NOW}
    return Learner.objects.create(token=uuid.uuid4(), **moments)


def enrol(learner, course, cycle=1, **fields):
    return Enrolment.objects.create(
        learner=learner, course_key=course, cycle=cycle, started_at=NOW, **fields
    )


@pytest.fixture
def course():
    return uuid.uuid4()


@pytest.fixture
def both(course):
    """The enrolments of two people in the same course."""
    return [enrol(a_learner(), course) for _person in range(2)]


def test_it_finds_the_rows_for_the_values_given_each_time(both, course):
    query = PreparedQuery(enrolments)
    for row in both:
        assert query.all(learner=row.learner_id, course=course) == [row]
    assert query.all(learner=both[0].learner_id, course=uuid.uuid4()) == []


def test_a_row_is_whole_and_of_its_model(both, course):
    query = PreparedQuery(lambda: enrolments().select_related("learner"))
    found = query.first(learner=both[0].learner_id, course=course)
    fields = [field.attname for field in Enrolment._meta.concrete_fields]
    plain = Enrolment.objects.get(pk=both[0].pk)
    assert [getattr(found, f) for f in fields] == [getattr(plain, f) for f in fields]
    statements = statements_of(lambda: found.learner.uuid)
    assert not statements
    assert found.learner == both[0].learner


def test_it_gives_tuples_and_the_first_or_none(both, course):
    query = PreparedQuery(lambda: enrolments().values_list("pk", "course_key")[:1])
    first = both[0]
    assert query.first(learner=first.learner_id, course=course) == (first.pk, course)
    assert query.first(learner=first.learner_id, course=uuid.uuid4()) is None


def test_what_changed_since_is_seen(both, course):
    query = PreparedQuery(lambda: enrolments().order_by("-cycle"))
    asked = {"learner": both[0].learner_id, "course": course}
    assert len(query.all(**asked)) == 1
    later = enrol(both[0].learner, course, cycle=2)
    assert query.all(**asked) == [later, both[0]]
    later.delete()
    assert query.all(**asked) == [both[0]]


def test_sql_is_built_once_and_each_question_is_one_query(both, course):
    built = []
    query = PreparedQuery(lambda: built.append(1) or enrolments())
    for row in both:
        asked = statements_of(
            lambda r=row: query.all(learner=r.learner_id, course=course)
        )
        assert len(asked) == 1
    assert built == [1]


def test_a_value_that_is_forgotten_fails(course):
    with pytest.raises(KeyError, match="learner"):
        PreparedQuery(enrolments).all(course=course)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection(both, course):
    query, found = PreparedQuery(enrolments), []
    asked = {"learner": both[0].learner_id, "course": course}
    query.all(**asked)

    def ask():
        found.extend(query.all(**asked))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [both[0]]


def prepared_queries():
    """Yield the prepared queries of the project, alone or by name."""
    for module in filter(None, list(sys.modules.values())):
        for value in list(vars(module).values()):
            # Whether a lazy object is one would be asked of what it stands for.
            among = value.values() if type(value) is dict else [value]
            yield from (each for each in among if type(each) is PreparedQuery)


def test_no_prepared_query_depends_on_the_moment_at_which_it_was_built():
    # All rooms are imported by then.
    assert get_resolver().url_patterns
    queries = list(prepared_queries())
    assert len(queries) > 10
    for query in queries:
        sql, places = query._build().query.get_compiler("default").as_sql()
        assert not [each for each in places if isinstance(each, dt.date)], sql
