"""Questions into a lesson's draft and out of it, by command and in the admin."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Revision

from authoring.questions import formats
from course.models import LessonPage
from quizzes.models import Question
from tests.factories import QuestionFactory, a_lesson, lessons_of
from tests.roles import a_person

pytestmark = pytest.mark.django_db

AIKEN = "What is it?\nA. This\nB. That\nANSWER: B\n"


@pytest.fixture
def lesson(course):
    lesson = lessons_of(course)[0]
    QuestionFactory(lesson=lesson, multiple=True, critical=True)
    QuestionFactory(lesson=lesson, ordering=True)
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def run(command, *arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def exported(lesson, file):
    return run("export_questions", lesson.translation_key, file)


def imported(file, lesson, **options):
    return run("import_questions", file, lesson.translation_key, **options)[0]


def draft(lesson):
    fresh = LessonPage.objects.get(pk=lesson.pk)
    return list(fresh.get_latest_revision_as_object().questions.all())


def said(question):
    values = [dict(option.value) for option in question.options]
    if question.kind == "ordering":  # GIFT has no place for feedback on a step.
        values = [value["text"] for value in values]
    fields = ("kind", "stem", "critical", "feedback", "sources", "answered_in")
    return [getattr(question, field) for field in fields], values


@pytest.fixture
def aiken(tmp_path):
    path = tmp_path / "questions.txt"
    path.write_text(AIKEN)
    return path


class TestByCommand:
    def test_questions_go_to_the_end_of_the_draft_and_are_not_published(
        self, lesson, aiken
    ):
        told = imported(aiken, lesson)
        assert "Line 1, “what-is-it”: add" in told
        assert "Fix before it goes live: Option 1: explain why it is wrong." in told
        added = draft(lesson)[-1]
        assert (added.handle, added.stem) == ("what-is-it", "What is it?")
        assert [option.value["right"] for option in added.options] == [False, True]
        assert lesson.questions.count() == 4
        assert LessonPage.objects.get(pk=lesson.pk).has_unpublished_changes

    def test_importing_twice_adds_once(self, lesson, aiken):
        imported(aiken, lesson)
        before = Revision.objects.count()
        assert "“what-is-it”: already in the lesson" in imported(aiken, lesson)
        assert len(draft(lesson)) == 5
        assert Revision.objects.count() == before

    def test_a_dry_run_writes_nothing(self, lesson, aiken):
        before = Revision.objects.count()
        told = imported(aiken, lesson, dry_run=True)
        assert told.endswith("Nothing was written.\n")
        assert Revision.objects.count() == before

    def test_what_was_imported_can_be_published(self, lesson, aiken):
        imported(aiken, lesson)
        lesson.refresh_from_db()
        lesson.get_latest_revision().publish()
        assert lesson.questions.count() == 5

    @pytest.mark.parametrize("name", ["questions.xml", "questions.gift"])
    def test_another_lesson_gets_the_same_questions_with_keys_of_its_own(
        self, lesson, course, aiken, tmp_path, name
    ):
        imported(aiken, lesson)
        exported(lesson, tmp_path / name)
        other = lessons_of(course)[1]
        other.questions.all().delete()
        imported(tmp_path / name, other)
        there, here = draft(lesson), draft(other)
        assert [said(q) for q in here] == [said(q) for q in there]
        assert [q.handle for q in here] == [q.handle for q in there]
        keys = {q.translation_key for q in here}
        assert not keys & {q.translation_key for q in there}
        for page in (lesson, other):
            page.refresh_from_db()
            page.get_latest_revision().publish()

    def test_the_same_lesson_on_another_site_gets_the_same_keys(self, lesson, tmp_path):
        file = tmp_path / "questions.xml"
        exported(lesson, file)
        keys = [q.translation_key for q in draft(lesson)]
        lesson.questions.all().delete()
        LessonPage.objects.get(pk=lesson.pk).save_revision()
        imported(file, lesson)
        assert [q.translation_key for q in draft(lesson)] == keys

    def test_an_id_that_another_question_has_is_numbered(self, lesson, tmp_path):
        handle = draft(lesson)[0].handle
        file = tmp_path / "questions.gift"
        file.write_text(f"::{handle}:: Another? {{=a ~b}}")
        assert f"“{handle}-2”: add" in imported(file, lesson)

    def test_a_broken_question_is_named_and_the_others_come_in(self, lesson, tmp_path):
        file = tmp_path / "questions.gift"
        file.write_text("Sound? {=a ~b}\n\nBroken? {=a")
        told = imported(file, lesson)
        assert "Line 3: “Broken? {=a” is left out. Put one “{”" in told
        assert draft(lesson)[-1].stem == "Sound?"

    def test_a_file_of_nothing_but_broken_questions_adds_nothing(
        self, lesson, tmp_path
    ):
        file = tmp_path / "questions.gift"
        file.write_text("\n\nBroken? {=a")
        with pytest.raises(CommandError, match=r"questions.gift:3: .*Put one"):
            imported(file, lesson)
        assert len(draft(lesson)) == 4

    def test_what_a_format_cannot_carry_is_listed(self, lesson, tmp_path):
        _out, err = exported(lesson, tmp_path / "questions.gift")
        handles = {q.kind: q.handle for q in draft(lesson)}
        assert "Moodle has ordering questions since version 4.4" in err
        assert f"other systems may not: “{handles['ordering']}”." in err
        assert f"Anteroom does not: “{handles['multiple_response']}”." in err

    @pytest.mark.parametrize("name", ["questions.xml", "questions.gift"])
    def test_what_is_not_finished_is_left_out_and_named(self, lesson, tmp_path, name):
        """Moodle's import stops at such a question and loses all that follow."""
        made = lesson.get_latest_revision_as_object()
        made.questions.add(Question(handle="half", kind="single_choice", stem="Half?"))
        made.questions.add(Question(handle="bare", stem="", locale=lesson.locale))
        made.save_revision(clean=False)
        _out, err = exported(lesson, tmp_path / name)
        assert "“half” is left out because it is not finished. Give at least two" in err
        assert "“bare” is left out because it is not finished. Choose a kind" in err
        text = (tmp_path / name).read_text()
        assert "half" not in text.lower()
        assert len(formats.read_question_bytes(text.encode()).items) == 4

    def test_a_lesson_that_waits_for_review_is_left_alone(self, lesson, aiken):
        lesson.get_workflow().start(lesson, a_person("Author"))
        with pytest.raises(CommandError, match="waiting for a review"):
            imported(aiken, lesson)

    def test_a_mirrored_lesson_is_left_alone(self, lesson, aiken):
        # No more are made; a site may have one from before.
        alias = a_lesson(lesson.get_parent().specific, slug="mirror")
        LessonPage.objects.filter(pk=alias.pk).update(alias_of=lesson)
        with pytest.raises(CommandError, match="is an alias of another lesson"):
            run("import_questions", aiken, alias.slug)

    @pytest.mark.parametrize(
        ("file", "lesson_name", "told"),
        [
            ("questions.txt", "no-such-lesson", "There is no lesson"),
            ("missing.txt", "", "cannot be read: No such file"),
            ("", "", "cannot be read: Is a directory"),
        ],
    )
    def test_what_is_not_there_is_named(self, lesson, aiken, file, lesson_name, told):
        with pytest.raises(CommandError, match=told):
            run("import_questions", aiken.parent / file, lesson_name or lesson.slug)

    def test_the_format_is_asked_for_where_the_name_does_not_say(self, lesson):
        with pytest.raises(CommandError, match="Choose a format with --format"):
            run("export_questions", lesson.slug)
        assert "<quiz>" in run("export_questions", lesson.slug, format="moodle-xml")[0]


@pytest.mark.sweep
class TestInTheAdmin:
    @pytest.fixture
    def author(self, client, lesson):
        client.force_login(a_person("Author"))
        return client

    def upload(self, client, lesson, text):
        file = SimpleUploadedFile("questions.txt", text.encode())
        return client.post(
            reverse("import_questions", args=[lesson.pk]), {"file": file}
        )

    def test_the_plan_is_shown_before_anything_is_added(self, author, lesson):
        shown = self.upload(author, lesson, AIKEN)
        assert "Add 1 question to the draft" in shown.content.decode()
        assert len(draft(lesson)) == 4
        done = author.post(
            reverse("import_questions", args=[lesson.pk]),
            {**shown.context["form"].initial, "apply": "yes"},
            follow=True,
        )
        assert "1 question was added to the draft" in done.content.decode()
        assert len(draft(lesson)) == 5
        assert lesson.questions.count() == 4

    def test_the_largest_file_comes_in(self, author, lesson):
        """Its text goes back with the form, where browsers end lines with two signs."""
        shown = self.upload(author, lesson, AIKEN.ljust(formats.LARGEST, "\n"))
        sent = {**shown.context["form"].initial, "apply": "yes"}
        sent["text"] = sent["text"].replace("\n", "\r\n")
        done = author.post(reverse("import_questions", args=[lesson.pk]), sent)
        assert done.status_code == 302
        assert len(draft(lesson)) == 5

    def test_a_plan_of_another_draft_is_shown_anew(self, author, lesson):
        shown = self.upload(author, lesson, AIKEN)
        page = lesson.get_latest_revision_as_object()
        page.questions.set(list(page.questions.all())[1:])
        page.save_revision()
        posted = {**shown.context["form"].initial, "apply": "yes"}
        told = author.post(reverse("import_questions", args=[lesson.pk]), posted).text
        assert "Somebody has changed the questions in this lesson" in told
        assert "Add 1 question to the draft" in told
        assert len(draft(lesson)) == 3

    def test_a_broken_file_is_told_by_line(self, author, lesson):
        told = self.upload(author, lesson, "<quiz>\n<question></quiz>")
        assert "Line 2: This is not well-formed XML" in told.content.decode()
        told = author.post(reverse("import_questions", args=[lesson.pk]))
        assert "Choose a file." in told.content.decode()

    def test_a_download_is_the_file_that_the_command_writes(
        self, author, lesson, tmp_path
    ):
        url = reverse("export_questions", args=[lesson.pk])
        assert "Moodle gives part of the marks" in author.get(url).content.decode()
        got = author.get(url, {"format": "moodle-xml"})
        exported(lesson, tmp_path / "q.xml")
        assert got.content == (tmp_path / "q.xml").read_bytes()
        assert got.headers["Content-Disposition"].endswith(f'{lesson.slug}.xml"')
        assert author.get(url, {"format": "docx"}).status_code == 404

    def test_while_the_lesson_waits_nothing_is_added(self, author, lesson):
        shown = self.upload(author, lesson, AIKEN)
        lesson.get_workflow().start(lesson, a_person("Author"))
        url = reverse("import_questions", args=[lesson.pk])
        posted = {**shown.context["form"].initial, "apply": "yes"}
        told = author.post(url, posted, follow=True)
        assert "waiting for a review" in told.content.decode()
        assert len(draft(lesson)) == 4

    def test_the_lesson_editor_leads_to_both(self, author, lesson):
        page = author.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
        for name in ("export_questions", "import_questions"):
            assert reverse(name, args=[lesson.pk]) in page.content.decode()
