"""Outlines that authors write: in the admin, in files, and in the importer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from authoring.articles.actions.importing import plan_article
from authoring.articles.models import ArticleOutline
from authoring.articles.queries import outline_as_written, own_outlines
from authoring.articles.rules import outline
from authoring.articles.rules.outline_files import (
    UnreadableOutline,
    outline_from,
    read_outline,
    write_outline,
    written_outline,
)
from authoring.articles.rules.plan import UNPLACED
from tests.roles import a_person

WRITTEN = """
title: A vaccine
signs: [vaccin*]
marks: [side-effects]
lessons:
  - title: {en: What it protects from, es: De qué protege}
    topics: [what-it-is, why]
  - title: {en: The day of the injection}
    topics: [during, after]
    words: {en: [appointment card, sore arm*]}
"""
LIST = "/admin/articles/outlines/"


@pytest.fixture
def author(client):
    author = a_person("Author")
    client.force_login(author)
    return author


def upload(client, text=WRITTEN, **fields):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(
        LIST, {"file": SimpleUploadedFile("a.yaml", data), **fields}, follow=True
    )


def changed(written, **changes):
    """Return the fields that the page of an outline posts, with these changes."""
    fields = {"title": written["title"], "signs": "", "marks": ""}
    fields |= {"lessons-TOTAL_FORMS": "2", "lessons-INITIAL_FORMS": "0"}
    for number, lesson in enumerate(written["lessons"]):
        fields[f"lessons-{number}-title"] = lesson["title"]["en"]
        fields[f"lessons-{number}-topics"] = ", ".join(lesson["topics"])
    return fields | changes


def titles_and_topics(held):
    return [(dict(lesson.titles), lesson.topics) for lesson in held.lessons]


@pytest.mark.parametrize("name", outline.outline_names())
def test_a_shipped_outline_can_be_written_and_read(name):
    shipped = outline.outline_named(name)
    if shipped.is_by_heading:
        return
    again = read_outline(write_outline(written_outline(shipped)))

    assert titles_and_topics(outline_from(name, again)) == titles_and_topics(shipped)
    assert again["marks"] == list(shipped.marks)
    assert not [sign for sign in again["signs"] if set(sign) & set("()?[]\\|+")]


def test_the_signs_of_a_copy_are_words():
    signs = written_outline(outline.outline_named("device"))["signs"]
    assert {"crutch", "crutches", "lens", "lenses", "cihaz*"} <= set(signs)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- a", "starts with “title:”"),
        ("title: A\nlessons: []", "at least one lesson"),
        ("title: ''\nlessons: [{title: {en: B}}]", "enter a title"),
        ("title: A\nlesons: []", "“lesons” is not known"),
        ("title: A\nlessons: [{title: B}]", "such as “en: Treatment”"),
        ("title: A\nlessons: [{title: {en: B, '?': C}}]", "“?” is not the code"),
        ("title: A\nlessons: [{title: {en: B}, topics: [price]}]", "“price” is not"),
        ("title: A\nlessons: [{title: {en: B}, words: bill}]", "such as “en: [bill]”"),
        ("title: A\nsigns: ['a*b*c*d*']\nlessons: [{title: {en: B}}]", "not a word"),
        ("title: A\n\tlessons: x", "Line 2: Indent with spaces"),
        ("a: &x [1]\nb: *x", "Put quotes"),
        ("[" * 50_000, "nested too deeply"),
        (r'title: "A\0"' + "\nlessons: [{title: {en: B}}]", "Line 1: Remove the inv"),
        (r'title: "A\ud800"' + "\nlessons: [{title: {en: B}}]", "Remove the invisible"),
        ("title: A\n" + r'lessons: [{title: {en: "\x1b"}}]', "Line 2: Remove the inv"),
        (r'"title\0": A', "Line 1: Remove the invisible"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text, problem):
    with pytest.raises(UnreadableOutline) as error:
        read_outline(text)
    assert problem in str(error.value)


def test_words_with_stars_take_no_time_in_an_article_of_one_long_word():
    lesson = {"title": {"en": "B"}, "words": {"en": ["*a*a*b", "arm*"]}}
    held = outline_from("a", {"title": "A", "lessons": [lesson]}).lessons[0]
    assert held.count_words("a" * 20_000) == 0
    assert held.count_words("armband, arms") == 2


@pytest.mark.django_db
class TestOnASite:
    def test_a_file_of_another_site_is_an_outline_here(self, client, author):
        page = upload(client)

        assert "“A vaccine” is saved" in page.text
        there = client.get(reverse("articles:outline_download", args=["a-vaccine"]))
        assert read_outline(there.text) == read_outline(WRITTEN)
        assert 'filename="a-vaccine.yaml"' in there["Content-Disposition"]

    def test_the_importer_chooses_it_and_places_by_its_words(self, client, author):
        upload(client)
        article = (
            "# Flu vaccination\n\n## Why have it\n\nIt helps.\n\n"
            "## Your appointment card\n\nBring it.\n\n## Our garden\n\nRoses.\n"
        )
        plan = plan_article(
            data=article.encode(), filename="a.md", outline_name=outline.AUTOMATIC
        )

        assert (plan.outline, plan.reason) == ("a-vaccine", ("vaccination",))
        assert [part.place for part in plan.sections[-3:]] == [
            "what-it-protects-from",
            "the-day-of-the-injection",
            UNPLACED,
        ]
        assert "A vaccine" in client.get(reverse("articles:new")).text

    def test_a_copy_of_a_shipped_one_is_changed_in_its_form(self, client, author):
        page = client.get(reverse("articles:outline_new") + "?from=test")
        assert 'value="A test or scan (copy)"' in page.text

        fields = changed(read_outline(WRITTEN), title="Mine") | {
            "signs": "jab*\nneedle",
            "lessons-0-place": "2",
            "lessons-0-titles": "es: De qué protege",
            "lessons-1-place": "1",
            "lessons-1-words": "en: sore arm, card",
        }
        client.post(reverse("articles:outline_new"), fields)

        [held] = own_outlines()
        assert [lesson.title for lesson in held.lessons] == [
            "The day of the injection",
            "What it protects from",
        ]
        assert held.lessons[1].title_in("es-MX") == "De qué protege"
        assert held.lessons[0].count_words("A sore arm and a card") == 2
        assert outline_as_written("mine")["signs"] == ["jab*", "needle"]

    def test_what_cannot_be_saved_is_said_and_kept(self, client, author):
        fields = changed(read_outline(WRITTEN)) | {"lessons-0-topics": "price"}
        page = client.post(reverse("articles:outline_new"), fields)

        assert "Lesson 1, “topics”: “price” is not known" in page.text
        assert 'value="What it protects from"' in page.text
        fields = changed(read_outline(WRITTEN)) | {"lessons-1-titles": "Sin idioma"}
        page = client.post(reverse("articles:outline_new"), fields)
        assert "“Sin idioma” has no language" in page.text
        assert not ArticleOutline.objects.exists()

    def test_a_second_of_the_same_name_replaces_only_if_told(self, client, author):
        upload(client)
        other = WRITTEN.replace("The day", "A day")

        assert "already" in upload(client, other).text
        assert "The day" in write_outline(outline_as_written("a-vaccine"))
        upload(client, other, replace="on")
        assert "A day" in write_outline(outline_as_written("a-vaccine"))
        assert ArticleOutline.objects.count() == 1

    @pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 200_000, b"title: A"])
    def test_a_file_that_is_none_is_refused_with_a_word(self, client, author, data):
        assert "error-message" in upload(client, data).text
        assert not ArticleOutline.objects.exists()

    def test_a_deleted_one_is_not_offered_and_its_plans_stay(self, client, author):
        upload(client)
        article = SimpleUploadedFile("a.md", b"# Flu\n\n## Why have it\n\nSo.\n")
        new = reverse("articles:new")
        plan_page = client.post(new, {"file": article, "outline": "a-vaccine"}).url

        client.post(reverse("articles:outline_delete", args=["a-vaccine"]))

        edit = reverse("articles:outline", args=["a-vaccine"])
        assert edit not in client.get(LIST).text
        assert client.get(edit).status_code == 404
        assert client.get(plan_page).status_code == 200

    def test_the_command_names_those_it_knows(self, tmp_path):
        file = tmp_path / "a.md"
        file.write_text("# Flu\n\n## Why\n\nSo.\n")
        with pytest.raises(CommandError, match="no outline “vaccines”"):
            call_command("import_article", str(file), outline="vaccines")
