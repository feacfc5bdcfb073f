"""An article becomes draft pages, whole, and once."""

import html
import json
import uuid
from collections import Counter
from html.parser import HTMLParser
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from wagtail.models import Comment, Site

from authoring.articles.actions.importing import (
    UnableToMakePages,
    change_plan,
    keep_article,
    make_pages,
)
from authoring.articles.models import ImportedArticle
from authoring.articles.rules import plan_edits
from authoring.articles.rules.document import ArticleTable, Document, sentences_of
from authoring.articles.rules.outline import FIVE_LESSONS, outline_named
from authoring.articles.rules.plan import SET_ASIDE, UNPLACED, PlannedSection, make_plan
from course.models import CoursePage, LessonPage
from course.rules.prose import split_line
from quizzes.queries.attempts import paper_of
from tests.authoring.articles import articles
from tests.authoring.articles.documents import documents
from tests.factories import UserFactory
from tests.properties import fewer_examples

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "widgets.txt"
    path.write_text(articles.TEXT)
    return path


@pytest.fixture
def administrator():
    return UserFactory(administrator=True)


def run(file, *options):
    out = StringIO()
    if "--outline" not in options:
        options = (*options, "--outline", FIVE_LESSONS)
    call_command("import_article", file, *options, stdout=out)
    return out.getvalue()


class Lines(HTMLParser):
    """The text of rich text: a line for each paragraph, item and cell."""

    def __init__(self, html):
        super().__init__()
        self.found = [""]
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "li", "br"):
            self.found.append("")

    def handle_data(self, data):
        self.found[-1] += data


def sentences_on(lessons):
    """Return the sentences of bodies and FAQs as they stand on the pages."""
    lines = []
    for lesson in lessons:
        for block in lesson.body:
            if block.block_type == "text":
                lines += Lines(block.value.source).found
            if block.block_type == "table":
                lines += [column["heading"] for column in block.value.columns]
                lines += [str(cell) for row in block.value.rows for cell in row]
        for entry in lesson.faq_entries.all():
            lines += [entry.question, *Lines(entry.answer).found]
    return Counter(sentence for line in lines for sentence in split_line(line))


def sentences_said(part):
    """Return the sentences of a part; an answer says its tables row by row."""
    if isinstance(part, PlannedSection):
        return part.sentences
    found = list(split_line(part.question))
    for block in part.answer:
        if isinstance(block, ArticleTable):
            (first, second), *rows = block.rows
            lines = [f"{one}; {second}: {two}" for one, two in rows]
            lines = lines or [f"{first}; {second}"]
            found += [sentence for line in lines for sentence in split_line(line)]
        else:
            found += sentences_of([block])
    return found


def imported_lessons():
    return LessonPage.objects.order_by("path")


def pages_of(plan, user=None):
    """Make the pages of a plan and return the lessons, as their drafts stand."""
    article = keep_article(
        data=articles.TEXT.encode(),
        filename="a.txt",
        outline_name=FIVE_LESSONS,
        user=user,
        at=timezone.now(),
    )
    change_plan(article=article, plan=plan)
    home = Site.objects.get(is_default_site=True).root_page
    made = make_pages(article=article, parent=home, user=user, at=timezone.now())
    drafts = made.course.get_children().specific()
    return [lesson.get_latest_revision_as_object() for lesson in drafts]


@fewer_examples(0.15, fixtures=True)
@given(document=documents())
def test_pages_hold_every_sentence_of_the_plan_exactly_once(db, document):
    plan = make_plan(document, outline_named(FIVE_LESSONS))
    for part in plan.parts:
        if part.place == UNPLACED:
            plan = plan_edits.move_part(plan, part.id, "risks-rules-and-cost")
    if not any(part.place != SET_ASIDE for part in plan.sections):
        return
    placed = Counter(
        sentence
        for part in plan.parts
        if part.place != SET_ASIDE
        for sentence in sentences_said(part)
    )
    assert sentences_on(pages_of(plan)) == placed


@pytest.mark.own_process
def test_the_plan_is_shown_and_nothing_is_written_without_yes(file):
    shown = run(file)
    assert "Risks and Side Effects" in shown
    assert "Nothing was written" in shown
    assert not ImportedArticle.objects.exists()
    assert not LessonPage.objects.exists()


def test_json_accounts_for_every_sentence(file):
    plan = json.loads(run(file, "--json"))
    counts = plan["sentences"]
    assert counts["total"] == sum(counts.values()) - counts["total"] > 10
    assert [lesson["slug"] for lesson in plan["lessons"]][3] == "risks-rules-and-cost"
    assert plan["set_aside"][0]["sentences"] == ["WhatsApp: +1 (555) 010-9999"]
    assert {"kind", "sentence", "why"} == set(plan["flags"][0])
    assert not ImportedArticle.objects.exists()


def test_yes_makes_drafts_with_questions_that_nobody_is_asked_yet(file, administrator):
    run(file, "--yes")
    course = CoursePage.objects.get()
    assert not course.live
    lessons = list(imported_lessons())
    assert [lesson.slug for lesson in lessons] == [
        "the-basics",
        "types",
        "the-procedure-healing-and-results",
        "risks-rules-and-cost",
        "alternatives-and-deciding",
    ]
    assert not any(lesson.live for lesson in lessons)
    [question] = lessons[3].questions.all()
    assert (question.stem, question.review_status) == ("Who pays?", "to_check")
    assert question.options[0].value["right"]
    assert paper_of(lessons[3]).questions == ()


def test_the_file_is_kept_with_its_digest(file, administrator):
    run(file, "--yes")
    article = ImportedArticle.objects.get()
    assert bytes(article.content) == file.read_bytes()
    assert article.course_key == CoursePage.objects.get().translation_key


def test_flagged_sentences_get_a_comment_at_their_block(tmp_path, administrator):
    file = tmp_path / "a.md"
    file.write_text("# T\n\n## Risks\n\nIt cures baldness.\n")
    run(file, "--yes", "--user", administrator.email)
    comments = Comment.objects.all()
    block = next(b for b in LessonPage.objects.get().body if b.block_type == "text")
    assert {comment.contentpath for comment in comments} == {f"body.{block.id}"}
    [passage] = json.loads(comments[0].position)
    assert (passage["start"], passage["end"]) == (0, len("It cures baldness."))
    assert comments[0].user == administrator
    assert "It cures baldness." in comments[0].text


def test_flagged_sentences_of_faq_and_quiz_stand_in_the_review_tab(
    tmp_path, administrator, client
):
    file = tmp_path / "a.md"
    file.write_text(
        "# T\n\n## Risks\n\nAsk.\n\n## FAQ\n\n### Is it safe?\n\nIt cures.\n"
    )
    run(file, "--yes")
    client.force_login(administrator)
    edit = reverse("wagtailadmin_pages:edit", args=[LessonPage.objects.get().pk])
    text = html.unescape(client.get(edit).text)
    assert "(promise): “It cures.”" in text
    CoursePage.objects.update(translation_key=uuid.uuid4())
    assert "(promise)" not in client.get(edit).text


def test_what_has_no_place_stops_the_import_until_it_gets_one(tmp_path):
    file = tmp_path / "a.md"
    file.write_text("# T\n\n## Recipes\n\nStir the soup well.\n")
    with pytest.raises(CommandError, match=r"no lesson yet: “Recipes”"):
        run(file, "--yes")
    assert not ImportedArticle.objects.exists()
    assert not CoursePage.objects.exists()
    with pytest.raises(CommandError, match="no part s9"):
        run(file, "--place", "s9=risks-rules-and-cost")
    run(file, "--yes", "--place", "s1=risks-rules-and-cost")
    assert LessonPage.objects.get().slug == "risks-rules-and-cost"


def test_the_same_file_again_asks_whether_to_update_or_make_another(
    file, administrator
):
    run(file, "--yes")
    with pytest.raises(CommandError, match="imported before"):
        run(file, "--yes")
    run(file, "--yes", "--another")
    assert [course.slug for course in CoursePage.objects.order_by("path")] == [
        "all-about-scalp-widgets",
        "all-about-scalp-widgets-2",
    ]


def test_an_update_renews_drafts_and_leaves_what_an_author_changed(file, administrator):
    run(file, "--yes")
    keys = {
        question.translation_key
        for lesson in imported_lessons()
        for question in lesson.questions.all()
    }
    mine = LessonPage.objects.get(slug="risks-rules-and-cost")
    mine.main_message = "Mine."
    mine.save_revision(user=administrator, clean=False)
    said = run(file, "--yes", "--update")
    assert (
        "Not changed, because it is live or somebody edited it: Risks, rules and cost"
        in said
    )
    assert said.count("Draft:") == 4
    assert CoursePage.objects.count() == 1
    assert mine.get_latest_revision_as_object().main_message == "Mine."
    assert keys == {
        question.translation_key
        for lesson in imported_lessons()
        for question in lesson.questions.all()
    }


def test_a_plan_without_a_section_is_refused_whole():
    with pytest.raises(UnableToMakePages, match="No lesson has a section"):
        pages_of(make_plan(Document("T", (), (), ()), outline_named(FIVE_LESSONS)))
    assert not CoursePage.objects.exists()


@pytest.mark.parametrize("name", ["missing.txt", "empty.txt"])
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path, name):
    (tmp_path / "empty.txt").touch()
    with pytest.raises(CommandError, match=name):
        run(tmp_path / name)
