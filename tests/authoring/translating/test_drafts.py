"""Translations are drafts: nothing that a translator does changes what readers see."""

import json

import pytest
from django.utils import timezone
from wagtail_localize.models import (
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from authoring.translating.actions.beginning import (
    UnableToTranslate,
    begin_translations,
    save_translation,
    submit_translation,
    update_source,
)
from course.models import CoursePage, LessonPage
from tests.authoring.translating.conftest import draft_of, translate_all
from tests.factories import FaqEntryFactory, publish_signed

pytestmark = pytest.mark.django_db


def keys_of(lesson):
    return {
        "faq": [str(e.translation_key) for e in lesson.faq_entries.all()],
        "questions": [str(q.translation_key) for q in lesson.questions.all()],
        "options": [o.id for q in lesson.questions.all() for o in q.options],
        "rights": [o.value["right"] for q in lesson.questions.all() for o in q.options],
        "handles": [q.handle for q in lesson.questions.all()],
        "blocks": [block.id for block in lesson.body],
    }


def save(translation, author, **options):
    page = translation.get_target_instance()
    save_translation(translation=translation, page=page, user=author, **options)


class TestBeginning:
    def test_a_live_lesson_gets_a_draft_below_a_draft_of_its_course(
        self, lesson, course, spanish, begun
    ):
        draft = LessonPage.objects.get(pk=begun.get_target_instance().pk)
        above = draft.get_parent().specific
        assert not draft.live
        assert not above.live
        assert above.translation_key == course.translation_key
        assert Translation.objects.filter(source__object_id=course.translation_key)

    def test_nobody_checked_or_reviewed_it_yet(self, lesson, begun):
        LessonPage.objects.filter(pk=lesson.pk).update(clinically_reviewed_by="Dr. A")
        draft = draft_of(begun)
        today = timezone.localdate()
        assert draft.clinically_reviewed_by == ""
        assert draft.last_checked == draft.next_check == today

    def test_all_live_pages_below_a_course_come_along(self, course, spanish, author):
        hidden = LessonPage.objects.child_of(course).last()
        hidden.unpublish()
        begin_translations(page=course, locales=[spanish], with_below=True, user=author)
        found = LessonPage.objects.filter(locale=spanish)
        assert found.count() == 1
        assert not found.filter(live=True).exists()

    def test_only_what_is_live_is_translated(self, lesson, course, spanish, author):
        course.unpublish()
        with pytest.raises(UnableToTranslate, match=r"Publish “.*” first"):
            begin_translations(
                page=lesson, locales=[spanish], with_below=False, user=author
            )
        assert not CoursePage.objects.filter(locale=spanish).exists()
        assert not TranslationSource.objects.exists()


class TestSaving:
    def test_keys_options_and_right_answers_are_equal(self, lesson, begun, author):
        translate_all(begun)
        save(begun, author)
        assert keys_of(draft_of(begun)) == keys_of(lesson)
        assert draft_of(begun).title == f"ES {lesson.title}"

    def test_a_live_translation_stays_as_it_is(self, begun, author):
        page = begun.get_target_instance()
        publish_signed(page.get_parent().specific.get_latest_revision_as_object())
        publish_signed(draft_of(begun))
        before = LessonPage.objects.get(pk=page.pk).to_json()
        translate_all(begun)
        save(begun, author, replace=True)
        page = LessonPage.objects.get(pk=page.pk)
        drop = (
            "latest_revision",
            "latest_revision_created_at",
            "draft_title",
            "has_unpublished_changes",
        )
        then, now = json.loads(before), json.loads(page.to_json())
        for name in drop:
            then.pop(name), now.pop(name)
        assert now == then
        assert page.has_unpublished_changes

    def test_even_the_package_itself_only_saves_drafts(self, begun, author):
        translate_all(begun)
        begun.save_target(user=author, publish=True)
        assert not begun.get_target_instance().live
        assert draft_of(begun).title.startswith("ES ")

    def test_a_text_that_is_too_long_is_named_and_nothing_is_saved(self, begun, author):
        translate_all(begun)
        context = {"context__path": "main_message"}
        StringTranslation.objects.filter(**context).update(data="x" * 300)
        before = begun.get_target_instance().latest_revision_id
        with pytest.raises(
            UnableToTranslate, match=r"Main message: .* is too long \(300 of 255\)"
        ):
            save(begun, author)
        assert begun.get_target_instance().latest_revision_id == before

    def test_what_a_reviewer_changed_in_the_page_editor_is_not_lost(
        self, begun, author
    ):
        draft = draft_of(begun)
        draft.aim = "Changed by a reviewer"
        draft.save_revision()
        with pytest.raises(UnableToTranslate, match="page editor"):
            save(begun, author)
        assert draft_of(begun).aim == "Changed by a reviewer"
        save(begun, author, replace=True)
        assert draft_of(begun).aim != "Changed by a reviewer"

    def test_no_link_leads_to_what_a_browser_would_run(self, lesson, begun, author):
        lesson.faq_entries.add(
            FaqEntryFactory.build(
                lesson=lesson, answer='<p><a href="https://example.org">It</a></p>'
            )
        )
        lesson.save_revision().publish()
        update_source(source=begun.source)
        link = begun.source.overridablesegment_set.get()
        for address, is_used in (("javascript:alert(1)", False), ("/es/", True)):
            SegmentOverride.objects.update_or_create(
                context=link.context,
                locale=begun.target_locale,
                defaults={"data_json": json.dumps(address)},
            )
            save(begun, author)
            answers = [entry.answer for entry in draft_of(begun).faq_entries.all()]
            assert any(address in answer for answer in answers) == is_used


class TestChangesOfTheSource:
    def change(self, lesson):
        """Reword one question, add one, and take the first FAQ entry out."""
        draft = lesson.get_latest_revision_as_object()
        first, *others = draft.questions.all()
        first.stem = "Worded anew?"
        draft.questions = [
            first,
            *others,
            type(first)(stem="New?", handle="new", sort_order=9),
        ]
        draft.faq_entries = list(draft.faq_entries.all())[1:]
        draft.save_revision().publish()
        return LessonPage.objects.get(pk=lesson.pk)

    def test_keys_stay_equal_and_only_new_texts_wait(self, lesson, begun, author):
        translate_all(begun)
        save(begun, author)
        changed = self.change(lesson)
        update_source(source=begun.source)
        begun.refresh_from_db()
        total, done = begun.get_progress()
        assert total - done == 2
        save(begun, author)
        draft = draft_of(begun)
        assert keys_of(draft) == keys_of(changed)
        stems = [question.stem for question in draft.questions.all()]
        assert {"Worded anew?", "New?"} < set(stems)
        assert [stem[:3] for stem in stems].count("ES ") == 1
        assert not draft.faq_entries.exists()

    def test_until_then_translators_work_on_what_they_saw(self, lesson, begun, author):
        before = keys_of(lesson)
        self.change(lesson)
        translate_all(begun)
        save(begun, author)
        assert keys_of(draft_of(begun)) == before


class TestReview:
    def test_a_translation_with_missing_texts_is_not_sent(self, begun, author):
        page = begun.get_target_instance()
        with pytest.raises(UnableToTranslate, match="texts are not translated yet"):
            submit_translation(translation=begun, page=page, user=author)
        assert not page.workflow_in_progress

    def test_a_whole_one_waits_for_its_reviewers(self, begun, author):
        translate_all(begun)
        page = begun.get_target_instance()
        submit_translation(translation=begun, page=page, user=author)
        page = LessonPage.objects.get(pk=page.pk)
        assert page.workflow_in_progress
        assert not page.live
