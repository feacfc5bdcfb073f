"""GET and HEAD, prefetches among them, change nothing that matters: every address.

Everybody opens every address with both, and the tables are compared before and after.
"""

import hashlib

import pytest
from django.apps import apps
from django.db import connection
from wagtail.documents.models import Document
from wagtail.images.models import Image

from course.models import LessonPage
from quizzes.models import Attempt, Grade
from tests.factories import lessons_of
from tests.permission_rules import PEOPLE
from tests.quizzes.regrading import draft_of
from tests.roles import NAMES
from tests.taking_quizzes import give_first_options
from tests.test_permission_walk import (
    course,
    in_order,
    lesson,
    place,
    somebody,
)
from tests.walking_urls import every_address

__all__ = ["course", "lesson", "place"]

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.django_db,
    # Wagtail leaves the file open in which it made a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]

# What a GET may write, since it tells nothing about anybody's learning or pages.
HARMLESS = {
    "sessions.Session": "Signing out by a link, and what a page remembers for a form.",
    "wagtailimages.Rendition": "A picture in a size asked for the first time.",
    "wagtailcore.PageSubscription": "Made by Wagtail's editor, with all mail off.",
    "wagtailadmin.EditingSession": "Who has an editor open now.",
    "wagtailusers.UserProfile": "Settings of the admin, all of them at their start.",
}
# And rows of tables that matter otherwise: that evidence was taken out is written
# down each time it is, as every look at such files has to be.
HARMLESS_ROWS = {"wagtailcore.ModelLogEntry": "action <> 'training.exported'"}


def contents():
    """Return table → digest of its rows, of all tables that matter."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.label in HARMLESS or model._meta.proxy:
                continue
            table, key = model._meta.db_table, model._meta.pk.column
            matters = HARMLESS_ROWS.get(model._meta.label, "1 = 1")
            cursor.execute(
                f'SELECT * FROM "{table}" WHERE {matters} ORDER BY "{key}"'  # noqa: S608
            )
            digest = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
            found[model._meta.label] = digest
    return found


def measure_files():
    """Have Wagtail write down sizes and digests of files, as it does at a first look."""
    for file in (*Image.objects.all(), *Document.objects.all()):
        file.get_file_size()
        file.get_file_hash()


def open_both(client, path):
    for method in (client.head, client.get):
        response = method(path)
        b"".join(response.streaming_content if response.streaming else [])


def with_news(client, lesson):
    """Finish the quiz, change its key so that there is a notice."""
    give_first_options(client, lesson)
    draft_of(lesson, given_answers="re_mark").publish()
    return lesson.url + "quiz/result/"


def below(lesson):
    """Return the addresses below the lesson, each part filled in with 1."""
    for address in every_address("quizzes.urls.quiz"):
        yield lesson.url + address.filled(lambda *_: 1).removeprefix("/")


# Staff get answers from all of Wagtail, which takes long; these see less of the same.
SEES_LESS = {"Author": [pytest.mark.again], "Reviewer": [pytest.mark.again]}
EVERYBODY = [
    pytest.param(
        who, marks=[pytest.mark.sweep, *SEES_LESS.get(who, [])] if who in NAMES else []
    )
    for who in PEOPLE
]


@pytest.mark.parametrize("who", EVERYBODY)
def test_results_and_progress_are_read_without_a_trace(who, course, lesson):
    client = somebody(who, lesson)
    finished = lessons_of(course)[1]
    result = with_news(client, finished)
    attempt = Attempt.objects.submitted().get()
    before = contents()
    for path in (
        result,
        *below(lesson),
        *below(finished),
        lesson.url,
        course.url,
        "/progress/",
        f"/progress/results/{attempt.uuid}/",
        f"/progress/results/{attempt.uuid}/seen/",
    ):
        open_both(client, path)
    after = contents()
    assert {name for name in after if after[name] != before[name]} == set()
    assert "I have read this" in client.get(result).text


def test_a_result_that_was_never_marked_is_read_without_a_trace(course, lesson):
    client = somebody("visitor", lesson)
    give_first_options(client, lesson)
    Grade.objects.all()._raw_delete("default")
    before = contents()
    open_both(client, LessonPage.objects.get(pk=lesson.pk).url + "quiz/result/")
    assert contents() == before


@pytest.mark.parametrize("third", range(3))
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_is_read_without_a_trace(who, third, lesson, place):
    client = somebody(who, lesson)
    paths = [place.path_to(address) for address in in_order()[third::3]]
    measure_files()
    before = contents()
    for path in paths:
        open_both(client, path)
    after = contents()
    assert {name for name in after if after[name] != before[name]} == set()
