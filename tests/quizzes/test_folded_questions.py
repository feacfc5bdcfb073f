"""Questions that nobody opened are not built, and are saved as they were."""

import json
import re
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.test.utils.form_data import nested_form_data

from course.models import LessonPage
from course.panels.folding import OPEN_AT_MOST, fields_as_posted
from course.rules.folded_fields import HEAD
from quizzes.models import Question
from tests.editor_form import fields_shown
from tests.factories import UserFactory, a_course, lessons_of, made_options
from tests.quizzes.editing import kept_fields, lesson_form, question_fields

pytestmark = [pytest.mark.django_db, pytest.mark.long]

AUTOSAVE = {"headers": {"accept": "application/json"}}
AMONG = ("FORMS", "ORDER", "DELETE")
BESIDE = {"id", "lesson", "locale"}
LINES = "One & two = 50% + “three”;\nand four\t<b>¿cómo?</b>"
TEXTS = st.text(st.characters(exclude_categories=["C"]))
OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"text": TEXTS, "match": TEXTS, "feedback": TEXTS, "right": st.booleans()}
    )
)


@pytest.fixture
def lesson():
    lesson = lessons_of(a_course(lessons=1, questions=6))[0]
    first, second, *_others = lesson.questions.all()
    first.stem, first.critical, first.kind = LINES, True, "numeric"
    first.tolerance, first.unit, first.review_status = "0.5", "%", "to_check"
    first.save()
    second.options = json.loads(made_options({"text": LINES}, {"right": True}))
    second.save()
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.save_revision()
    return lesson


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(administrator=True))
    return client


def edit_url(lesson):
    return reverse("wagtailadmin_pages:edit", args=[lesson.pk])


def opened(editor, lesson, url=None):
    """Return what the open page would post, with the text that a script builds."""
    shown = dict(fields_shown(editor.get(url or edit_url(lesson))))
    built = lesson_form(lesson, [])
    blocks = {n: v for n, v in built.items() if n.startswith(("body-", "in_short-"))}
    return shown | blocks


def content_of(questions):
    fields = [f.attname for f in Question._meta.fields if f.name not in BESIDE]
    return [
        {name: getattr(one, name) for name in fields}
        | {
            "options": json.dumps(list(one.options.raw_data), sort_keys=True),
            "sort_order": place,
        }
        for place, one in enumerate(questions)
    ]


def draft_of(lesson):
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def drafted(lesson):
    return content_of(draft_of(lesson).questions.all())


def live(lesson):
    return content_of(Question.objects.filter(lesson=lesson).order_by("sort_order"))


def parts_of(form):
    """Return the questions' fields alone, which a page posts in any order."""
    return {name: value for name, value in form.items() if "questions-" in name}


def built(number, question, **changes):
    """Return what a question that was opened posts, besides its head."""
    fields = nested_form_data({f"questions-{number}": kept_fields(question, **changes)})
    return {n: v for n, v in fields.items() if n.rpartition("-")[2] not in HEAD} | {
        f"questions-{number}-options-{place}-id": option.id
        for place, option in enumerate(question.options)
    }


def test_a_folded_question_has_its_head_its_state_and_one_field(editor, lesson):
    page = BeautifulSoup(editor.get(edit_url(lesson)).content, "html.parser")
    child = page.select_one("#inline_child_questions-3")
    names = {field["name"] for field in child.select("[name]")}
    assert names == {f"questions-3-{name}" for name in (*HEAD, "folded")}
    assert child.select_one("[data-question-state]")


def test_a_few_questions_are_open(editor):
    lesson = lessons_of(a_course(lessons=1, questions=OPEN_AT_MOST))[0]
    shown = opened(editor, lesson)
    assert f"questions-{OPEN_AT_MOST - 1}-stem" in shown
    assert not [name for name in shown if name.endswith("-folded")]


def test_it_is_read_as_if_it_were_open(editor, lesson):
    form_class = LessonPage.get_edit_handler().get_form_class()
    posted = QueryDict(mutable=True)
    posted.update(opened(editor, lesson))
    read = form_class(posted, instance=lesson).data.dict()
    kept = lesson_form(lesson, [kept_fields(one) for one in lesson.questions.all()])
    assert read == read | {
        n: v for n, v in parts_of(kept).items() if not n.endswith(AMONG)
    }
    assert read["questions-0-critical"] == "on"
    assert "questions-1-critical" not in read


@pytest.mark.parametrize("way", [{}, AUTOSAVE])
def test_nothing_that_was_not_opened_is_lost(editor, lesson, way):
    before = live(lesson)
    form = opened(editor, lesson) | {"main_message": "Typed."}
    assert editor.post(edit_url(lesson), form, **way).status_code in {200, 302}
    assert draft_of(lesson).main_message == "Typed."
    assert drafted(lesson) == before


def test_what_was_not_opened_is_published_as_it_was(editor):
    lesson = lessons_of(a_course(lessons=1, questions=6))[0]
    before = live(lesson)
    form = opened(editor, lesson) | {"action-publish": "action-publish"}
    response = editor.post(edit_url(lesson), form)
    assert response.status_code == 302, response.context["form"].errors
    assert live(lesson) == before


def test_questions_are_moved_and_deleted_without_being_opened(editor, lesson):
    before = live(lesson)
    places = {0: 3, 1: 1, 2: 2, 3: 4, 4: 5, 5: 6}
    moved = {f"questions-{n}-ORDER": str(place) for n, place in places.items()}
    form = opened(editor, lesson) | moved | {"questions-4-DELETE": "1"}
    editor.post(edit_url(lesson), form)
    order = [before[number] for number in (1, 2, 0, 3, 5)]
    assert drafted(lesson) == [
        one | {"sort_order": place} for place, one in enumerate(order)
    ]


def test_one_that_was_opened_is_changed_and_no_other(editor, lesson):
    before = live(lesson)
    form = opened(editor, lesson)
    del form["questions-2-folded"]
    form |= built(2, lesson.questions.all()[2], stem="Changed?")
    editor.post(edit_url(lesson), form)
    before[2]["stem"] = "Changed?"
    assert drafted(lesson) == before


def test_a_question_that_was_never_live_keeps_its_key_and_its_text(editor, lesson):
    kept = [kept_fields(one) for one in lesson.questions.all()]
    new = question_fields("What is new?")
    editor.post(edit_url(lesson), lesson_form(lesson, [*kept, new]))
    before = drafted(lesson)
    assert len(before) == 7
    for _time in range(2):
        editor.post(edit_url(lesson), opened(editor, lesson))
        assert drafted(lesson) == before


def test_the_faulty_question_is_open_when_the_page_comes_back(editor, lesson):
    form = opened(editor, lesson) | {"action-publish": "action-publish"}
    shown = dict(fields_shown(editor.post(edit_url(lesson), form)))
    assert shown["questions-0-stem"].strip() == LINES
    assert "questions-5-folded" in shown
    again = opened(editor, lesson) | parts_of(shown)
    for number, faulty in enumerate(lesson.questions.all()[:2]):
        again |= built(number, faulty)
    before = live(lesson)
    editor.post(edit_url(lesson), again)
    assert drafted(lesson) == before


def test_what_a_tab_showed_is_what_it_saves(editor, lesson):
    """As with open questions: its author has not seen what another tab saved."""
    before = live(lesson)
    first_tab = opened(editor, lesson)
    other = opened(editor, lesson) | built(4, lesson.questions.all()[4], stem="B?")
    editor.post(edit_url(lesson), other)
    assert drafted(lesson)[4]["stem"] == "B?"
    editor.post(edit_url(lesson), first_tab)
    assert drafted(lesson) == before


def test_going_back_to_an_older_version_goes_back_for_all(editor, lesson):
    older = lesson.save_revision()
    before = live(lesson)
    kept = [kept_fields(one, stem="Newer?") for one in lesson.questions.all()]
    editor.post(edit_url(lesson), lesson_form(lesson, kept))
    assert {one["stem"] for one in drafted(lesson)} == {"Newer?"}
    url = reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, older.pk])
    form = opened(editor, lesson, url) | {"revision": str(older.pk)}
    editor.post(edit_url(lesson), form)
    assert [one["stem"] for one in drafted(lesson)] == [one["stem"] for one in before]


def test_the_preview_shows_what_was_not_opened(editor, lesson):
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert editor.post(url, opened(editor, lesson)).json()["is_valid"]
    fourth = lesson.questions.all()[3]
    assert fourth.stem in editor.get(url, {"mode": "quiz"}).text


def test_a_forged_field_with_too_many_parts_is_refused(editor, lesson):
    posted = QueryDict(urlencode({"questions-0-folded": "a=b&" * 20_000}))
    with pytest.raises(TooManyFieldsSent):
        LessonPage.get_edit_handler().get_form_class()(posted, instance=lesson)


@given(TEXTS, OPTIONS, st.booleans())
def test_any_question_is_posted_as_its_widgets_read_it(stem, options, critical):
    question = Question(stem=stem, critical=critical)
    question.options = json.loads(made_options(*options))
    formset = LessonPage.get_edit_handler().get_form_class().formsets["questions"]
    form = formset.form(instance=question)
    posted = QueryDict(mutable=True)
    for name, value in fields_as_posted(form):
        posted.appendlist(name, value)
    read = {
        name: field.widget.value_from_datadict(posted, {}, name)
        for name, field in form.fields.items()
    }
    assert read["stem"] == stem
    assert read["critical"] == critical
    assert list(read["options"].get_prep_value()) == list(
        question.options.get_prep_value()
    )


@pytest.mark.sweep
def test_a_folded_question_adds_little_to_the_page(editor):
    def size_and_fields(number):
        lesson = lessons_of(a_course(lessons=1, questions=number))[0]
        html = re.sub(r"\s+", " ", editor.get(edit_url(lesson)).text)
        return len(html), len(BeautifulSoup(html, "html.parser").select("*"))

    (size, nodes), (more_size, more_nodes) = size_and_fields(10), size_and_fields(20)
    assert more_nodes - nodes < 10 * 60
    assert more_size - size < 10 * 8_000
