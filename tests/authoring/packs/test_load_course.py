"""Loading a pack: all or nothing, twice is once, and editors keep what they wrote."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page, Revision

from authoring.packs import actions
from authoring.packs.models import LoadedPage
from authoring.packs.queries import plan
from authoring.packs.rules import reading
from course.blocks.draftail import normal_form
from course.models import CoursePage, LessonPage
from quizzes.models import Question
from tests.authoring.packs import small_pack
from tests.authoring.packs.small_pack import FIRST, SECOND
from tests.factories import a_translation, publish_signed
from tests.statements import statements_of, writes_in

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.fixture
def folder(tmp_path):
    return small_pack.write(tmp_path)


def load(folder, **options):
    out = io.StringIO()
    call_command("load_course", str(folder), stdout=out, **options)
    return out.getvalue()


def rewrite(folder, old, new, file="1-first.md"):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def first():
    return LessonPage.objects.get(slug="first")


def slugs():
    return [page.slug for page in CoursePage.objects.get().get_children()]


class TestNewPack:
    def test_course_and_lessons_are_published_in_their_order(self, folder, client):
        told = load(folder)
        assert told.splitlines() == [
            "Course “A small course”: add",
            "Lesson “First lesson”: add",
            "Lesson “Second lesson”: add",
        ]
        assert slugs() == ["first", "second"]
        assert all(page.live for page in Page.objects.all())
        assert client.get("/small-course/first/").status_code == 200

    def test_everything_in_the_pack_is_there(self, folder):
        load(folder)
        course, lesson = CoursePage.objects.get(), first()
        welcome = "<p>Welcome to the <b>course</b>.</p>"
        assert course.introduction == normal_form(welcome)
        assert [source.handle for source in course.sources.all()] == ["S1", "S2"]
        assert [term.handle for term in course.glossary_terms.all()] == ["follicle"]
        assert [entry.handle for entry in lesson.faq_entries.all()] == ["is-it-safe"]
        assert len(lesson.body) == 24
        assert [row.text for row in lesson.questions_to_ask.all()] == ["Who makes it?"]
        assert lesson.minutes == 8
        assert LessonPage.objects.get(slug="second").written_by == "Somebody else"

    def test_questions_are_sound(self, folder):
        load(folder)
        single, order = first().questions.all()
        assert (single.kind, order.kind) == ("single_choice", "ordering")
        assert single.critical
        assert not order.critical
        assert order.sources == "S1, S2"
        assert single.problems == order.problems == []

    def test_every_page_has_one_revision_and_no_draft(self, folder):
        load(folder)
        assert Revision.objects.count() == 3
        assert not Page.objects.filter(has_unpublished_changes=True).exists()

    def test_a_dry_run_writes_nothing(self, folder):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            told = load(folder, dry_run=True)
        assert "Lesson “First lesson”: add" in told
        assert told.endswith("Nothing was written.\n")
        written = [q for q in queries if not q["sql"].startswith("SELECT")]
        assert written == []

    def test_it_is_all_or_nothing(self, folder, monkeypatch):
        def fail(*_args):
            raise InterruptedError

        monkeypatch.setattr(actions, "_arrange", fail)
        with pytest.raises(InterruptedError):
            load(folder)
        assert not CoursePage.objects.exists()
        assert not Revision.objects.exists()
        assert not LoadedPage.objects.exists()

    def test_a_broken_last_lesson_keeps_the_others_out(self, folder):
        rewrite(folder, "minutes: 5", "minutes: five", "2-second.md")
        with pytest.raises(CommandError) as error:
            load(folder)
        assert error.value.returncode == 1
        assert "2-second.md:4: “minutes” must be a whole number" in str(error.value)
        assert not CoursePage.objects.exists()

    def test_a_folder_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(CommandError, match="does not exist"):
            load(tmp_path / "nowhere")

    def test_a_language_that_is_not_set_up_is_refused(self, folder):
        rewrite(folder, "locale: en", "locale: cy", "course.md")
        with pytest.raises(CommandError, match=r"course.md:5: .*has no language “cy”"):
            load(folder)

    def test_a_course_in_another_language_needs_a_home_page_in_it(self, folder):
        Locale.objects.create(language_code="es")
        rewrite(folder, "locale: en", "locale: es", "course.md")
        with pytest.raises(CommandError, match=r"course.md:5: .*no home page"):
            load(folder)

    def test_the_same_pack_in_another_language_is_the_same_course(self, folder):
        load(folder)
        english = CoursePage.objects.get()
        spanish = a_translation(english.get_parent().specific)
        rewrite(folder, "locale: en", "locale: es", "course.md")
        load(folder)
        course = CoursePage.objects.child_of(spanish).get()
        assert course.translation_key == english.translation_key
        keys = LessonPage.objects.child_of(english).values_list("translation_key")
        assert set(
            LessonPage.objects.child_of(course).values_list("translation_key")
        ) == set(keys)

    def test_an_address_that_is_taken_is_refused(self, folder):
        load(folder)
        rewrite(folder, "pack: small", "pack: another", "course.md")
        with pytest.raises(
            CommandError, match=r"course.md:2: .*already has the address “small-course”"
        ):
            load(folder)


class TestSecondLoad:
    def test_it_changes_nothing(self, folder):
        load(folder)
        told = []
        statements = statements_of(lambda: told.append(load(folder)))
        assert told[0].count("no change") == 3
        assert writes_in(statements) == []
        assert Revision.objects.count() == 3

    def test_only_what_changed_in_the_pack_is_written(self, folder):
        load(folder)
        keys = set(Question.objects.values_list("pk", "translation_key"))
        ids = [option.id for option in first().questions.first().options]
        rewrite(folder, "Which is right?", "Which one is right?")
        told = load(folder)
        assert "Lesson “First lesson”: update" in told
        assert told.count("no change") == 2
        question = first().questions.first()
        assert question.stem == "Which one is right?"
        assert [option.id for option in question.options] == ids
        assert set(Question.objects.values_list("pk", "translation_key")) == keys
        assert Revision.objects.count() == 4

    def test_a_question_that_left_the_pack_goes_and_the_others_keep_keys(self, folder):
        load(folder)
        kept = first().questions.get(handle="order").translation_key
        text = FIRST[: FIRST.index("```question\nid: single")]
        text += FIRST[FIRST.index("```question\nid: order") :]
        (folder / "1-first.md").write_text(text)
        load(folder)
        assert [q.translation_key for q in first().questions.all()] == [kept]

    def test_a_lesson_that_left_the_pack_is_told_and_stays(self, folder):
        load(folder)
        (folder / "2-second.md").unlink()
        told = load(folder)
        assert "“second” is no longer in the pack. Its page was not changed." in told
        assert slugs() == ["first", "second"]

    def test_a_new_lesson_stands_where_the_pack_has_it(self, folder):
        load(folder)
        new = SECOND.replace("slug: second", "slug: between")
        (folder / "1-more.md").write_text(new)
        load(folder)
        assert slugs() == ["first", "between", "second"]
        assert load(folder).count("no change") == 4

    def test_a_new_first_lesson_stands_first(self, folder):
        load(folder)
        new = SECOND.replace("slug: second", "slug: before")
        (folder / "0-before.md").write_text(new)
        load(folder)
        assert slugs() == ["before", "first", "second"]

    def test_lessons_that_changed_places_in_the_pack_do_so_here(self, folder):
        load(folder)
        (folder / "1-first.md").rename(folder / "3-first.md")
        told = load(folder)
        assert "put in the order of the pack" in told
        assert slugs() == ["second", "first"]
        assert "order" not in load(folder)


def edit(page, *, publish=True, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    revision = page.save_revision()
    if publish:
        revision.publish()


LEFT_ALONE = "Lesson “First lesson”: not changed: an editor changed it"


class TestTranslation:
    """Nobody has signed what a pack brings, so nothing of it is live."""

    @pytest.fixture(autouse=True)
    def _spanish(self, folder):
        load(folder)
        a_translation(CoursePage.objects.get().get_parent().specific)
        rewrite(folder, "locale: en", "locale: es", "course.md")

    @staticmethod
    def lesson():
        return LessonPage.objects.get(locale__language_code="es", slug="first")

    def test_is_saved_as_drafts_and_says_so(self, folder):
        told = load(folder)
        assert "Saved as drafts (3)" in told
        assert not Page.objects.filter(
            locale__language_code="es", live=True, depth__gt=2
        )
        course = CoursePage.objects.get(locale__language_code="es")
        assert (
            course.sources.count()
            == course.get_latest_revision_as_object().sources.count()
            > 0
        )

    def test_changes_nothing_when_loaded_again(self, folder):
        load(folder)
        before = Revision.objects.count()
        told = load(folder)
        assert "Saved as drafts" not in told
        assert told.count("no change") == 3
        assert Revision.objects.count() == before

    def test_updates_its_drafts(self, folder):
        load(folder)
        rewrite(folder, "aim:", "aim: Otro", "1-first.md")
        assert "Saved as drafts (1)" in load(folder)
        assert self.lesson().get_latest_revision_as_object().aim.startswith("Otro")
        assert load(folder).count("no change") == 3

    def test_leaves_a_signed_version_live_and_saves_a_draft_beside_it(self, folder):
        load(folder)
        for page in Page.objects.filter(locale__language_code="es", depth__gt=2):
            publish_signed(page.specific)
        assert load(folder).count("no change") == 3
        rewrite(folder, "aim:", "aim: Otro", "1-first.md")
        assert "Saved as drafts (1)" in load(folder)
        lesson = self.lesson()
        assert lesson.live
        assert not lesson.aim.startswith("Otro")
        assert lesson.get_latest_revision_as_object().aim.startswith("Otro")
        assert load(folder).count("no change") == 3

    def test_keeps_what_an_editor_wrote_in_a_draft(self, folder):
        load(folder)
        edit(self.lesson(), publish=False, aim="Mejor")
        rewrite(folder, "aim:", "aim: Otro", "1-first.md")
        assert "not changed: an editor changed it" in load(folder)
        assert self.lesson().get_latest_revision_as_object().aim == "Mejor"

    def test_stays_offline_where_an_editor_unpublished_it(self, folder):
        load(folder)
        for page in Page.objects.filter(locale__language_code="es", depth__gt=2):
            publish_signed(page.specific)
        self.lesson().unpublish()
        assert "not changed: an editor unpublished it" in load(folder)


class TestEditorsWork:
    @pytest.fixture(autouse=True)
    def _loaded(self, folder):
        load(folder)

    def test_an_edited_page_is_left_alone_and_the_others_are_not(self, folder):
        edit(first(), aim="An editor's aim")
        rewrite(folder, "aim: You know more.", "aim: The pack's aim")
        rewrite(folder, "aim: You know more.", "aim: The pack's aim", "2-second.md")
        told = load(folder)
        assert LEFT_ALONE in told
        assert "add --overwrite" in told
        assert first().aim == "An editor's aim"
        assert LessonPage.objects.get(slug="second").aim == "The pack's aim"

    def test_overwriting_replaces_it(self, folder):
        edit(first(), aim="An editor's aim")
        told = load(folder, overwrite=True)
        assert "Lesson “First lesson”: update, replacing what an editor changed" in told
        assert first().aim == "You know more."
        assert load(folder).count("no change") == 3

    def test_a_draft_counts_as_edited(self, folder):
        edit(first(), publish=False, aim="A draft")
        rewrite(folder, "aim: You know more.", "aim: The pack's aim")
        assert LEFT_ALONE in load(folder)
        assert first().get_latest_revision_as_object().aim == "A draft"

    def test_a_draft_without_a_change_does_not(self, folder):
        edit(first(), publish=False)
        rewrite(folder, "aim: You know more.", "aim: The pack's aim")
        load(folder)
        assert first().aim == "The pack's aim"

    def test_an_edited_question_counts(self, folder):
        page = first()
        question = page.questions.first()
        question.stem = "An editor's stem?"
        page.questions.add(question)
        edit(page)
        assert LEFT_ALONE in load(folder)

    def test_an_added_question_counts_and_overwriting_takes_it_out(self, folder):
        page = first()
        extra = Question(
            locale=page.locale, handle="extra", kind="single_choice", stem="More?"
        )
        page.questions.add(extra)
        edit(page)
        assert LEFT_ALONE in load(folder)
        load(folder, overwrite=True)
        assert [q.handle for q in first().questions.all()] == ["single", "order"]

    def test_a_question_made_anew_under_the_same_id_can_be_overwritten(self, folder):
        Question.objects.filter(handle="order").update(translation_key=uuid.uuid4())
        load(folder, overwrite=True)
        assert load(folder).count("no change") == 3

    def test_marks_that_the_editor_leaves_do_not_count(self, folder):
        page = first()
        entry = page.faq_entries.first()
        entry.answer = entry.answer.replace("<p>", '<p data-block-key="abcde">')
        edit(page)
        assert load(folder).count("no change") == 3

    def test_an_edit_that_the_pack_makes_too_is_no_edit(self, folder):
        edit(first(), aim="The same aim")
        rewrite(folder, "aim: You know more.", "aim: The same aim")
        assert load(folder).count("no change") == 3
        rewrite(folder, "aim: The same aim", "aim: Another aim")
        assert "Lesson “First lesson”: update" in load(folder)

    def test_an_unpublished_lesson_stays_unpublished(self, folder):
        first().unpublish()
        rewrite(folder, "aim: You know more.", "aim: The pack's aim")
        assert "not changed: an editor unpublished it" in load(folder)
        assert not first().live

    def test_a_deleted_lesson_is_not_brought_back(self, folder):
        first().delete()
        assert "not added: an editor deleted it" in load(folder)
        assert not LessonPage.objects.filter(slug="first").exists()
        assert "add back" in load(folder, overwrite=True)
        assert slugs() == ["first", "second"]

    def test_a_deleted_course_is_not_brought_back(self, folder):
        CoursePage.objects.get().delete()
        assert load(folder).count("not added: an editor deleted it") == 3
        load(folder, overwrite=True)
        assert slugs() == ["first", "second"]

    def test_the_order_that_an_editor_chose_stays(self, folder):
        first().move(CoursePage.objects.get(), pos="last-child")
        told = load(folder)
        assert "keep the order that an editor chose" in told
        assert slugs() == ["second", "first"]
        load(folder, overwrite=True)
        assert slugs() == ["first", "second"]

    def test_a_lesson_that_an_editor_moved_elsewhere_is_found(self, folder):
        other = CoursePage.objects.get().copy(
            update_attrs={"slug": "other", "title": "Other"}, recursive=False
        )
        first().move(other, pos="last-child")
        assert load(folder).count("no change") == 3


def test_a_page_that_was_there_before_records_were_kept_is_adopted(folder):
    load(folder)
    LoadedPage.objects.all().delete()
    assert load(folder).count("no change") == 3
    assert LoadedPage.objects.count() == 3


def test_the_time_of_loading_is_the_one_given(folder):
    at = timezone.now() - timedelta(days=3)
    actions.load_pack(plan=plan.plan_pack(reading.parse_pack(folder)), at=at)
    assert set(LoadedPage.objects.values_list("loaded_at", flat=True)) == {at}
