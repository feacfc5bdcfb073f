"""Authors are written to about what is past its review date, once about each."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command

from accounts.actions.learners import erase_person
from accounts.register import export_person
from authoring.review.queries.due_checks import overdue_pages
from course.models import CoursePage, LessonPage
from mail.actions.planning import plan_messages
from mail.models import Message
from tests.factories import a_course, lessons_of
from tests.roles import a_person

DAY = dt.date(2027, 5, 1)
NEXT_DAY = dt.datetime(2027, 5, 2, 9, 20, tzinfo=dt.UTC)

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
    """List what is past its date, and send what is due."""
    call_command("check_reviews")
    call_command("send_due_reminders", verbosity=0)
    return capsys.readouterr().out


def test_an_author_is_told_what_is_due_until_when_and_where_to_go(
    author, lesson, capsys, settings
):
    told = run(capsys)
    assert "Past their review date: 1." in told
    assert f"2027-05-01  {lesson.title}" in told
    [message] = mail.outbox
    assert message.to == [author.email]
    assert message.subject == "A page is past its review date"
    assert lesson.title in message.body
    assert "Next check: 1 May 2027." in message.body
    assert "open until 30 July 2027" in message.body
    assert f"{settings.SITE_URL}/admin/pages/{lesson.pk}/edit/" in message.body


def test_running_it_twice_sends_once(author, capsys):
    run(capsys)
    run(capsys)
    assert len(mail.outbox) == 1


def test_only_who_writes_pages_is_written_to(author, capsys):
    for role in ("Reviewer", "Trainer"):
        a_person(role)
    administrator = a_person("Administrator")
    gone = a_person("Author")
    gone.is_active = False
    gone.save()
    run(capsys)
    people = {person for message in mail.outbox for person in message.to}
    assert people == {author.email, administrator.email}


def test_several_pages_make_one_message_and_a_new_author_gets_one_too(author, capsys):
    LessonPage.objects.update(next_check=DAY)
    CoursePage.objects.update(next_check=DAY)
    run(capsys)
    assert [message.subject for message in mail.outbox] == [
        "3 pages are past their review date"
    ]
    newcomer = a_person("Author")
    run(capsys)
    assert [message.to for message in mail.outbox[1:]] == [[newcomer.email]]


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


def test_a_mail_that_was_refused_is_sent_later(
    author, capsys, monkeypatch, time_machine
):
    def refuse(self, messages):
        raise smtplib.SMTPServerDisconnected("busy")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        run(capsys)
    assert Message.objects.get().state == "queued"
    time_machine.move_to(NEXT_DAY + dt.timedelta(minutes=6))
    run(capsys)
    assert [message.to for message in mail.outbox] == [[author.email]]


def test_what_is_not_due_any_more_is_not_sent_later(author, lesson, capsys):
    plan_messages(at=NEXT_DAY)
    LessonPage.objects.update(next_check=dt.date(2028, 1, 1))
    run(capsys)
    assert mail.outbox == []
    assert Message.objects.get().state == "dropped"


def test_what_was_left_out_of_a_mail_is_written_about_when_it_is_due_again(
    author, lesson, capsys
):
    other = LessonPage.objects.exclude(pk=lesson.pk).first()
    LessonPage.objects.filter(pk=other.pk).update(next_check=DAY)
    plan_messages(at=NEXT_DAY)
    LessonPage.objects.filter(pk=other.pk).update(live=False)
    run(capsys)
    assert other.title not in mail.outbox[0].body
    LessonPage.objects.filter(pk=other.pk).update(live=True)
    run(capsys)
    assert other.title in mail.outbox[1].body
    assert lesson.title not in mail.outbox[1].body


def test_it_waits_for_the_morning(author, time_machine, capsys):
    time_machine.move_to(NEXT_DAY.replace(hour=3))
    run(capsys)
    assert mail.outbox == []
    time_machine.move_to(NEXT_DAY)
    run(capsys)
    assert len(mail.outbox) == 1


def test_what_was_sent_is_in_the_register_and_goes_with_the_person(author, capsys):
    run(capsys)
    [held] = export_person(None, author)["mail"]
    assert "2027-05-01" in held["why"]["checks"][0]
    erase_person(learner=None, user=author, at=NEXT_DAY)
    row = Message.objects.get()
    assert (row.recipient, row.why) == (None, {})


def test_pages_are_read_in_two_queries(author, django_assert_num_queries):
    with django_assert_num_queries(2):
        overdue_pages(NEXT_DAY.date())
    LessonPage.objects.update(next_check=DAY)
    lessons_of(a_course(lessons=3))
    with django_assert_num_queries(2):
        assert len([page.locale.pk for page in overdue_pages(NEXT_DAY.date())]) > 3
