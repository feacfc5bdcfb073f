"""Every kind of question goes through everything that reads questions and answers.

A kind that is added is sent along by its name: it needs a trait in `QuestionFactory` and,
if its shape is a new one, a way to change its key; nothing else in the tests.
"""

import html
import io
import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.http import QueryDict
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions.learners import erase_learner
from authoring.packs.models import LoadedPage
from authoring.questions.formats import WRITTEN, parse_question_text
from authoring.questions.formats.shapes import SHAPES
from authoring.questions.queries.plan import item_of
from authoring.review.queries.checks import checks_of
from authoring.review.queries.lesson_text import own_words
from course.models import CoursePage, LessonPage
from quizzes import kinds
from quizzes.actions.going_back import keep_what_is_right_now
from quizzes.forms.answers import fields_of, read_response
from quizzes.kinds import kind_of
from quizzes.kinds.single_choice import SingleChoice
from quizzes.models import Answer, Attempt, Grade
from quizzes.queries import attempts
from quizzes.queries.statistics import FEWEST, of_lesson
from quizzes.rules import item_rules, marking
from quizzes.rules.paper import Response
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer
from tests.authoring.packs import small_pack
from tests.factories import QuestionFactory, UserFactory, a_course, lessons_of
from tests.load.answering import respond
from tests.quizzes.editing import kept_fields, lesson_form
from tests.quizzes.test_inline import place
from tests.rooms import files_of_rooms
from tests.taking_quizzes import NAMES, form_of
from tests.training.proof import files_of, record_in
from tests.training.staff import a_member, a_team, a_trainer, an_assignment

pytestmark = pytest.mark.django_db

TRAITS = {"single_choice": {}, "multiple_response": {"multiple": True}}
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(params=kinds.NAMES)
def row(request):
    """A live question of each kind in turn, alone in its lesson."""
    lesson = lessons_of(a_course(lessons=1, questions=0))[0]
    trait = TRAITS.get(request.param, {request.param: True})
    return QuestionFactory(lesson=lesson, **trait)


@pytest.fixture
def lesson(row):
    row.lesson.save_revision().publish()
    return LessonPage.objects.get(pk=row.lesson_id)


@pytest.fixture
def quiz_url(lesson):
    return lesson.url + "quiz/"


def right_response(row):
    question = row.frozen()
    return kind_of(question).right_response(question)


def wrong_response(row):
    question = row.frozen()
    return kind_of(question).wrong_responses(question)[0]


def send(client, quiz_url, row, response):
    sent = fields_of(row.frozen(), response)
    fields = {name: sent.getlist(name) for name in sent}
    return form_of(client, quiz_url).send(client, follow=True, **fields)


def words_of(page):
    return " ".join(html.unescape(TAG.sub(" ", page.text)).split())


def swap_marks(stream):
    first, last = stream[0]["value"], stream[-1]["value"]
    first["right"], last["right"] = last["right"], first["right"]


def swap_matches(stream):
    first, second = stream[0]["value"], stream[1]["value"]
    first["match"], second["match"] = second["match"], first["match"]


def say_otherwise(stream):
    for number, option in enumerate(stream, start=20):
        option["value"]["text"] = str(number)


OTHER_KEYS = {
    "choices": swap_marks,
    "steps": lambda stream: stream.reverse(),
    "number": say_otherwise,
    "spellings": say_otherwise,
    "pairs": swap_matches,
}


def with_other_key(row):
    # A copy: versions made of one revision share what they hold.
    stream = json.loads(json.dumps(row.options.get_prep_value()))
    OTHER_KEYS[kinds.kind_named(row.kind).shape](stream)
    row.options = json.dumps(stream)
    return row


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
        "No format knows the shape “drawing” of the kind of question “unfinished”.",
        "The kind of question “unfinished” has no template "
        "quizzes/kinds/unfinished.html.",
        "The kind of question “unfinished” has no template "
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
    assert "app-feedback--wrong" in page.text


def test_not_sure_is_explained_without_blame(client, row, quiz_url):
    page = send(client, quiz_url, row, Response(not_sure=True))
    assert "Not sure yet? Here is the answer" in page.text
    assert "app-feedback--wrong" not in page.text


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
    filled += re.findall(
        r'name="[^"]*\.(?:place-[^"]*|typed)" value="([^"]*)"', page.text
    )
    for value in (value for name in sent for value in sent.getlist(name)):
        assert value in filled


def test_two_answers_are_shown_to_choose_between(client, row, lesson, quiz_url):
    QuestionFactory(lesson=lesson)
    stale = form_of(client, quiz_url)
    send(client, quiz_url, row, wrong_response(row))
    sent = fields_of(row.frozen(), right_response(row))
    fields = {name: sent.getlist(name) for name in sent}
    page = stale.send(client, follow=True, **fields)
    assert "You answered this question before" in page.text
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
    [record] = attempts.attempts_record(attempt.learner)
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
    for number in range(FEWEST):
        is_wrong = number < 4
        response = wrong_response(row) if is_wrong else right_response(row)
        send(Client(), quiz_url, row, response)
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
    assert 'data-answers="60 % right of 10"' in edit.text


def test_trainers_and_evidence_read_it_in_words(client, row, lesson, quiz_url):
    team = a_team()
    an_assignment(lesson.get_parent().specific, team)
    learners = [a_member(team) for _person in range(FEWEST)]
    for learner in learners:
        browser = Client()
        browser.force_login(learner.user)
        send(browser, quiz_url, row, wrong_response(row))
    client.force_login(a_trainer(team))
    report = client.get("/admin/training/reports/items/?format=csv&export=csv")
    assert report.status_code in (200, 302)
    evidence = client.get(f"/admin/training/people/{learners[0].uuid}/evidence.zip")
    record = record_in(files_of(evidence), learners[0])
    question = row.frozen()
    given = kind_of(question).in_words(question, wrong_response(row))
    assert json.dumps(given)[1:-1] in json.dumps(record)
    right = kind_of(question).right_in_words(question)
    assert json.dumps({"right": right})[1:-1] in json.dumps(record)


def test_the_rules_of_item_writing_and_content_health_read_it(row, lesson):
    findings = item_rules.find_item_faults([row.frozen()])
    assert all(finding.rule.startswith("item-") for finding in findings)
    [checks] = checks_of([lesson], timezone.localdate())
    assert checks.item_findings == findings
    bare = replace(row.frozen(), options=(), feedback="")
    assert item_rules.find_item_faults([bare])


def test_its_own_words_say_nothing_that_is_not_so(row):
    question = row.frozen()
    said = list(own_words(question))
    assert question.stem in said
    right = " ".join(kind_of(question).right_in_words(question))
    assert all(
        words in right for words in said if words and words == question.options[0].text
    )


def test_it_is_asked_in_the_text_of_its_lesson(client, row, lesson):
    place(lesson, row.handle)
    page = client.get(lesson.url)
    assert row.stem in page.text
    sent = fields_of(row.frozen(), right_response(row))
    named = {f"{row.handle}.shown.{name}": sent.getlist(name) for name in sent}
    answered = client.get(lesson.url, {"check": row.handle, **named})
    assert "That is right" in answered.text
    missing = client.get(
        lesson.url, {"check": row.handle, f"{row.handle}.shown.x": "1"}
    )
    assert "not sure yet”" in html.unescape(missing.text)
    assert not Attempt.objects.exists()


def test_the_editor_saves_it_as_it_is(client, row, lesson):
    before = row.frozen()
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert client.get(url).status_code == 200
    form = lesson_form(lesson, [kept_fields(row)]) | {"action-publish": "1"}
    assert client.post(url, form).status_code == 302
    assert lesson.questions.get().frozen() == before


def test_the_editor_says_what_it_still_needs(client, row, lesson):
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    unfinished = kept_fields(row, options={"count": "0"}, feedback="")
    page = client.post(url, lesson_form(lesson, [unfinished]) | {"action-publish": "1"})
    assert page.status_code == 200
    kind = kinds.kind_named(row.kind)
    [first, *_others] = kind.problems(replace(row.frozen(), options=()))
    assert first.fix in html.unescape(page.text)
    assert lesson.questions.get().frozen() == row.frozen()


def test_fields_of_other_kinds_are_refused_by_name(client, row, lesson):
    client.force_login(UserFactory(administrator=True))
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    filled = kept_fields(row, tolerance="1", unit="g")
    page = client.post(url, lesson_form(lesson, [filled]) | {"action-publish": "1"})
    unused = {"tolerance", "unit"} - kinds.kind_named(row.kind).question_fields
    for name in unused:
        told = f"a question of this kind has no “{name}”: leave it blank."
        assert told in html.unescape(page.text)
    assert page.status_code == (200 if unused else 302)


def test_a_pack_brings_it_back_the_same(row, tmp_path):
    packs = [tmp_path / name for name in ("own", "out")]
    packs[0].mkdir()
    call_command("load_course", str(small_pack.write(packs[0])), verbosity=0)
    course = CoursePage.objects.get(slug="small-course")
    row.lesson = lessons_of(course)[1]
    row.answered_in = "#only-part"
    row.save()
    call_command("export_course", course.slug, str(packs[1]), stdout=io.StringIO())
    course.delete()
    LoadedPage.objects.all().delete()
    call_command("load_course", str(packs[1]), verbosity=0)
    course = CoursePage.objects.get(slug="small-course")
    after = lessons_of(course)[1].questions.get().frozen()
    kind, before = kinds.kind_named(row.kind), row.frozen()
    assert _what_counts(after, kind) == _what_counts(before, kind)
    ids = [[option.id for option in each.options] for each in (before, after)]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("form", WRITTEN)
def test_a_format_brings_it_back_the_same(row, lesson, form):
    item = replace(item_of(row), critical=True)
    written = WRITTEN[form]([item], title="T", lesson_key=lesson.translation_key)
    [read] = parse_question_text(written.text).items
    kind = kinds.kind_named(row.kind)
    assert _what_counts(read.frozen(), kind) == _what_counts(item.frozen(), kind)
    assert (read.critical, read.review_status) == (True, "")


def _what_counts(question, kind):
    options = [
        {part: getattr(option, part) for part in {"text"} | kind.option_fields}
        for option in question.options
    ]
    fields = ("kind", "stem", "feedback", "sources", "tolerance", "unit")
    return [getattr(question, name) for name in fields], options


def test_made_up_people_answer_it(row):
    question = row.frozen()
    answers = [
        respond(random.Random(seed), question, 0)  # noqa: S311
        for seed in range(40)
    ]
    verdicts = {marking.is_right(question, a) for a in answers if not a.not_sure}
    assert verdicts == {True, False}


def test_a_forged_form_is_refused_or_read_without_what_no_database_holds(row):
    question = row.frozen()
    for name in ("choice", "typed", *(f"match-{o.id}" for o in question.options)):
        try:
            response = read_response(QueryDict(f"{name}=%00x"), question)
        except (UnknownOption, UnusableAnswer):
            continue
        assert response == Response(text="x")


def test_nobody_outside_asks_which_kind_a_question_is():
    """The formats alone name kinds: they say which one they have read."""
    named = "|".join(kinds.NAMES)
    asks = re.compile(rf'kind *(?:==|!=|in) *[("\[]|[=!]= *"(?:{named})"|ORDERING')
    root = Path(settings.BASE_DIR)
    found = [
        f"{path.relative_to(root)}: {line.strip()}"
        for path in files_of_rooms(".py", beside=("config",))
        for line in path.read_text().splitlines()
        if asks.search(line) and re.search(rf"ORDERING|\b(?:{named})\b", line)
    ]
    assert found == []
