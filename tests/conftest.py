import pytest

from tests.factories import a_course, a_home, lessons_of


@pytest.fixture
def course(db):
    """A live course of two lessons with two plain questions each."""
    return a_course()


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture
def quiz_url(lesson):
    return lesson.url + "quiz/"


@pytest.fixture
def home(transactional_db):
    """The home page, in a database with real transactions."""
    return a_home()
