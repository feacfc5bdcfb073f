"""The pages with which authors translate: for whom they are, and what they say."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.authoring.translating.conftest import draft_of, translate_all
from tests.roles import a_person

pytestmark = pytest.mark.django_db


def client_of(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def browser(author):
    return client_of(author)


def begin_path(page):
    return reverse("wagtail_localize:submit_page_translation", args=[page.pk])


def edit_path(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def said(response):
    return [str(message).strip() for message in response.context["messages"]]


class TestWho:
    def test_authors_find_the_button_on_live_pages(self, browser, lesson):
        assert begin_path(lesson) in browser.get(edit_path(lesson)).content.decode()
        lesson.unpublish()
        assert begin_path(lesson) not in browser.get(edit_path(lesson)).content.decode()

    def test_nobody_finds_anything_on_a_site_in_one_language(
        self, browser, lesson, settings, begun
    ):
        settings.WAGTAIL_I18N_ENABLED = False
        settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English")]
        page = browser.get(edit_path(lesson)).content.decode()
        assert "/localize/" not in page
        assert browser.get(begin_path(lesson)).status_code == 302
        assert (
            "translation-bar"
            not in browser.get(edit_path(begun.get_target_instance())).content.decode()
        )

    @pytest.mark.parametrize("role", ["Reviewer", "Trainer"])
    def test_others_are_refused(self, role, lesson, begun):
        segment = StringSegment.objects.filter(source=begun.source).first()
        browser = client_of(a_person(role))
        before = StringTranslation.objects.count()
        for name, *arguments in (
            ("submit_page_translation", lesson.pk),
            ("update_translations", begun.source.pk),
            ("download_pofile", begun.pk),
            ("preview_translation", begun.pk),
            ("edit_string_translation", begun.pk, segment.pk),
            ("upload_pofile", begun.pk),
            ("stop_translation", begun.pk),
        ):
            path = reverse(f"wagtail_localize:{name}", args=arguments)
            answers = {browser.get(path).status_code, browser.post(path).status_code}
            assert answers <= {302, 403, 404}, name
        assert StringTranslation.objects.count() == before
        begun.refresh_from_db()
        assert begun.enabled

    def test_reviewers_get_the_page_editor(self, begun):
        browser = client_of(a_person("Reviewer"))
        page = browser.get(edit_path(begun.get_target_instance())).content.decode()
        assert "js-translation-editor" not in page
        assert 'id="page-edit-form"' in page

    def test_aliases_are_not_made(self, browser, begun):
        page = begun.get_target_instance()
        path = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
        assert browser.post(path).status_code == 404


class TestEditor:
    def test_it_saves_a_draft_where_the_package_would_publish(self, browser, begun):
        translate_all(begun)
        page = begun.get_target_instance()
        answer = browser.post(edit_path(page), {"action": "publish"}, follow=True)
        assert said(answer) == ["The draft was saved. Nothing is live yet."]
        assert draft_of(begun).title.startswith("ES ")
        assert not begun.get_target_instance().live

    def test_it_has_no_inline_scripts(self, browser, begun):
        page = browser.get(edit_path(begun.get_target_instance())).content.decode()
        scripts = [part.split(">")[0] for part in page.split("<script")[1:]]
        assert scripts
        assert [s for s in scripts if "src=" not in s and "json" not in s] == []

    def test_what_is_with_reviewers_is_shown_in_the_page_editor(self, browser, begun):
        translate_all(begun)
        page = begun.get_target_instance()
        answer = browser.post(edit_path(page), {"action": "submit"}, follow=True)
        assert said(answer)[0] == "The translation waits for a reviewer."
        assert b"js-translation-editor" not in answer.content

    def test_a_new_live_version_of_the_original_can_be_taken_up(
        self, browser, lesson, begun
    ):
        update = reverse("wagtail_localize:update_translations", args=[begun.source.pk])
        assert update not in browser.get(edit_path(lesson)).content.decode()
        lesson.title = "Worded anew"
        lesson.save_revision().publish()
        assert update in browser.get(edit_path(lesson)).content.decode()
        browser.post(update)
        assert begun.source.stringsegment_set.filter(
            string__data="Worded anew"
        ).exists()
        assert update not in browser.get(edit_path(lesson)).content.decode()


class TestFiles:
    def upload(self, browser, begun, content):
        path = reverse("wagtail_localize:upload_pofile", args=[begun.pk])
        content = content if isinstance(content, bytes) else str(content).encode()
        file = SimpleUploadedFile("lesson.po", content)
        return said(browser.post(path, {"file": file}, follow=True))

    def download(self, browser, begun):
        path = reverse("wagtail_localize:download_pofile", args=[begun.pk])
        return polib.pofile(browser.get(path).content.decode())

    def test_what_was_translated_elsewhere_comes_back(self, browser, begun):
        catalogue = self.download(browser, begun)
        for entry in catalogue:
            entry.msgstr = f"ES {entry.msgid}"
        [text] = self.upload(browser, begun, catalogue)
        assert text.startswith(f"Took {len(catalogue)} translations from the file.")
        total, done = Translation.objects.get(pk=begun.pk).get_progress()
        assert total == done
        assert {e.msgstr for e in self.download(browser, begun)} == {
            entry.msgstr for entry in catalogue
        }

    def test_a_text_that_is_gone_is_said_to_be_left_out(self, browser, begun):
        catalogue = self.download(browser, begun)
        catalogue[0].msgstr, catalogue[1].msgstr = "Uno", "Dos"
        catalogue[1].msgid = "A sentence that somebody deleted meanwhile"
        first, second = self.upload(browser, begun, catalogue)
        assert first.startswith("Took 1 translation from the file.")
        assert second.startswith("1 text of the file is not in the page")

    @pytest.mark.parametrize(
        ("content", "text"),
        [
            (b"", "Choose a PO file."),
            (b"\xff\xfe\x00", "This is no PO file, or it is damaged."),
            (b"GIF89a", "This PO file is damaged at line 1."),
            (b"/etc/passwd", "This PO file is damaged at line 1."),
            (b'msgid "a"\nmsgstr "b"\n', "This file was made for another page"),
            (
                b'msgid "a"\nmsgstr "b"\n\nmsgid "a\nm',
                "This PO file is damaged at line 5",
            ),
        ],
    )
    def test_a_damaged_file_is_named_and_changes_nothing(
        self, browser, begun, content, text
    ):
        [found] = self.upload(browser, begun, content)
        assert found.startswith(text)
        assert not StringTranslation.objects.exists()

    def test_marks_that_the_text_has_not_are_pointed_out(self, browser, begun):
        catalogue = self.download(browser, begun)
        catalogue[0].msgstr = '<script src="https://example.org"></script>'
        [_taken, warning] = self.upload(browser, begun, catalogue)
        assert warning.startswith("1 translation has marks that its text has not.")
