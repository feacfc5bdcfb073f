"""The start page tells authors what waits for them: drafts, comments, checks, dates."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page

from authoring.review.access import pages_edited_by
from authoring.review.models import ClinicalReview
from authoring.review.panels.author import AuthorPanel
from authoring.review.queries.faults import lesson_faults
from course.models import LessonPage
from tests.factories import a_course, a_lesson, a_translation, lessons_of
from tests.roles import a_person
from tests.statements import statements_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def course():
    """A course whose lessons have nothing to check, so that each test has one reason."""
    return a_course(lessons=2, next_check=TODAY + dt.timedelta(days=300))


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture(autouse=True)
def quiet_rules(monkeypatch):
    """Let the rules find nothing, unless a test undoes it."""
    rules = "authoring.review.queries.checks"
    for name in ("lesson_rules.find_lesson_faults", "item_rules.find_item_faults"):
        monkeypatch.setattr(f"{rules}.{name}", lambda text, **named: [])


def draft(lesson, user, **fields):
    page = LessonPage.objects.get(pk=lesson.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision(user=user, clean=False)


def comment(lesson, user, text="Who says so?"):
    return Comment.objects.create(
        page=lesson, user=user, text=text, contentpath="main_message"
    )


def sections_of(user):
    """Return the panel's sections with rows, by name."""
    panel = AuthorPanel(type(user).objects.get(pk=user.pk))
    assert panel.is_shown
    return {each.name: each for each in panel.get_context_data({})["sections"]}


def rows_of(user, section):
    found = sections_of(user).get(section)
    return found.rows if found else []


def start_page(client, user):
    client.force_login(user)
    return client.get("/admin/").text


def test_an_author_for_whom_nothing_waits_is_told_so(client, author, course):
    page = start_page(client, author)
    assert "Nothing waits for you." in page
    assert "No draft of yours waits to go live." in page
    assert "All checks pass." in page


def test_the_number_in_front_is_that_of_all_rows(client, author, reviewer, lesson):
    draft(lesson, author)
    comment(lesson, reviewer)
    page = start_page(client, author)
    assert "<b>2</b> things wait for you." in page
    assert page.count('class="waiting__title"') == 2


def test_the_sixth_row_is_folded_and_counted(client, author, reviewer, lesson):
    for number in range(7):
        comment(lesson, reviewer, f"Remark {number}")
    page = start_page(client, author)
    assert "<b>7</b> things wait for you." in page
    assert "<summary>2 more</summary>" in page
    assert page.index("Remark 4") < page.index("<summary>") < page.index("Remark 5")


def test_a_trainer_has_no_such_panel(client, course):
    page = start_page(client, a_person("Trainer"))
    assert "What to write" not in page
    assert "What to read" not in page


def test_only_drafts_that_are_somebodys_own_wait_for_them(author, course):
    mine, other = lessons_of(course)
    draft(mine, author)
    draft(other, a_person("Author"))
    assert [row.title for row in rows_of(author, "drafts")] == [mine.title]


def test_a_draft_that_somebody_else_saved_after_me_still_waits(author, course):
    page = LessonPage.objects.get(pk=lessons_of(course)[0].pk)
    page.owner = author
    page.save()
    draft(page, a_person("Author"))
    assert rows_of(author, "drafts")


def test_a_page_as_it_is_live_is_no_draft(author, lesson):
    lesson.save_revision(user=author).publish()
    assert rows_of(author, "drafts") == []


def test_a_draft_waits_since_its_first_change_after_it_went_live(author, lesson):
    lesson.save_revision(user=author).publish()
    for _time in range(2):
        draft(lesson, author)
    first, last = lesson.revisions.order_by("-pk")[1], lesson.revisions.latest("pk")
    now = timezone.now()
    for revision, days in ((first, 9), (last, 2)):
        at = now - dt.timedelta(days=days)
        lesson.revisions.filter(pk=revision.pk).update(created_at=at)
    long_ago = now - dt.timedelta(days=20)
    Page.objects.filter(pk=lesson.pk).update(last_published_at=long_ago)
    lesson.revisions.exclude(pk__in=[first.pk, last.pk]).update(
        created_at=now - dt.timedelta(days=30)
    )
    day = timezone.localdate() - dt.timedelta(days=9)
    assert rows_of(author, "drafts")[0].when == f"since {day.day} {day:%B %Y}"


def test_a_draft_says_whether_it_was_submitted_or_sent_back(author, reviewer, lesson):
    draft(lesson, author)
    assert rows_of(author, "drafts")[0].what == "Not submitted yet"

    lesson.refresh_from_db()
    lesson.get_workflow().start(lesson, author)
    assert "waits for Clinical review" in rows_of(author, "drafts")[0].what

    step = LessonPage.objects.get(pk=lesson.pk).current_workflow_task_state
    step.task.specific.on_action(step, reviewer, "reject", comment="Not so.")
    row = rows_of(author, "drafts")[0]
    assert row.what.startswith(f"Sent back by {reviewer} on")
    assert row.icon == "warning"


def test_a_draft_says_on_which_day_it_goes_live(author, lesson):
    lesson.go_live_at = timezone.now() + dt.timedelta(days=3)
    lesson.save_revision(user=author).publish()
    assert rows_of(author, "drafts")[0].what.startswith("Goes live on")


def test_what_stands_in_the_way_of_a_draft_is_a_link_to_it(author, lesson):
    page = LessonPage.objects.get(pk=lesson.pk)
    question = page.questions.first()
    question.stem = ""
    page.questions.add(question)
    page.main_message = ""
    page.save_revision(user=author, clean=False)
    links = rows_of(author, "drafts")[0].links
    edit = f"/admin/pages/{lesson.pk}/edit/"
    assert links == (
        (edit, "Fill in: Main message"),
        (f"{edit}#tab-quiz", "Fix 1 question"),
    )


def test_a_finished_draft_has_nothing_in_its_way(author, lesson):
    draft(lesson, author)
    assert rows_of(author, "drafts")[0].links == ()


def test_a_comment_leads_to_itself(author, reviewer, lesson):
    remark = comment(lesson, reviewer)
    [row] = rows_of(author, "comments")
    assert row.url == f"/admin/pages/{lesson.pk}/edit/?comment={remark.pk}"
    assert row.title == "Who says so?"
    assert row.what == f"{reviewer} on “{lesson.title}”"


def test_a_comment_waits_for_whoever_did_not_have_the_last_word(
    author, reviewer, lesson
):
    mine, theirs = comment(lesson, author), comment(lesson, reviewer)
    assert [row.url.rpartition("=")[2] for row in rows_of(author, "comments")] == [
        str(theirs.pk)
    ]
    CommentReply.objects.create(comment=theirs, user=author, text="The trial.")
    assert rows_of(author, "comments") == []
    CommentReply.objects.create(comment=mine, user=reviewer, text="No.")
    [row] = rows_of(author, "comments")
    assert row.what.endswith("1 answer")


def test_a_resolved_comment_waits_for_nobody(author, reviewer, lesson):
    remark = comment(lesson, reviewer)
    remark.resolved_at = timezone.now()
    remark.save()
    assert rows_of(author, "comments") == []


def test_lessons_with_findings_lead_to_the_tab_that_shows_them(
    author, lesson, monkeypatch
):
    monkeypatch.undo()
    [found] = [
        faults
        for page, faults in lesson_faults(pages_edited_by(author), TODAY)
        if page.pk == lesson.pk
    ]
    assert found.findings
    row = next(r for r in rows_of(author, "checks") if r.title == lesson.title)
    assert row.url == f"/admin/pages/{lesson.pk}/edit/#tab-review"
    assert row.what == f"{found.findings} findings"


def test_findings_are_counted_again_when_the_draft_changed(author, lesson):
    def unfinished():
        faults = lesson_faults(pages_edited_by(author), TODAY)
        return {page.pk: found.fields for page, found in faults}[lesson.pk]

    assert unfinished() == ()
    draft(lesson, author, main_message="")
    assert unfinished() == ("main_message",)


def test_findings_are_not_counted_again_while_nothing_changed(
    author, course, monkeypatch
):
    pages = pages_edited_by(author)
    before = lesson_faults(pages, TODAY)
    monkeypatch.setattr(
        "authoring.review.queries.faults.checks_of",
        lambda *args: pytest.fail("counted again"),
    )
    assert lesson_faults(pages, TODAY) == before


def test_a_key_to_confirm_leads_to_its_page(author, lesson):
    page = LessonPage.objects.get(pk=lesson.pk)
    entry, question = page.faq_entries.get(), page.questions.first()
    question.answered_in = f"faq:{entry.handle}"
    question.save()
    ClinicalReview.objects.create(
        page_key=page.translation_key,
        locale="en",
        revision=1,
        sha256="0",
        faq_digests={str(entry.translation_key): "another wording"},
        name="Dr Ada Example",
        role="consultant",
        at=timezone.now(),
    )
    [row] = rows_of(author, "checks")
    assert row.links == ((f"/admin/lessons/{page.pk}/questions/keys/", "Check 1 key"),)


def test_dates_that_come_soon_or_are_past_are_told_with_the_quiz(author, course):
    soon, past = lessons_of(course)
    LessonPage.objects.filter(pk=soon.pk).update(
        next_check=TODAY + dt.timedelta(days=60)
    )
    late = TODAY - dt.timedelta(days=91)
    LessonPage.objects.filter(pk=past.pk).update(next_check=late)
    first, second = rows_of(author, "dates")
    assert (first.title, second.title) == (past.title, soon.title)
    assert first.is_late
    assert first.when == f"was due on {late.day} {late:%B %Y}"
    assert first.what.startswith("The quiz is paused.")
    assert not second.is_late
    assert second.what == ""


def test_a_date_in_61_days_is_not_told_yet(author, lesson):
    later = TODAY + dt.timedelta(days=61)
    LessonPage.objects.filter(pk=lesson.pk).update(next_check=later)
    assert rows_of(author, "dates") == []


def test_a_translation_that_lacks_a_change_for_safety_leads_to_both(
    author, lesson, settings
):
    settings.WAGTAIL_I18N_ENABLED = True
    settings.WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("es", "Español")]
    spanish = a_translation(lesson)
    assert rows_of(author, "translations") == []
    LessonPage.objects.filter(pk=lesson.pk).update(
        safety_changed_at=timezone.now() + dt.timedelta(hours=1)
    )
    [row] = rows_of(author, "translations")
    assert row.url == f"/admin/pages/{spanish.pk}/edit/"
    assert row.language == "Español"
    assert row.links == ((f"/admin/pages/{lesson.pk}/edit/", "Open the original"),)


def test_pages_somebody_may_not_edit_do_not_wait_for_them(client, author, lesson):
    """Somebody who may write one course is not told of another, as links would refuse."""
    mine = a_course(lessons=1, next_check=TODAY + dt.timedelta(days=300))
    group = author.groups.get()
    group.page_permissions.update(page=mine)
    draft(lesson, author)
    comment(lesson, a_person("Reviewer"))
    LessonPage.objects.update(next_check=TODAY)
    found = sections_of(author)
    assert set(found) == {"dates"}
    assert {row.title for row in found["dates"].rows} == {lessons_of(mine)[0].title}


def test_each_link_leads_somewhere(client, author, reviewer, lesson):
    draft(lesson, author, main_message="")
    comment(lesson, reviewer)
    LessonPage.objects.filter(pk=lesson.pk).update(next_check=TODAY)
    client.force_login(author)
    for section in sections_of(author).values():
        for row in section.rows:
            for url in (row.url, *(link for link, _words in row.links)):
                assert client.get(url.partition("#")[0]).status_code == 200


def test_wagtails_own_list_of_submitted_pages_is_not_shown_twice(
    client, author, lesson
):
    draft(lesson, author)
    lesson.refresh_from_db()
    lesson.get_workflow().start(lesson, author)
    assert "objects-in-workflow" not in start_page(client, author)


def test_more_of_everything_costs_no_more_queries(author, reviewer, course, settings):
    settings.WAGTAIL_I18N_ENABLED = True

    def fill(lessons):
        for lesson in lessons:
            a_translation(lesson)
            LessonPage.objects.filter(pk=lesson.pk).update(
                safety_changed_at=timezone.now(), next_check=TODAY
            )
            draft(lesson, author)
            comment(lesson, reviewer)
            page = LessonPage.objects.get(pk=lesson.pk)
            page.get_workflow().start(page, author)

    fill(lessons_of(course)[:1])
    sections_of(author)
    LessonPage.objects.get(pk=lessons_of(course)[1].pk).save_revision()
    few = len(statements_of(sections_of, author))
    fill([lessons_of(course)[1], *(a_lesson(course) for _n in range(3))])
    assert len(statements_of(sections_of, author)) == few
    assert len(rows_of(author, "drafts")) == len(rows_of(author, "translations")) == 5
