"""Whatever changes what a page says is read by the next visitor, however it came."""

import datetime as dt
import json
import re
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Locale, PageViewRestriction, Site

from authoring.packs.queries import content_digest
from authoring.review.models import ClinicalReview
from course.models import CoursePage, FaqEntry, LessonPage
from home.models import InformationPage
from tests.factories import BODY, UserFactory, a_course, a_home, lessons_of
from tests.quizzes.regrading import draft_of

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.django_db(transaction=True),
    # Wagtail leaves the file open in which it made a rendition.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]


BERLIN = ZoneInfo("Europe/Berlin")
PACK = "stem-cell-therapy-for-hair-loss"


class Place:
    """A live course of two lessons, and another course."""

    def __init__(self):
        self.course, self.other = a_course(), a_course()
        self.lesson, self.second = lessons_of(self.course)
        for page in (self.course, self.lesson, self.second):
            page.save_revision().publish()

    def draft(self, **fields):
        """Return a saved revision of the first lesson with these fields."""
        draft = LessonPage.objects.get(pk=self.lesson.pk)
        for name, value in fields.items():
            setattr(draft, name, value)
        return draft.save_revision()

    def addresses(self):
        return ["/", self.course.url, self.other.url, self.lesson.url]


@pytest.fixture
def place():
    return Place()


def publish(place):
    place.draft(title="Another title").publish()


def publish_in_a_workflow_or_by_the_editor(place):
    """As the editor's button does, in a request of its own."""
    editor = Client()
    editor.force_login(UserFactory(administrator=True))
    place.draft(title="Another title")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    url = f"{url}?id={place.lesson.pk}"
    hidden = re.findall(
        r'type="hidden" name="(shown)" value="([^"]*)"', editor.get(url).text
    )
    shown = {name: value.replace("&quot;", '"') for name, value in hidden}
    assert editor.post(url, shown).status_code == 302


def publish_as_scheduled(place):
    soon = timezone.now() + dt.timedelta(hours=1)
    place.draft(title="Another title", go_live_at=soon).publish()
    with time_machine.travel(soon + dt.timedelta(minutes=1), tick=True):
        call_command("publish_scheduled")


def expire_as_scheduled(place):
    LessonPage.objects.filter(pk=place.lesson.pk).update(
        expire_at=timezone.now() - dt.timedelta(hours=1)
    )
    call_command("publish_scheduled")


def unpublish(place):
    place.lesson.unpublish()


def move_to_another_course(place):
    place.lesson.move(place.other, pos="last-child")


def delete(place):
    LessonPage.objects.get(pk=place.lesson.pk).delete()


def reorder(place):
    place.second.move(place.lesson, pos="left")


def give_another_address(place):
    place.draft(slug="elsewhere").publish()


def make_private(place):
    PageViewRestriction.objects.create(page=place.lesson, restriction_type="login")


def make_public_again(place):
    PageViewRestriction.objects.all().delete()


def root_the_site_elsewhere(place):
    Site.objects.update(root_page=place.course)
    Site.clear_site_root_paths_cache()


def add_to_the_navigation(place):
    call_command("load_pages", stdout=StringIO())


def take_from_the_navigation(place):
    InformationPage.objects.filter(slug="privacy").update(show_in_menus=False)


def sign_off(place):
    ClinicalReview.objects.create(
        page_key=place.lesson.translation_key,
        locale="en",
        revision=place.lesson.latest_revision_id or 1,
        sha256=content_digest.of_reviewed(place.lesson),
        name="Dr Hana Weiss",
        role="dermatologist",
        at=timezone.now(),
    )


def correct_a_word_of_the_questions(place):
    draft_of(place.lesson, given_answers="re_mark", main_message="Again.").publish()


def change_for_safety(place):
    draft_of(place.lesson, kind_of_change="safety").publish()


def change_in_bulk(place):
    lessons = list(LessonPage.objects.all())
    for lesson in lessons:
        lesson.main_message = "In bulk."
    LessonPage.objects.bulk_update(lessons, ["main_message"])


def create_in_bulk(place):
    FaqEntry.objects.bulk_create(
        FaqEntry(
            handle="new",
            question="Is it new?",
            answer="<p>Yes.</p>",
            lesson=place.lesson,
            locale=place.lesson.locale,
            sort_order=9,
        )
        for _one in range(1)
    )


def delete_in_bulk(place):
    FaqEntry.objects.all().delete()


def change_by_sql(place):
    with connection.cursor() as cursor:
        cursor.execute("update course_lessonpage SET main_message = %s", ["By hand."])


def change_by_sql_for_many(place):
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE course_lessonpage SET main_message = %s WHERE page_ptr_id = %s",
            [("By hand.", place.lesson.pk), ("By hand.", place.second.pk)],
        )


def add_a_picture(place):
    # Tests with real transactions empty PostgreSQL.
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    image = get_image_model().objects.create(
        title="A scalp", file=get_test_image_file(filename="scalp.png")
    )
    value = {"image": {"image": image.pk, "alt_text": "A scalp"}, "caption": "Day 1"}
    block = {"type": "image", "id": "p9", "value": value}
    place.draft(body=json.dumps([*BODY, block])).publish()


CHANGES = [
    publish,
    publish_in_a_workflow_or_by_the_editor,
    publish_as_scheduled,
    expire_as_scheduled,
    unpublish,
    move_to_another_course,
    delete,
    reorder,
    give_another_address,
    make_private,
    root_the_site_elsewhere,
    add_to_the_navigation,
    sign_off,
    correct_a_word_of_the_questions,
    change_for_safety,
    change_in_bulk,
    create_in_bulk,
    delete_in_bulk,
    change_by_sql,
    change_by_sql_for_many,
    add_a_picture,
]


def read_all(visitor, paths):
    return {path: anonymous(visitor.get(path)) for path in paths}


def anonymous(answer):
    return answer.status_code, answer.get("Location"), answer.content


def built_now(paths):
    """Return what is true now: nothing is kept or remembered."""
    with override_settings(KEEPS_PAGES=False):
        return read_all(Client(), paths)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_next_visitor_reads_it(place, visitor, change):
    paths = place.addresses()
    before = read_all(visitor, paths)
    assert read_all(visitor, paths) == before
    change(place)
    after = read_all(visitor, paths)
    assert after == built_now(paths)
    assert after != before


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_next_learner_reads_it(place, change):
    """Any cookie has a page built, out of what is remembered."""
    somebody = Client()
    somebody.cookies["theme"] = "dark"
    paths = [*place.addresses(), f"{place.lesson.url}quiz/1/"]
    before = read_all(somebody, paths[:-1])
    assert read_all(somebody, paths[:-1]) == before
    somebody.get(paths[-1])
    change(place)
    somebody = Client()
    somebody.cookies["theme"] = "dark"
    after = read_all(somebody, paths)
    now = built_now(paths)
    assert after[paths[-1]][0] == now[paths[-1]][0]
    assert [after[path] for path in paths[:-1]] == [now[path] for path in paths[:-1]]


def test_a_page_that_is_public_again_is_kept_again(place, visitor):
    path = place.lesson.url
    make_private(place)
    assert visitor.get(path).status_code == 302
    make_public_again(place)
    assert visitor.get(path).status_code == 200
    assert visitor.get(path)["Cache-Control"] == "no-cache"


def test_a_review_date_that_passes_at_midnight_is_told_then(place, visitor, settings):
    settings.TIME_ZONE = "Europe/Berlin"
    LessonPage.objects.update(next_check=dt.date(2027, 5, 1))
    with time_machine.travel(dt.datetime(2027, 5, 1, 23, 59, 50, tzinfo=BERLIN)):
        before = visitor.get(place.lesson.url).text
        assert visitor.get(place.lesson.url).text == before
    with time_machine.travel(dt.datetime(2027, 5, 2, 0, 0, 1, tzinfo=BERLIN)):
        after = visitor.get(place.lesson.url).text
        assert after == built_now([place.lesson.url])[place.lesson.url][2].decode()
    assert after != before


def test_a_translation_is_read_once_it_is_live(place, visitor):
    german = Locale.objects.create(language_code="de")
    path = "/de/"
    assert visitor.get(path).status_code == 404
    home = a_home()
    translated = home.copy_for_translation(german)
    translated.slug, translated.title, translated.live = "de", "Startseite", True
    translated.save()
    Site.objects.update(root_page=translated)
    Site.clear_site_root_paths_cache()
    for _time in range(2):
        assert "Startseite" in visitor.get("/").text


def test_a_command_loads_a_course_and_it_is_there(visitor):
    a_home()
    before = visitor.get("/").text
    pack = settings.BASE_DIR / "course" / "content" / PACK
    call_command("load_course", str(pack), stdout=StringIO())
    after = visitor.get("/").text
    assert after == built_now(["/"])["/"][2].decode()
    assert CoursePage.objects.live().get().title in after
    assert after != before
