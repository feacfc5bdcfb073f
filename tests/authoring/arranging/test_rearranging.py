"""A course rearranged on one page: drafts, answers, conflicts and permissions."""

import json
import uuid

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry

from authoring.arranging.actions import UnableToRearrange, rearrange_course
from authoring.arranging.queries import draft_outline
from course.models import LessonPage
from quizzes.models import Answer, Question
from tests.factories import (
    FaqEntryFactory,
    QuestionFactory,
    UserFactory,
    a_course,
    lessons_of,
)
from tests.roles import a_person
from tests.taking_quizzes import give_answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    author = a_person("Author")
    client.force_login(author)
    return author


@pytest.fixture
def administrator(client):
    administrator = a_person("Administrator")
    client.force_login(administrator)
    return administrator


@pytest.fixture
def course():
    return a_course(lessons=2, questions=2)


def published(course):
    for lesson in lessons_of(course):
        lesson.save_revision().publish()
    return lessons_of(course)


def draft(lesson):
    return LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()


def stems(lesson):
    return [question.stem for question in lesson.questions.all()]


def marks_of(course, user):
    """Return lesson marks, each with the marks of its entries."""
    lessons = draft_outline(course, user).lessons
    return {lesson.mark: [e.mark for e in lesson.entries] for lesson in lessons}


def flat(places):
    return [mark for lesson, held in places.items() for mark in (lesson, *held)]


def rearrange(course, user, places, seen=None):
    seen = seen or draft_outline(course, user).versions
    return rearrange_course(course=course, marks=flat(places), seen=seen, user=user)


def move_first_question(course, user, **options):
    """Move the first question of the first lesson to the end of the second."""
    places = marks_of(course, user)
    one, two = places.values()
    two.append(one.pop(0))
    return rearrange(course, user, places, **options)


def url(course):
    return reverse("course_outline", args=[course.pk])


def posted(page):
    """Return what the form of the page would post, but for its buttons."""
    form = BeautifulSoup(page.text, "html.parser").select_one("main form")
    fields = {}
    for field in form.select('input[type="hidden"]'):
        fields.setdefault(field["name"], []).append(field["value"])
    return fields


def test_a_moved_question_is_in_both_drafts_and_nothing_is_published(course, author):
    first, second = published(course)
    [stem, other] = stems(first)

    move_first_question(course, author)

    assert stems(draft(first)) == [other]
    assert stems(draft(second))[-1] == stem
    assert stem in stems(LessonPage.objects.get(pk=first.pk))
    assert LessonPage.objects.get(pk=second.pk).has_unpublished_changes


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_lessons_can_be_published_in_any_order(course, author, order):
    lessons = published(course)
    stem = stems(lessons[0])[0]

    move_first_question(course, author)
    for number in order:
        draft(lessons[number]).latest_revision.publish()

    [question] = Question.objects.filter(stem=stem)
    assert question.lesson_id == lessons[1].pk


def test_answers_stay_with_the_lesson_they_were_given_in(client, course, author):
    first, second = published(course)
    moved = first.questions.first()
    give_answers(first, "Right", "Wrong")
    answers = list(Answer.objects.values_list("question_key", "attempt__lesson_key"))

    move_first_question(course, author)
    for lesson in (first, second):
        draft(lesson).latest_revision.publish()

    assert (
        list(Answer.objects.values_list("question_key", "attempt__lesson_key"))
        == answers
    )
    there = Question.objects.get(stem=moved.stem)
    assert not Answer.objects.filter(question_key=there.translation_key).exists()
    assert [option.id for option in there.options] == [o.id for o in moved.options]


def test_the_same_move_in_another_language_gives_the_same_key(client, course, author):
    locale = Locale.objects.create(language_code="es")
    course.get_parent().copy_for_translation(locale)
    spanish = course.copy_for_translation(locale)
    for lesson in lessons_of(course):
        lesson.copy_for_translation(locale)

    places = marks_of(course, author)
    one, two = places.values()
    two.append(one.pop(0))
    fields = {"place": flat(places), "seen": draft_outline(course, author).versions}
    checked = client.post(url(course), fields | {"check": ""})
    for each in (course, spanish):
        move_first_question(each, UserFactory(administrator=True))

    assert "The other languages of this course keep their outline" in checked.text
    english, other = (lessons_of(each)[1] for each in (course, spanish))
    keys = [
        [q.translation_key for q in draft(p).questions.all()] for p in (english, other)
    ]
    assert keys[0] == keys[1]


def test_a_question_that_comes_back_unchanged_is_the_one_it_was(course, author):
    first, _second = published(course)
    moved = first.questions.first()
    move_first_question(course, author)

    places = marks_of(course, author)
    one, two = places.values()
    one.insert(0, two.pop(2))
    rearrange(course, author, places)
    draft(first).latest_revision.publish()

    assert Question.objects.get(pk=moved.pk).translation_key == moved.translation_key


def test_a_moved_question_loses_its_passage_unless_that_moves_along(course, author):
    first, second = lessons_of(course)
    entry = first.faq_entries.get()
    for answered_in in (f"faq:{entry.handle}", "#first-part"):
        QuestionFactory(lesson=first, answered_in=answered_in)

    places = marks_of(course, author)
    one, two = places.values()
    two += one
    one.clear()
    rearrange(course, author, places)

    now = [question.answered_in for question in draft(second).questions.all()]
    assert now[-2:] == [f"faq:{entry.handle}", ""]


def test_the_order_of_lessons_changes_at_once_and_is_logged(course, administrator):
    first, second = lessons_of(course)
    places = marks_of(course, administrator)

    done = rearrange(course, administrator, dict(reversed(places.items())))

    assert done.is_reordered
    assert done.drafts == []
    assert [page.pk for page in lessons_of(course)] == [second.pk, first.pk]
    assert PageLogEntry.objects.get(action="wagtail.reorder").user == administrator


def test_an_author_cannot_change_the_order_that_readers_see(client, course, author):
    places = marks_of(course, author)

    with pytest.raises(UnableToRearrange, match="may not change the order"):
        rearrange(course, author, dict(reversed(places.items())))
    assert 'value="lesson-' not in "".join(
        str(button)
        for button in BeautifulSoup(client.get(url(course)).text, "html.parser").select(
            "button"
        )
    )


def test_a_move_is_in_the_history_of_both_lessons(client, course, author):
    first, second = lessons_of(course)
    move_first_question(course, author)

    for lesson in (first, second):
        history = client.get(reverse("wagtailadmin_pages:history", args=[lesson.pk]))
        assert f"from “{first.title}” to “{second.title}”" in history.text


def test_nothing_moves_if_somebody_saved_a_newer_version(course, author):
    first, second = published(course)
    seen = draft_outline(course, author).versions
    changed = draft(second)
    changed.main_message = "Another."
    changed.save_revision(user=author)

    with pytest.raises(UnableToRearrange, match=f"changed “{second.title}”"):
        move_first_question(course, author, seen=seen)
    assert len(stems(draft(first))) == 2


def test_nothing_moves_if_one_of_the_lessons_is_locked(course, author, administrator):
    first, second = published(course)
    LessonPage.objects.filter(pk=second.pk).update(locked=True, locked_by=administrator)

    with pytest.raises(
        UnableToRearrange, match=f"“{second.title}”: This lesson is locked"
    ):
        move_first_question(course, author)
    assert len(stems(draft(first))) == 2


def test_nothing_moves_to_a_lesson_that_has_the_id(course, author):
    first, second = lessons_of(course)
    handle = first.questions.first().handle
    QuestionFactory(lesson=second, handle=handle)

    with pytest.raises(UnableToRearrange, match=f"the id “{handle}”"):
        move_first_question(course, author)


def test_the_page_moves_checks_and_saves_without_scripts(client, course, author):
    first, second = published(course)
    stem = stems(first)[1]
    mark = f"question-{first.pk}-{first.questions.last().translation_key}"

    arranged = client.post(
        url(course), posted(client.get(url(course))) | {"down": mark}
    )
    checked = client.post(url(course), posted(arranged) | {"check": ""})
    saved = client.post(url(course), posted(checked) | {"save": ""}, follow=True)

    assert "Answers, attempts and statistics stay" in checked.text
    assert "“Answered in” is emptied" in checked.text
    assert f"Saved as drafts: “{first.title}” and “{second.title}”" in saved.text
    assert stems(draft(second))[0] == stem


def test_several_that_are_ticked_move_to_the_lesson_chosen(client, course, author):
    _first, second = lessons_of(course)
    one, two = marks_of(course, author).values()
    button = {"move": "", "ticked": one, "to": str(second.pk)}

    arranged = client.post(url(course), posted(client.get(url(course))) | button)

    assert posted(arranged)["place"][2:] == [two[0], two[1], *one[:2], two[2], one[2]]


def test_what_was_arranged_is_kept_when_it_cannot_be_saved(client, course, author):
    first, second = published(course)
    one, _two = marks_of(course, author).values()
    button = {"move": "", "ticked": one[:1], "to": str(second.pk)}
    arranged = client.post(url(course), posted(client.get(url(course))) | button)
    draft(second).save_revision(user=author)

    answer = client.post(url(course), posted(arranged) | {"save": ""})

    assert "Nothing was changed" in answer.text
    assert posted(answer)["place"] == posted(arranged)["place"]
    assert (
        "Saved as drafts"
        in client.post(url(course), posted(answer) | {"save": ""}, follow=True).text
    )
    assert len(stems(draft(first))) == 1


def test_a_block_that_asks_the_question_is_named(client, course, author):
    first, _second = lessons_of(course)
    moved = first.questions.first()
    block = {"question": moved.handle}
    body = [{"type": "check_yourself", "id": str(uuid.uuid4()), "value": block}]
    LessonPage.objects.filter(pk=first.pk).update(body=json.dumps(body))
    places = marks_of(course, author)
    one, two = places.values()
    two.append(one.pop(0))

    fields = {"place": flat(places), "seen": draft_outline(course, author).versions}
    checked = client.post(url(course), fields | {"check": ""})

    assert (
        f"A block “Check yourself” in the text of “{first.title}” asks it"
        in checked.text
    )


def test_nonsense_posted_changes_nothing(client, course, author):
    for nonsense in ({"up": "x"}, {"move": "", "to": "²", "ticked": "x"}, {"save": ""}):
        answer = client.post(url(course), {"place": "lesson-0", "seen": "x"} | nonsense)
        assert answer.status_code == 200
    assert not PageLogEntry.objects.filter(action="authoring.rearrange").exists()


def queries_for(course, user, client):
    client.get(url(course))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(url(course))
    return len(captured)


@pytest.mark.sweep
def test_more_questions_need_no_more_queries(client, course, author):
    few = queries_for(course, author, client)
    for lesson in lessons_of(course):
        QuestionFactory.create_batch(20, lesson=lesson)
        FaqEntryFactory.create_batch(20, lesson=lesson)

    assert queries_for(course, author, client) == few
