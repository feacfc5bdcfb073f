"""Exporting a course: what goes out comes back the same, and what stays is told."""

import io
import json
import uuid

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Revision

from authoring.packs.models import LoadedPage
from authoring.packs.rules.rich_text import markdown_to_html
from authoring.packs.writers.markdown import html_to_markdown
from course.models import CoursePage, LessonPage
from tests.authoring.packs import small_pack
from tests.factories import (
    FaqEntryFactory,
    QuestionFactory,
    a_course,
    a_translation,
    options,
    publish_signed,
)

pytestmark = pytest.mark.django_db


def load(folder):
    out = io.StringIO()
    call_command("load_course", str(folder), stdout=out)
    return out.getvalue()


def export(folder, slug=None, **options):
    out = io.StringIO()
    slug = slug or CoursePage.objects.get().slug
    call_command("export_course", slug, str(folder), stdout=out, **options)
    return out.getvalue()


def files_in(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def empty_the_site():
    CoursePage.objects.get().delete()
    LoadedPage.objects.all().delete()
    Image.objects.all().delete()


def travelled(tmp_path):
    """Return what is exported, and exported again from an empty site that loaded it."""
    export(tmp_path / "one")
    empty_the_site()
    load(tmp_path / "one")
    assert "Not exported" not in export(tmp_path / "two")
    return files_in(tmp_path / "one"), files_in(tmp_path / "two")


def an_image(title="Hair", **fields):
    return Image.objects.create(title=title, file=get_test_image_file(), **fields)


def publish(page, **fields):
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pack").mkdir()
    return small_pack.write(tmp_path / "pack")


@pytest.fixture
def edited(db):
    """A course made in the editor, whose keys follow from no name."""
    course = publish(a_course(lessons=1, questions=0), grace_days=30)
    lesson = LessonPage.objects.get()
    for number in range(3):
        FaqEntryFactory(lesson=lesson, question=f"Is it so {number}?")
    QuestionFactory(lesson=lesson, critical=True)
    steps = json.loads(options("First", "Second", right=()))
    for step in steps:
        step["value"]["feedback"] = ""
    QuestionFactory(lesson=lesson, ordering=True, options=json.dumps(steps))
    points = [
        {"type": "point", "id": str(uuid.uuid4()), "value": f"Point {number}"}
        for number in range(3)
    ]
    publish(lesson, in_short=json.dumps(points))
    return course


def add_block(name, value):
    lesson = LessonPage.objects.first()
    block = {"type": name, "id": str(uuid.uuid4()), "value": value}
    publish(lesson, body=json.dumps([*lesson.body.get_prep_value(), block]))


def add_image(image):
    shown = {"image": image.pk, "alt_text": "A hair.", "decorative": False}
    add_block("image", {"image": shown, "caption": "One hair [S1]."})


class TestRoundTrip:
    def test_a_pack_comes_out_as_it_went_in(self, folder, tmp_path):
        load(folder)
        one, two = travelled(tmp_path)
        assert one == two
        assert set(one) == set(small_pack.FILES)

    def test_what_was_made_in_the_editor_keeps_its_keys(self, edited, tmp_path):
        add_image(an_image())
        keys = set(LessonPage.objects.get().questions.values_list("translation_key"))
        one, two = travelled(tmp_path)
        assert one == two
        assert any(name.startswith("images/hair-") for name in one)
        lesson = LessonPage.objects.get()
        assert set(lesson.questions.values_list("translation_key")) == keys
        course = CoursePage.objects.get()
        assert course.translation_key == edited.translation_key
        assert course.grace_days == 30

    def test_a_loaded_picture_knows_where_it_is_used(self, edited, tmp_path):
        add_image(an_image())
        travelled(tmp_path)
        uses = ReferenceIndex.get_references_to(Image.objects.get())
        assert {use.object_id for use in uses} == {str(LessonPage.objects.get().pk)}

    def test_loading_it_where_it_came_from_changes_nothing(self, edited, tmp_path):
        add_image(an_image())
        before = Revision.objects.count()
        export(tmp_path / "out")
        assert load(tmp_path / "out").count("no change") == 2
        assert load(tmp_path / "out").count("no change") == 2
        assert Revision.objects.count() == before
        assert Image.objects.count() == 1

    def test_a_pack_that_changes_later_still_updates_its_page(self, edited, tmp_path):
        export(tmp_path)
        load(tmp_path)
        file = next(tmp_path.glob("1-*.md"))
        file.write_text(file.read_text().replace("To know more", "To know it all"))
        assert ": update" in load(tmp_path)
        assert LessonPage.objects.get().aim == "To know it all"

    def test_names_that_an_editor_changed_keep_their_keys(self, folder, tmp_path):
        load(folder)
        lesson = LessonPage.objects.get(slug="first")
        lesson.faq_entries.update(handle="safety")
        lesson.questions.filter(handle="order").update(answered_in="faq:safety")
        publish(LessonPage.objects.get(pk=lesson.pk), slug="renamed")
        keys = set(LessonPage.objects.values_list("translation_key", flat=True))
        one, two = travelled(tmp_path)
        assert one == two
        assert set(LessonPage.objects.values_list("translation_key", flat=True)) == keys


class TestWhatStays:
    def test_drafts_restrictions_and_fields_without_a_place_are_listed(
        self, edited, tmp_path
    ):
        lesson = publish(LessonPage.objects.get(), seo_title="Found", go_live_at=None)
        lesson.aim = "A draft"
        lesson.save_revision()
        PageViewRestriction.objects.create(page=lesson, restriction_type="login")
        add = LessonPage.objects.get().copy(
            update_attrs={"slug": "draft", "title": "Only a draft"}, keep_live=False
        )
        told = export(tmp_path)
        start = f"“{lesson.title}”: "
        assert start + "the draft: the live version was exported." in told
        assert start + "the title for search engines." in told
        assert start + "who may read it." in told
        assert f"“{add.title}”: the whole lesson, because it is not published." in told

    def test_links_to_pages_and_line_breaks_are_listed_by_place(self, edited, tmp_path):
        home = Page.objects.get(depth=2)
        link = f'<p><a linktype="page" id="{home.pk}">Home</a><br/>more</p>'
        add_block("key_fact", {"title": "Fact", "text": link})
        told = export(tmp_path)
        assert "body, 4, text, which is slightly different in the pack." in told

    def test_a_question_that_is_not_asked_stays_and_is_listed(self, edited, tmp_path):
        lesson = LessonPage.objects.get()
        QuestionFactory(lesson=lesson, handle="seed", review_status="left_out")
        assert "the question “seed”, which is not asked." in export(tmp_path)
        assert "seed" not in next(tmp_path.glob("1-*.md")).read_text()

    def test_what_a_picture_has_beyond_its_title_is_listed(self, edited, tmp_path):
        add_image(an_image(description="One hair"))
        assert "Picture “Hair”: its description." in export(tmp_path)

    def test_two_texts_in_a_row_become_one_and_are_told(self, edited, tmp_path):
        add_block("text", "<p>One [S1].</p>")
        add_block("text", "<p>Two [S1].</p>")
        assert "body, which is slightly different" in export(tmp_path)


class TestBadInput:
    def test_a_course_that_no_pack_may_hold_names_file_and_line(self, course, tmp_path):
        with pytest.raises(
            CommandError,
            match=r"1-lesson-\d+.md:\d+: “in_short” has too few entries",
        ):
            export(tmp_path)
        assert (tmp_path / "course.md").exists()

    def test_a_folder_that_holds_something_is_left_alone(self, edited, tmp_path):
        (tmp_path / "notes.txt").write_text("mine")
        with pytest.raises(CommandError, match="is not empty"):
            export(tmp_path)
        assert files_in(tmp_path) == {"notes.txt": b"mine"}

    def test_a_course_that_is_not_there_is_named(self, edited, tmp_path):
        with pytest.raises(CommandError, match="There is no course “other”"):
            export(tmp_path, "other")

    def test_a_course_that_is_not_live_is_refused(self, edited, tmp_path):
        edited.unpublish()
        with pytest.raises(CommandError, match="Publish “"):
            export(tmp_path)

    def test_a_picture_whose_file_is_lost_is_told(self, edited, tmp_path):
        image = an_image()
        add_image(image)
        image.file.storage.delete(image.file.name)
        with pytest.raises(CommandError, match="The file of a picture is missing"):
            export(tmp_path)
        assert not list(tmp_path.iterdir())

    def test_a_key_that_stands_twice_is_refused(self, edited, tmp_path):
        export(tmp_path)
        file = next(tmp_path.glob("1-*.md"))
        keys = [line for line in file.read_text().splitlines() if "key: " in line]
        file.write_text(file.read_text().replace(keys[-1], keys[-2]))
        with pytest.raises(CommandError, match="already used"):
            load(tmp_path)

    def test_a_copy_that_kept_a_key_of_another_course_is_refused(
        self, edited, tmp_path
    ):
        export(tmp_path)
        for file in tmp_path.glob("*.md"):
            text = file.read_text().replace(f"slug: {edited.slug}", "slug: copy")
            text = text.replace(f"pack: {edited.slug}", "pack: copy")
            lines = text.splitlines(keepends=True)
            file.write_text("".join(x for x in lines if not x.startswith("key:")))
        with pytest.raises(CommandError, match=r"sources.md:4: .*Remove this line"):
            load(tmp_path)

    def test_a_picture_that_is_none_is_refused(self, edited, tmp_path):
        add_image(an_image())
        export(tmp_path)
        empty_the_site()
        picture = next((tmp_path / "images").iterdir())
        picture.write_text("no picture")
        with pytest.raises(CommandError, match=r"1-.*\.md:\d+: images/hair"):
            load(tmp_path)
        picture.unlink()
        with pytest.raises(CommandError, match="There is no file images/hair"):
            load(tmp_path)
        assert not Image.objects.exists()


WORDS = st.text(
    st.sampled_from("ab1.#-+*_[]()<>&;:!\\`~=| é"), min_size=1, max_size=12
).map(lambda text: " ".join(text.split()) or "a")


@given(st.lists(WORDS, min_size=1, max_size=3))
def test_any_words_survive_markdown(paragraphs):
    html = "".join(f"<p>{_escaped(text)}</p>" for text in paragraphs)
    assert markdown_to_html(html_to_markdown(html)) == html


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_any_lists_survive_markdown(lists):
    html = "".join(
        "<ol>" + "".join(f"<li>{_escaped(text)}</li>" for text in items) + "</ol>"
        for items in lists
    )
    assert markdown_to_html(html_to_markdown(html)) == html


def _escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    "html",
    [
        '<p>A <b>bold</b> and <i>slanted</i> <a href="https://example.org/?a=1&amp;b=(2)">link</a>.</p>',
        "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul><p>After.</p>",
        "<ol><li>One</li></ol><ul><li>Two</li></ul><ul><li>Three</li></ul>",
        "<p><b><i>Both</i></b> <i><b>both</b></i> <b>a</b><i>b</i> [S1, S2]</p>",
    ],
)
def test_marks_lists_and_links_survive_markdown(html):
    assert markdown_to_html(html_to_markdown(html)) == html


class TestTranslation:
    @pytest.fixture
    def folder(self, tmp_path):
        """A pack that was loaded in English, and then in Spanish."""
        (tmp_path / "pack").mkdir()
        folder = small_pack.write(tmp_path / "pack")
        load(folder)
        a_translation(CoursePage.objects.get().get_parent().specific)
        course = (folder / "course.md").read_text()
        (folder / "course.md").write_text(course.replace("locale: en", "locale: es"))
        load(folder)
        return folder

    def test_that_was_never_live_goes_out_as_its_drafts(self, folder, tmp_path):
        told = export(tmp_path / "out", "small-course", language="es")
        assert "Not exported" not in told
        assert "locale: es" in (tmp_path / "out" / "course.md").read_text()
        assert load(tmp_path / "out").count("no change") == 3

    def test_goes_out_as_translators_left_it(self, folder, tmp_path):
        lesson = LessonPage.objects.get(locale__language_code="es", slug="first")
        publish_signed(lesson.get_parent().specific)
        publish_signed(lesson)
        lesson.aim = "Lo nuevo"
        lesson.save_revision()
        export(tmp_path / "out", "small-course", language="es")
        assert "Lo nuevo" in (tmp_path / "out" / "1-first.md").read_text()

    def test_leaves_out_a_lesson_that_was_taken_offline_and_says_so(
        self, folder, tmp_path
    ):
        lesson = LessonPage.objects.get(locale__language_code="es", slug="first")
        publish_signed(lesson.get_parent().specific)
        publish_signed(lesson)
        LessonPage.objects.get(pk=lesson.pk).unpublish()
        told = export(tmp_path / "out", "small-course", language="es")
        assert "“First lesson”: the whole lesson, because it is not published." in told

    def test_that_was_made_here_is_of_the_same_pack(self, folder, tmp_path):
        course = CoursePage.objects.get(locale__language_code="es")
        LoadedPage.objects.filter(language_code="es").delete()
        CoursePage.objects.filter(pk=course.pk).update(slug="curso")
        export(tmp_path / "out", "curso")
        assert "pack: small\n" in (tmp_path / "out" / "course.md").read_text()

    def test_of_the_same_slug_asks_which_language(self, folder, tmp_path):
        with pytest.raises(CommandError, match="--language en or --language es"):
            export(tmp_path / "out", "small-course")
