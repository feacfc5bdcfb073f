"""Who is asked again after a change for safety."""

import datetime as dt

import pytest

from quizzes.rules.safety import Answered, is_due

CHANGED = dt.datetime(2027, 5, 1, tzinfo=dt.UTC)
BEFORE, AFTER = CHANGED - dt.timedelta(days=1), CHANGED + dt.timedelta(days=1)

WRONG_BEFORE, RIGHT_BEFORE = (Answered("q", BEFORE, right) for right in (False, True))
WRONG_AFTER, RIGHT_AFTER = (Answered("q", AFTER, right) for right in (False, True))
OTHER_BEFORE = Answered("other", BEFORE, True)


@pytest.mark.parametrize(
    ("given", "finished", "due"),
    [
        ([], BEFORE, True),
        ([], AFTER, False),
        ([RIGHT_BEFORE], BEFORE, True),
        ([RIGHT_BEFORE], AFTER, True),
        ([RIGHT_BEFORE, WRONG_AFTER], BEFORE, True),
        ([RIGHT_BEFORE, RIGHT_AFTER], BEFORE, False),
        ([RIGHT_BEFORE, RIGHT_AFTER, WRONG_AFTER], BEFORE, True),
        ([OTHER_BEFORE], AFTER, True),
        ([WRONG_AFTER], AFTER, False),
    ],
)
def test_due_until_the_newest_answer_to_the_change_is_right(given, finished, due):
    assert is_due("q", given, finished=finished, changed=CHANGED) is due
