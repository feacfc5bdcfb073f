"""Authors are written to about what is past its review date, once about each."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from accounts.actions.learners import erase_person
from accounts.register import export_person
from authoring.review.actions import reminders
from authoring.review.models import ReviewReminder
from authoring.review.queries.due_checks import overdue_pages
from course.models import CoursePage, LessonPage
from tests.factories import a_course, lessons_of
from tests.roles import a_person

DAY = dt.date(2027, 5, 1)
NEXT_DAY = dt.datetime(2027, 5, 2, 3, 20, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def night(time_machine):
    time_machine.move_to(NEXT_DAY)


@pytest.fixture
def author(lesson):
    """The one author of a site where one lesson is past its review date."""
    later = {"next_check": dt.date(2028, 1, 1)}
    CoursePage.objects.update(**later)
    LessonPage.objects.exclude(pk=lesson.pk).update(**later)
    return a_person("Author")


def run(capsys):
    call_command("check_reviews")
    return capsys.readouterr().out


def test_an_author_is_told_what_is_due_until_when_and_where_to_go(
    author, lesson, capsys, settings
):
    told = run(capsys)
    assert "Past their review date: 1." in told
    assert f"2027-05-01  {lesson.title}" in told
    assert f"Written to {author.email}." in told
    [letter] = mail.outbox
    assert letter.to == [author.email]
    assert letter.subject == "A page is past its review date"
    assert lesson.title in letter.body
    assert "Next check: 1 May 2027." in letter.body
    assert "open until 30 July 2027" in letter.body
    assert f"{settings.SITE_URL}/admin/pages/{lesson.pk}/edit/" in letter.body


def test_running_it_twice_sends_once(author, capsys):
    run(capsys)
    assert "No e-mails were needed." in run(capsys)
    assert len(mail.outbox) == 1


def test_only_who_writes_pages_is_written_to(author, capsys):
    for role in ("Reviewer", "Trainer"):
        a_person(role)
    administrator = a_person("Administrator")
    gone = a_person("Author")
    gone.is_active = False
    gone.save()
    run(capsys)
    people = {person for letter in mail.outbox for person in letter.to}
    assert people == {author.email, administrator.email}


def test_several_pages_make_one_letter_and_a_new_author_gets_one_too(author, capsys):
    LessonPage.objects.update(next_check=DAY)
    CoursePage.objects.update(next_check=DAY)
    run(capsys)
    assert [letter.subject for letter in mail.outbox] == [
        "3 pages are past their review date"
    ]
    newcomer = a_person("Author")
    run(capsys)
    assert [letter.to for letter in mail.outbox[1:]] == [[newcomer.email]]


def test_a_new_date_that_passes_is_told_again(author, lesson, capsys, time_machine):
    run(capsys)
    LessonPage.objects.filter(pk=lesson.pk).update(next_check=dt.date(2027, 6, 1))
    run(capsys)
    assert len(mail.outbox) == 1
    time_machine.move_to(dt.datetime(2027, 6, 2, 12, tzinfo=dt.UTC))
    run(capsys)
    assert len(mail.outbox) == 2


def test_what_is_not_live_or_not_past_is_not_told(author, lesson, capsys, time_machine):
    time_machine.move_to(dt.datetime(2027, 5, 1, 12, tzinfo=dt.UTC))
    assert "Past their review date: 0." in run(capsys)
    time_machine.move_to(NEXT_DAY)
    lesson.unpublish()
    assert "Past their review date: 0." in run(capsys)
    assert mail.outbox == []


def test_a_letter_that_was_refused_is_sent_the_next_time(
    author, lesson, capsys, monkeypatch
):
    def refuse(*args, **kwargs):
        raise smtplib.SMTPServerDisconnected("busy")

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "send_mail", refuse)
        with pytest.raises(CommandError, match=rf"{author.email}: busy"):
            run(capsys)
    assert ReviewReminder.objects.get().sent_at is None
    run(capsys)
    assert len(mail.outbox) == 1
    assert ReviewReminder.objects.get().sent_at is not None


def test_a_letter_that_is_not_due_any_more_is_not_sent_later(
    author, lesson, capsys, monkeypatch
):
    ReviewReminder.objects.create(
        page_key=lesson.translation_key,
        locale="en",
        next_check=dt.date(2027, 4, 1),
        recipient=author,
        noted_at=NEXT_DAY,
    )
    LessonPage.objects.update(next_check=dt.date(2028, 1, 1))
    run(capsys)
    assert mail.outbox == []
    assert not ReviewReminder.objects.exists()


def test_another_run_at_the_same_moment_sends_no_second_letter(
    author, capsys, monkeypatch
):
    def while_sending(*args, **kwargs):
        """The other run starts when this one's letter is on its way."""
        monkeypatch.setattr(reminders, "send_mail", send)
        call_command("check_reviews")
        send(*args, **kwargs)

    send = reminders.send_mail
    monkeypatch.setattr(reminders, "send_mail", while_sending)
    run(capsys)
    assert len(mail.outbox) == 1


def test_the_database_holds_one_row_for_each(author, capsys):
    run(capsys)
    row = ReviewReminder.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_reminders_are_in_the_register(author, capsys):
    run(capsys)
    [held] = export_person(None, author)["review_reminders"]
    assert held["next_check"] == "2027-05-01"
    erase_person(learner=None, user=author, at=NEXT_DAY)
    assert not ReviewReminder.objects.exists()


def test_pages_are_read_in_two_queries(author, django_assert_num_queries):
    with django_assert_num_queries(2):
        overdue_pages(NEXT_DAY.date())
    LessonPage.objects.update(next_check=DAY)
    lessons_of(a_course(lessons=3))
    with django_assert_num_queries(2):
        assert len([page.locale.pk for page in overdue_pages(NEXT_DAY.date())]) > 3
