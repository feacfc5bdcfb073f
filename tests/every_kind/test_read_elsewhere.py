"""Each kind is read by trainers, authors, reviewers, packs and other systems."""

import html
import io
import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.identity import Identity
from authoring.packs.models import LoadedPage
from authoring.questions.formats import WRITTEN, parse_question_text
from authoring.questions.queries.plan import item_of
from authoring.review.queries.checks import checks_of
from authoring.review.queries.lesson_text import own_words
from course.models import CoursePage
from quizzes import kinds
from quizzes.forms.answers import fields_of, read_response
from quizzes.kinds import kind_of
from quizzes.models import Attempt
from quizzes.rules import item_rules, marking
from quizzes.rules.groups import FEWEST
from quizzes.rules.paper import Response
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer
from tests.authoring.packs import small_pack
from tests.every_kind.sending import (
    right_response,
    send,
    wrong_response,
)
from tests.factories import UserFactory, lessons_of
from tests.load.answering import respond
from tests.quizzes.editing import kept_fields, lesson_form
from tests.quizzes.test_inline import place
from tests.rooms import files_of_rooms
from tests.taking_quizzes import give_response
from tests.training.proof import files_of, record_in
from tests.training.staff import a_member, a_team, a_trainer, an_assignment

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


def test_trainers_and_evidence_read_it_in_words(client, row, lesson, quiz_url):
    team = a_team()
    an_assignment(lesson.get_parent().specific, team)
    learners = [a_member(team) for _person in range(FEWEST)]
    browser = Client()
    browser.force_login(learners[0].user)
    send(browser, quiz_url, row, wrong_response(row))
    for learner in learners[1:]:
        who = Identity.of_account(learner.user)
        give_response(lesson, who, str(row.translation_key), wrong_response(row))
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
    # A tolerance changes what is right.
    sent = {"action-publish": "1", "kind_of_change": "content"}
    page = client.post(url, lesson_form(lesson, [filled]) | sent)
    unused = {"tolerance", "unit"} - kinds.kind_named(row.kind).question_fields
    for name in unused:
        told = f"leave “{name}” blank for this kind of question."
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
    written = WRITTEN[form].write([item], title="T", lesson_key=lesson.translation_key)
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
