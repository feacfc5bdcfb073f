"""Reports mark what was done elsewhere, on the page and in files."""

import pytest

from tests.factories import lessons_of
from tests.quizzes.answering import answer_all
from tests.training.elsewhere.recording import record
from tests.training.reading import column, csv_rows, page_rows, xlsx_rows
from tests.training.staff import a_member, an_assignment

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MARK = "In date, done elsewhere"


@pytest.fixture
def member(team, course):
    an_assignment(course, team)
    return a_member(team, first_name="Ada", last_name="Brown")


@pytest.mark.parametrize("read", [page_rows, csv_rows, xlsx_rows])
def test_it_is_marked_in_the_matrix_and_counted(
    door, team, course, member, trainer, read
):
    record(member, team, course, trainer)
    for lesson in lessons_of(course):
        assert column(read(door, "matrix"), lesson.title) == ["done elsewhere"]
    for report in ("status", "completion"):
        assert column(read(door, report), MARK)[-1] == "1"
        assert column(read(door, report), "Share in date")[-1] == "100%"


def test_what_was_learnt_here_is_not_marked(door, team, course, member, trainer):
    lessons = lessons_of(course)
    for lesson in lessons:
        answer_all(lesson, member, "Right", "Right")
    record(member, team, course, trainer)
    assert column(csv_rows(door, "matrix"), lessons[0].title) == ["done"]
    assert column(csv_rows(door, "status"), MARK) == ["0"]
