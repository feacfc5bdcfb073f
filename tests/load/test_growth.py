"""The bench makes a large site of copies, and says how much longer pages take."""

import io
import json

import pytest
from django.core.management import call_command

from course.queries import live_lessons
from tests.factories import a_course
from tests.load.pages import growth, measuring
from tests.load.pages.measure_growth import MOST, Command

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.sweep
def test_a_large_site_is_made_once_and_each_figure_written(capsys, monkeypatch):
    monkeypatch.setattr(measuring, "WARM", 1)
    small = a_course(lessons=2, questions=3)
    for _time in range(2):
        shown = io.StringIO()
        call_command(Command(stderr=shown), rounds=1, lessons=4, courses=3)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = {line["figure"]: line["value"] for line in lines}
    assert {f"growth: {figure}" for figure in MOST} <= set(found)
    assert found["growth: lessons"] == 4
    assert found["growth: courses"] == 3
    assert found["growth: lesson editor: our writes"] == 0
    large = growth.large_course()
    bodies = [str(lesson.body) for lesson in live_lessons(large)]
    assert bodies == [str(lesson.body) for lesson in live_lessons(small)] * 2
