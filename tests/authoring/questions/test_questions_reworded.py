"""Questions that come back reworded, and those whose wording reading may have changed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from authoring.questions.queries.rewording import kept_ids
from authoring.questions.rules.items import ExchangedOption
from course.models import LessonPage
from tests.authoring.questions.test_questions_travel import draft, exported, imported
from tests.factories import QuestionFactory, lessons_of
from tests.roles import a_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(course):
    lesson = lessons_of(course)[0]
    lesson.questions.all().delete()
    QuestionFactory(lesson=lesson, stem="How many?", handle="many", critical=True)
    QuestionFactory(lesson=lesson, stem="Untouched?", handle="untouched")
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def reworded(lesson, tmp_path):
    """The lesson's questions as they come back from Moodle, one of them reworded."""
    file = tmp_path / "questions.xml"
    exported(lesson, file)
    text = file.read_text().replace("How many?", "How many are there?")
    text = text.replace(">Wrong<", ">Quite wrong<", 1).replace("critical", "x")
    file.write_text(text)
    return file


def test_a_question_that_comes_back_reworded_is_no_second_one(lesson, reworded):
    before = draft(lesson)
    told = imported(reworded, lesson)
    assert "“many”: new wording" in told
    assert "Question: “How many?” → “How many are there?”" in told
    after = draft(lesson)
    assert [q.translation_key for q in after] == [q.translation_key for q in before]
    assert (after[0].stem, after[0].handle) == ("How many are there?", "many")
    assert after[1].stem == "Untouched?"


def test_what_the_file_does_not_say_stays_as_it_was(lesson, reworded):
    before = draft(lesson)[0]
    imported(reworded, lesson)
    after = draft(lesson)[0]
    assert after.critical
    assert (after.sources, after.answered_in) == (before.sources, before.answered_in)
    assert [o.id for o in after.options] == [o.id for o in before.options]
    assert after.options[1].value["text"] == "Quite wrong"


def test_our_gift_that_comes_back_reworded_is_no_second_question(lesson, tmp_path):
    before = draft(lesson)
    file = tmp_path / "questions.gift"
    exported(lesson, file)
    file.write_text(file.read_text().replace("How many?", "How many are there?"))
    assert "“many”: new wording" in imported(file, lesson)
    after = draft(lesson)
    assert [q.translation_key for q in after] == [q.translation_key for q in before]
    assert [q.stem for q in after] == ["How many are there?", "Untouched?"]


def test_gift_of_moodle_names_the_question_by_its_id_number(lesson, tmp_path):
    key = draft(lesson)[1].translation_key
    file = tmp_path / "q.gift"
    file.write_text(f"// question: 7  name: u\n// [id:{key}]\n::u::New?{{=a ~b}}")
    assert "“untouched”: new wording" in imported(file, lesson)
    assert [q.stem for q in draft(lesson)] == ["How many?", "New?"]


def test_wordings_may_be_kept(lesson, reworded):
    assert "“many”: not changed" in imported(reworded, lesson, keep_wordings=True)
    assert draft(lesson)[0].stem == "How many?"


class TestInTheAdmin:
    @pytest.fixture
    def author(self, client, lesson):
        client.force_login(a_person("Author"))
        return client

    @pytest.fixture
    def shown(self, author, lesson, reworded):
        file = SimpleUploadedFile("questions.xml", reworded.read_bytes())
        return author.post(self.url(lesson), {"file": file})

    def url(self, lesson):
        return reverse("import_questions", args=[lesson.pk])

    def apply(self, author, lesson, shown, *seen):
        posted = {
            **shown.context["form"].initial,
            "apply": "yes",
            "rewordings": seen,
        }
        return author.post(self.url(lesson), posted, follow=True).text

    def test_the_new_wording_is_offered(self, author, lesson, shown):
        assert "Use this new wording for “many”" in shown.text
        assert "<del>How many?</del>" in shown.text
        [rewording] = shown.context["plan"].rewordings
        told = self.apply(author, lesson, shown, rewording.seen)
        assert "1 question has its new wording in the draft." in told
        assert draft(lesson)[0].stem == "How many are there?"
        assert lesson.questions.get(handle="many").stem == "How many?"

    def test_what_is_not_ticked_stays(self, author, lesson, shown):
        self.apply(author, lesson, shown)
        assert [q.stem for q in draft(lesson)] == ["How many?", "Untouched?"]

    def test_a_newer_edit_is_never_overwritten(self, author, lesson, shown):
        [rewording] = shown.context["plan"].rewordings
        page = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
        rows = list(page.questions.all())
        rows[0].stem = "How many, then?"
        page.questions = rows
        page.save_revision()
        told = self.apply(author, lesson, shown, rewording.seen)
        assert "Somebody has changed the questions in this lesson" in told
        assert draft(lesson)[0].stem == "How many, then?"


def test_wording_that_may_have_changed_is_marked_and_waits(lesson, tmp_path):
    file = tmp_path / "q.gift"
    file.write_text("::s::[html]Give <s>5</s> 50 mg of it?{=yes#y ~no#n}")
    told = imported(file, lesson)
    assert "Check the wording. Struck-out text is left out: 5." in told
    question = draft(lesson)[-1]
    assert (question.review_status, question.is_asked) == ("check_wording", False)
    assert question.stem == "Give 50 mg of it?"


@pytest.mark.parametrize(
    ("after", "ids"),
    [
        (["b", "a"], ["2", "1"]),
        (["a", "new"], ["1", "2"]),
        (["a", "b", "c"], ["1", "2", None]),
        (["c", "a"], [None, "1"]),
    ],
)
def test_options_keep_their_ids_as_far_as_they_are_the_same(after, ids):
    before = [("1", ExchangedOption("a", right=True)), ("2", ExchangedOption("b"))]
    options = [ExchangedOption(text, right=text == "a") for text in after]
    assert kept_ids(before, options) == ids
