"""Each kind is asked, answered, explained, marked again and counted."""

import re
import uuid

import pytest
from django.core.checks import run_checks
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.learners import erase_learner
from accounts.identity import Identity
from authoring.questions.formats.shapes import SHAPES
from course.models import LessonPage
from quizzes import kinds
from quizzes.actions.going_back import keep_what_is_right_now
from quizzes.forms.answers import fields_of, read_response
from quizzes.kinds import kind_of
from quizzes.kinds.single_choice import SingleChoice
from quizzes.models import Answer, Attempt, Grade
from quizzes.queries import personal_record
from quizzes.queries.statistics import of_lesson
from quizzes.rules import marking
from quizzes.rules.groups import FEWEST
from quizzes.rules.paper import Response
from tests.every_kind.sending import (
    right_response,
    send,
    with_other_key,
    words_of,
    wrong_response,
)
from tests.factories import QuestionFactory, UserFactory
from tests.taking_quizzes import NAMES, form_of, give_response

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


def test_it_says_what_it_is(row):
    kind = kinds.kind_named(row.kind)
    assert kind.label
    assert kind.hint
    assert kind.for_authors
    assert kind.shape in SHAPES
    assert get_template(kind.template)
    assert get_template(kind.feedback_template)


class Unfinished(SingleChoice):
    """A kind whose templates nobody wrote, in a shape that no format knows."""

    name = "unfinished"
    shape = "drawing"


def test_a_kind_without_templates_or_formats_is_found_when_the_site_starts(monkeypatch):
    monkeypatch.setitem(kinds.KINDS, "unfinished", Unfinished())
    found = [error.msg for error in run_checks() if "“unfinished”" in error.msg]
    assert sorted(found) == [
        "No format supports the shape “drawing” of the question kind “unfinished”.",
        "The question kind “unfinished” has no template quizzes/kinds/unfinished.html.",
        "The question kind “unfinished” has no template "
        "quizzes/kinds/unfinished_feedback.html.",
    ]


def test_it_is_marked(row):
    question = row.frozen()
    assert row.is_asked
    assert marking.is_right(question, right_response(row))
    wrong = kind_of(question).wrong_responses(question)
    assert wrong
    assert not any(marking.is_right(question, response) for response in wrong)
    assert not marking.is_right(question, Response())


def test_what_a_form_posts_is_read_as_what_was_answered(row):
    question = row.frozen()
    for response in (right_response(row), wrong_response(row), Response(not_sure=True)):
        assert read_response(fields_of(question, response), question) == response


def test_it_is_asked_and_asked_again_after_an_error(client, row, quiz_url):
    page = client.get(quiz_url, follow=True)
    assert row.stem in page.text
    assert str(kinds.kind_named(row.kind).hint) in page.text
    again = form_of(client, quiz_url, page).send(client, follow=True)
    assert "There is a problem" in again.text
    target = re.search(r'href="#([^"]+choice-1)"', again.text)[1]
    assert f'id="{target}"' in again.text
    assert not Attempt.objects.exists()


def test_a_right_answer_is_explained(client, row, quiz_url):
    page = words_of(send(client, quiz_url, row, right_response(row)))
    assert "That is right" in page
    question = row.frozen()
    for words in kind_of(question).right_in_words(question):
        assert words.rpartition("\N{EN DASH} ")[2] in page
    assert "This is why." in page or "Why: " in page


def test_a_wrong_answer_is_explained_with_what_is_right(client, row, quiz_url):
    page = send(client, quiz_url, row, wrong_response(row))
    question = row.frozen()
    kind = kind_of(question)
    assert "Not quite" in page.text
    given = kind.in_words(question, wrong_response(row))
    for words in (*given, *kind.right_in_words(question)):
        assert words.rpartition("\N{EN DASH} ")[2] in words_of(page)
    assert "app-feedback--not-quite" in page.text


def test_not_sure_is_explained_without_blame(client, row, quiz_url):
    page = send(client, quiz_url, row, Response(not_sure=True))
    assert "Not sure yet? Here is the answer" in page.text
    assert "app-feedback--not-quite" not in page.text


def test_it_is_shown_in_the_result_and_in_the_kept_result(client, row, quiz_url):
    send(client, quiz_url, row, wrong_response(row))
    assert row.stem in client.get(quiz_url + "result/").text
    attempt = Attempt.objects.get()
    page = words_of(client.get(reverse("result_of_attempt", args=[attempt.uuid])))
    question = row.frozen()
    kind = kind_of(question)
    given = kind.in_words(question, wrong_response(row))
    for words in (*given, *kind.right_in_words(question)):
        assert words in page


def test_a_kept_answer_is_filled_in_again(client, row, lesson, quiz_url):
    QuestionFactory(lesson=lesson)
    send(client, quiz_url, row, wrong_response(row))
    page = client.get(quiz_url + "1/")
    sent = fields_of(row.frozen(), wrong_response(row))
    names = NAMES.search(page.text)[1]
    for name in sent:
        control = re.search(
            rf'name="{re.escape(names + name)}"(.*?)(</select>|</label>|</div>)',
            page.text,
            re.DOTALL,
        )
        assert control, name
    filled = re.findall(r'value="([^"]*)"[^>]*(?:checked|selected)', page.text)
    filled += re.findall(r'name="[^"]*\.(?:order|typed)" value="([^"]*)"', page.text)
    for value in (value for name in sent for value in sent.getlist(name)):
        assert value in filled


def test_two_answers_are_shown_to_choose_between(client, row, lesson, quiz_url):
    QuestionFactory(lesson=lesson)
    stale = form_of(client, quiz_url)
    send(client, quiz_url, row, wrong_response(row))
    sent = fields_of(row.frozen(), right_response(row))
    fields = {name: sent.getlist(name) for name in sent}
    page = stale.send(client, follow=True, **fields)
    assert "You have already answered this question" in page.text
    kind, question = kinds.kind_named(row.kind), row.frozen()
    for response in (wrong_response(row), right_response(row)):
        for words in kind.in_words(question, response):
            assert words in words_of(page)


def test_a_changed_key_is_marked_again(client, row, lesson, quiz_url):
    send(client, quiz_url, row, right_response(row))
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    draft.questions.set([with_other_key(draft.questions.get())])
    draft.kind_of_change, draft.given_answers = "content", "re_mark"
    draft.save_revision().publish()
    assert list(Grade.objects.order_by("run").values_list("right", flat=True)) == [1, 0]
    page = words_of(client.get(quiz_url + "result/"))
    assert "Right answer before" in page
    assert "Right answer now" in page


def test_another_wording_of_the_stem_marks_nothing_again(client, row, lesson, quiz_url):
    send(client, quiz_url, row, right_response(row))
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    question = draft.questions.get()
    question.stem = "What is it now?"
    draft.questions.set([question])
    draft.kind_of_change, draft.given_answers = "content", "re_mark"
    draft.save_revision().publish()
    assert Grade.objects.count() == 1


def test_an_older_version_comes_back_with_the_key_of_now(row, lesson):
    then, now = (lesson.latest_revision.as_object() for _version in range(2))
    now.questions.set([with_other_key(now.questions.get())])
    assert keep_what_is_right_now(then=then, now=now)
    old, new = then.questions.get().frozen(), now.questions.get().frozen()
    assert kind_of(old).key(old) == kind_of(new).key(new)
    assert not keep_what_is_right_now(then=then, now=now)


def test_it_is_in_what_a_learner_may_download_and_words_go_with_them(
    client, row, quiz_url
):
    send(client, quiz_url, row, wrong_response(row))
    attempt = Attempt.objects.get()
    [record] = personal_record.attempts_record(attempt.learner)
    question = row.frozen()
    given = kind_of(question).in_words(question, wrong_response(row))
    assert record["answers"][0]["answer"] == given
    erase_learner(learner=attempt.learner, at=timezone.now())
    assert set(Answer.objects.values_list("text", flat=True)) == {""}


def test_the_mark_of_somebody_erased_stays(client, row, lesson, quiz_url):
    send(client, quiz_url, row, right_response(row))
    erase_learner(learner=Attempt.objects.get().learner, at=timezone.now())
    is_forgotten = Answer.objects.get().response.is_forgotten
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    draft.questions.set([with_other_key(draft.questions.get())])
    draft.given_answers = "re_mark"
    draft.save_revision().publish()
    assert Grade.objects.order_by("run").last().right == (1 if is_forgotten else 0)


def test_statistics_name_what_is_given_wrongly_most(client, row, lesson, quiz_url):
    send(Client(), quiz_url, row, wrong_response(row))
    send(Client(), quiz_url, row, right_response(row))
    for number in range(2, FEWEST):
        is_wrong = number < 5
        response = wrong_response(row) if is_wrong else right_response(row)
        give_response(
            lesson, Identity(uuid.uuid4()), str(row.translation_key), response
        )
    [found] = of_lesson(lesson.translation_key).values()
    assert (found.people, found.right, found.not_sure) == (10, 60, 0)
    question = row.frozen()
    kind = kind_of(question)
    wrong = [
        kind.part_in_words(question, part)
        for part in kind.wrong_parts(question, wrong_response(row))
    ]
    assert found.most_chosen_wrong in wrong if wrong else not found.most_chosen_wrong
    client.force_login(UserFactory(administrator=True))
    edit = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert 'data-answers="60% right of 10"' in edit.text
