"""The start page tells reviewers what to read, since when, and what changed."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowTask

from authoring.review.models import ClinicalReviewTask, LiveContent
from authoring.review.panels.reviewer import ReviewerPanel
from course.models import CoursePage, LessonPage
from tests.factories import UserFactory, a_course, a_lesson, lessons_of
from tests.roles import a_person
from tests.statements import statements_of

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SIGNATURE = {"name": "Dr Ada Example", "role": "consultant dermatologist"}


@pytest.fixture
def course():
    return a_course(lessons=2, next_check=TODAY + dt.timedelta(days=300))


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


def change(lesson, user=None, **fields):
    page = LessonPage.objects.get(pk=lesson.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=user)


def submit(lesson, author):
    page = LessonPage.objects.get(pk=lesson.pk)
    if not page.latest_revision:
        page.save_revision(user=author)
    page.get_workflow().start(page, author)


def decide(lesson, reviewer, action="approve", **fields):
    step = LessonPage.objects.get(pk=lesson.pk).current_workflow_task_state
    step.task.specific.on_action(step, reviewer, action, **fields or SIGNATURE)


def sign(lesson, author, reviewer):
    submit(lesson, author)
    decide(lesson, reviewer)


def sections_of(user):
    """Return the panel's sections with rows, by name."""
    panel = ReviewerPanel(type(user).objects.get(pk=user.pk))
    assert panel.is_shown
    return {each.name: each for each in panel.get_context_data({})["sections"]}


def rows_of(user, section):
    found = sections_of(user).get(section)
    return found.rows if found else []


def start_page(client, user):
    client.force_login(user)
    return client.get("/admin/").text


def compared(lesson, first, second):
    return f"/admin/pages/{lesson.pk}/revisions/compare/{first}...{second}/"


def test_a_reviewer_for_whom_nothing_waits_is_told_so(client, reviewer):
    page = start_page(client, reviewer)
    assert "Nothing waits for you." in page
    assert "Nobody waits for your sign-off." in page
    assert "What to write" not in page


def test_authors_are_not_told_what_to_read(client, author, lesson):
    assert "What to read" not in start_page(client, author)


def test_the_number_in_front_is_that_of_all_rows(client, reviewer, course):
    page = start_page(client, reviewer)
    assert "<b>3</b> things wait for you." in page
    assert page.count('class="waiting__title"') == 3


def test_what_was_never_signed_off_waits_since_it_is_live(reviewer, lesson):
    at = timezone.now() - dt.timedelta(days=40)
    LessonPage.objects.filter(pk=lesson.pk).update(first_published_at=at)
    row = next(r for r in rows_of(reviewer, "unsigned") if r.title == lesson.title)
    day = timezone.localdate(at)
    assert row.when == f"since {day.day} {day:%B %Y}"
    assert row.links == ()


def test_a_page_that_is_not_live_does_not_wait(reviewer, lesson):
    lesson.unpublish()
    titles = {row.title for row in rows_of(reviewer, "unsigned")}
    assert lesson.title not in titles


def test_what_was_signed_off_waits_no_longer(author, reviewer, lesson):
    sign(lesson, author, reviewer)
    for section in sections_of(reviewer).values():
        assert lesson.title not in {row.title for row in section.rows}


def test_what_changed_since_leads_to_the_difference(author, reviewer, lesson):
    sign(lesson, author, reviewer)
    signed = LessonPage.objects.get(pk=lesson.pk).live_revision_id
    change(lesson, call_to_action="Buy now.").publish()
    LiveContent.objects.update(since=timezone.now() + dt.timedelta(days=2))
    [row] = rows_of(reviewer, "changed")
    assert row.links == ((compared(lesson, signed, "live"), "See what changed"),)
    assert row.what.startswith("Signed off by you on")
    day = TODAY + dt.timedelta(days=2)
    assert row.when == f"since {day.day} {day:%B %Y}"


def test_a_colleague_reads_whose_sign_off_it_was(author, reviewer, lesson):
    sign(lesson, author, reviewer)
    change(lesson, call_to_action="Buy now.").publish()
    [row] = rows_of(a_person("Reviewer"), "changed")
    assert row.what.startswith("Signed off by Dr Ada Example on")


def test_without_the_signed_revision_there_is_nothing_to_compare(
    author, reviewer, lesson
):
    sign(lesson, author, reviewer)
    signed = LessonPage.objects.get(pk=lesson.pk).live_revision_id
    change(lesson, call_to_action="Buy now.").publish()
    Revision.objects.filter(pk=signed).delete()
    [row] = rows_of(reviewer, "changed")
    assert row.links == ()


def test_what_was_submitted_says_by_whom_and_shows_the_dialogs(
    client, author, reviewer, lesson
):
    change(lesson, author, call_to_action="Ask first.")
    submit(lesson, author)
    [row] = rows_of(reviewer, "decisions")
    assert row.what == f"Submitted by {author} · Never signed off"
    assert row.links == (
        (compared(lesson, "live", "latest"), "Compare with the live page"),
    )
    assert [words for _url, words in row.buttons] == ["Sign off…", "Send back…"]
    client.force_login(reviewer)
    for url, _words in row.buttons:
        assert client.get(url).status_code == 200


def test_what_was_submitted_again_is_compared_with_what_was_signed(
    author, reviewer, lesson
):
    sign(lesson, author, reviewer)
    signed = LessonPage.objects.get(pk=lesson.pk).live_revision_id
    change(lesson, author, call_to_action="Ask first.")
    submit(lesson, author)
    [row] = rows_of(reviewer, "decisions")
    assert row.links == ((compared(lesson, signed, "latest"), "See what changed"),)


def test_a_new_page_has_nothing_to_be_compared_with(author, reviewer, course):
    new = a_lesson(course, live=False)
    submit(new, author)
    [row] = rows_of(reviewer, "decisions")
    assert row.links == ()


def test_what_was_sent_back_waits_for_its_author(author, reviewer, lesson):
    submit(lesson, author)
    decide(lesson, reviewer, "reject", comment="Not so.")
    for section in sections_of(reviewer).values():
        assert lesson.title not in {row.title for row in section.rows}


def test_another_kind_of_step_leads_to_the_editor_alone(author, reviewer, lesson):
    task = GroupApprovalTask.objects.create(name="Proofreading")
    task.groups.set(Group.objects.filter(name="Reviewer"))
    workflow = Workflow.objects.create(name="Proofreading")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    lesson.save_revision(user=author)
    workflow.start(lesson, author)
    [row] = rows_of(reviewer, "decisions")
    assert row.buttons == ()
    assert row.url == f"/admin/pages/{lesson.pk}/edit/"


def test_reviewers_see_the_dates_that_come(reviewer, lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(next_check=TODAY)
    [row] = rows_of(reviewer, "dates")
    assert row.title == lesson.title


def test_whoever_also_writes_sees_each_date_once(client, lesson):
    LessonPage.objects.filter(pk=lesson.pk).update(next_check=TODAY)
    operator = UserFactory(is_superuser=True, is_staff=True)
    assert "dates" not in sections_of(operator)
    assert start_page(client, operator).count('id="waiting-dates"') == 1


def test_pages_a_reviewer_may_not_edit_do_not_wait(reviewer, course):
    """Links to them would refuse; what the reviewer was asked to decide opens anyway."""
    other = a_course(lessons=1)
    reviewer.groups.get().page_permissions.update(page=other)
    titles = {row.title for row in rows_of(reviewer, "unsigned")}
    assert titles == {other.title, lessons_of(other)[0].title}


def test_what_was_asked_of_a_reviewer_without_rights_there_leads_to_no_comparison(
    client, author, reviewer, course, lesson
):
    reviewer.groups.get().page_permissions.update(page=a_course(lessons=0))
    change(lesson, author, call_to_action="Ask first.")
    submit(lesson, author)
    [row] = rows_of(reviewer, "decisions")
    assert row.links == ()
    client.force_login(reviewer)
    assert client.get(row.url).status_code == 200


def test_no_step_waits_for_reviewers_once_the_task_is_off(reviewer):
    ClinicalReviewTask.objects.update(active=False)
    assert not ReviewerPanel(reviewer).is_shown


def test_each_link_leads_somewhere(client, author, reviewer, course):
    changed, submitted = lessons_of(course)
    sign(changed, author, reviewer)
    change(changed, call_to_action="Buy now.").publish()
    change(submitted, author, call_to_action="Ask first.")
    submit(submitted, author)
    CoursePage.objects.update(next_check=TODAY)
    client.force_login(reviewer)
    sections = sections_of(reviewer)
    assert set(sections) == {"decisions", "changed", "unsigned", "dates"}
    for section in sections.values():
        for row in section.rows:
            for url in (row.url, *(link for link, _words in row.links)):
                assert client.get(url.partition("#")[0]).status_code == 200


def test_wagtails_own_list_is_not_shown_twice(client, author, reviewer, lesson):
    submit(lesson, author)
    page = start_page(client, reviewer)
    assert "awaiting-review" not in page
    assert page.count("data-workflow-action-url") == 2


def test_more_of_everything_costs_no_more_queries(author, reviewer, course):
    def fill(lessons):
        changed, submitted = lessons
        sign(changed, author, reviewer)
        change(changed, call_to_action="Buy now.").publish()
        change(submitted, author, call_to_action="Ask first.")
        submit(submitted, author)
        LessonPage.objects.filter(pk=changed.pk).update(next_check=TODAY)

    fill(lessons_of(course))
    sections_of(reviewer)
    few = len(statements_of(sections_of, reviewer))
    for _time in range(3):
        fill([a_lesson(course), a_lesson(course)])
    assert len(statements_of(sections_of, reviewer)) == few
    assert len(rows_of(reviewer, "decisions")) == 4
