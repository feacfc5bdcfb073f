"""The paper that a phone keeps asks each kind of question and tells none of its key."""

import re
from dataclasses import replace

import pytest

from quizzes.kinds import kind_of
from quizzes.presenters.offline import OfflinePaper
from quizzes.queries.attempts import paper_of
from quizzes.rules.typed_answers import TypedKind

pytestmark = pytest.mark.django_db

VALUES = re.compile(r'value="([^"]*)"')


@pytest.fixture
def question(lesson):
    return paper_of(lesson).questions[0]


def controls_of(lesson, question):
    paper = replace(paper_of(lesson), questions=(question,))
    return OfflinePaper.of(paper).questions[0].controls


def test_its_controls_are_there_and_empty(lesson, question):
    controls = controls_of(lesson, question)
    assert f'name="{question.key}.' in controls
    assert "not-sure" in controls
    assert " checked" not in controls
    assert " selected" not in controls


def test_no_feedback_is_told(lesson, question):
    told = [question.feedback, *(option.feedback for option in question.options)]
    controls = controls_of(lesson, question)
    assert not [words for words in told if words and words in controls]


def test_another_key_changes_nothing_but_names_and_order(lesson, question):
    if isinstance(kind_of(question), TypedKind):
        other = replace(question, options=(replace(question.options[0], text="9"),))
    else:
        turned = [replace(each, right=not each.right) for each in question.options]
        other = replace(question, options=tuple(reversed(turned)))
    values = [VALUES.findall(controls_of(lesson, each)) for each in (question, other)]
    assert sorted(values[0]) == sorted(values[1])
