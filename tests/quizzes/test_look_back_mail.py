"""E-mail when a look back is due: for whoever asked, once, and never in the night."""

import datetime as dt
import re

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import erase_learner, erase_person
from accounts.models import Learner
from mail.kinds import Planning
from mail.models import Message
from progress.actions.recall import review_question
from progress.actions.reminding import ask_for_reminders
from progress.models import LessonProgress, RecallReminder
from quizzes.mail_kinds.look_back import LookBackMail
from quizzes.models import Question
from tests.factories import UserFactory, lessons_of
from tests.statements import statements_of
from tests.taking_quizzes import give_first_options

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
DAY = dt.timedelta(days=1)
STOP = re.compile(r"/progress/look-back/e-mail/stop/[^\s]+/")
HIDDEN = re.compile(r'type="hidden" name="(opened_for|wish)" value="([^"]*)"')


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def learner(client, course):
    """Somebody with an account who did both lessons today."""
    client.force_login(UserFactory(email="anna@example.org"))
    for lesson in lessons_of(course):
        give_first_options(client, lesson)
    return Learner.objects.get()


def fields_in(page):
    section = page.partition('id="look-back-mail"')[2].partition("</section>")[0]
    return dict(HIDDEN.findall(section))


def press(client):
    """Press the one button about these e-mails on “Your progress”."""
    fields = fields_in(client.get("/progress/").text)
    return client.post("/progress/look-back/e-mail/", fields, follow=True).text


@pytest.fixture
def asked(client, learner):
    press(client)
    return learner


def sent():
    """Run the recurring work twice, and return what was sent."""
    mail.outbox.clear()
    for _run in range(2):
        call_command("send_due_reminders", verbosity=0)
    return list(mail.outbox)


def look_back(learner, number=4):
    """Have the learner look back at so many questions."""
    for question in Question.objects.order_by("pk")[:number]:
        review_question(
            learner=learner,
            lesson_key=question.lesson.translation_key,
            question_key=question.translation_key,
            is_right=True,
            at=timezone.now(),
        )


def test_who_did_not_ask_gets_none(learner, clock):
    clock.move_to(NOON + 2 * DAY)
    assert not sent()


def test_a_day_later_one_comes_and_no_second_one(asked, clock):
    assert not sent()
    clock.move_to(NOON + DAY)
    (one,) = sent()
    assert one.to == ["anna@example.org"]
    assert one.subject == "It is time to look back"
    assert "4 questions from lessons you have done wait for you." in one.body
    assert f"{settings.SITE_URL}/progress/look-back/\n" in one.body
    clock.move_to(NOON + 30 * DAY)
    assert not sent()


def test_the_next_look_back_has_one_of_its_own(asked, clock):
    clock.move_to(NOON + DAY)
    assert len(sent()) == 1
    look_back(asked)
    assert not sent()
    clock.move_to(NOON + 4 * DAY)
    assert len(sent()) == 1


def test_who_looked_back_meanwhile_gets_none(asked, clock):
    clock.move_to(NOON + DAY)
    call_command("send_due_reminders", "--dry-run", verbosity=0)
    look_back(asked)
    assert not sent()


def waiting(clock):
    """Have one planned in the night, which waits for the morning."""
    clock.move_to(NOON.replace(hour=22) + DAY)
    assert not sent()
    return Message.objects.get(kind="look_back", state="queued")


def test_it_waits_for_the_end_of_the_quiet_hours(asked, clock):
    waiting(clock)
    clock.move_to(NOON.replace(hour=8) + 2 * DAY)
    assert len(sent()) == 1


@pytest.mark.parametrize("number", [2, 4])
def test_one_that_waits_is_dropped_after_a_look_back(asked, clock, number):
    message = waiting(clock)
    look_back(asked, number)
    clock.move_to(NOON.replace(hour=8) + 2 * DAY)
    assert not sent()
    message.refresh_from_db()
    assert message.state == "dropped"


def test_one_that_waited_for_days_does_not_stand_for_the_next_look_back(asked, clock):
    message = waiting(clock)
    look_back(asked)
    clock.move_to(NOON + 5 * DAY)
    assert len(sent()) == 1
    message.refresh_from_db()
    assert message.state == "dropped"


def test_a_course_that_changes_does_not_send_it_again(asked, clock):
    clock.move_to(NOON + DAY)
    assert len(sent()) == 1
    LessonProgress.objects.update(passed_at=NOON + 2 * DAY)
    clock.move_to(NOON + 9 * DAY)
    assert not sent()


def stop(client, learner):
    press(client)


def erase(client, learner):
    erase_learner(learner=learner, at=timezone.now())


def erase_account(client, learner):
    erase_person(learner=learner, user=learner.user, at=timezone.now())


@pytest.mark.parametrize("end", [stop, erase, erase_account])
def test_none_comes_after_a_stop_or_an_erasure(client, asked, clock, end):
    waiting(clock)
    end(client, asked)
    assert not RecallReminder.objects.exists()
    clock.move_to(NOON + 2 * DAY)
    assert not sent()


def test_the_link_in_it_stops_them_without_signing_in(asked, clock):
    clock.move_to(NOON + DAY)
    address = STOP.search(sent()[0].body)[0]
    anybody = Client()
    assert "Stop these e-mails" in anybody.get(address).text
    assert RecallReminder.objects.exists()
    page = anybody.post(address, follow=True).text
    assert "You get no e-mail when a look back is due" in page
    assert not RecallReminder.objects.exists()


def stop_header(email):
    """Return the address in the header, from the mail as it goes out."""
    raw = email.message().as_bytes().decode()
    return re.search(r"^List-Unsubscribe:\s+<(\S+)>$", raw, re.MULTILINE)[1]


@pytest.mark.parametrize("name", ["List-Unsubscribe", "other"])
def test_a_mail_program_stops_them_with_one_click(asked, clock, settings, name):
    settings.SITE_URL = "https://anteroom.example.org"
    clock.move_to(NOON + DAY)
    (one,) = sent()
    address = stop_header(one)
    assert address == settings.SITE_URL + STOP.search(one.body)[0]
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)
    for _scan in (program.get, program.head, program.options):
        _scan(address, secure=True)
        assert RecallReminder.objects.exists()
    response = program.post(address, {name: "One-Click"}, secure=True)
    assert not RecallReminder.objects.exists()
    assert not response.cookies
    # Mail programs follow no redirect, and people should see a page.
    assert response.status_code == (200 if name == "List-Unsubscribe" else 302)
    clock.move_to(NOON + 9 * DAY)
    assert not sent()


def test_without_https_only_the_page_is_named(asked, clock, settings):
    settings.SITE_URL = "http://127.0.0.1:8000"
    clock.move_to(NOON + DAY)
    (one,) = sent()
    assert stop_header(one) == settings.SITE_URL + STOP.search(one.body)[0]
    assert "List-Unsubscribe-Post" not in one.extra_headers


def test_an_address_that_is_not_whole_stops_nothing(client, asked, clock):
    clock.move_to(NOON + DAY)
    broken = f"{STOP.search(sent()[0].body)[0][:-5]}/"
    for response in (client.get(broken), client.post(broken)):
        assert response.status_code == 404
        assert "The address is not whole" in response.text
    assert RecallReminder.objects.exists()


def test_the_page_says_whether_they_come(client, learner):
    assert "E-mail me when a look back is due" in client.get("/progress/").text
    assert "Stop these e-mails" in press(client)
    assert "E-mail me when a look back is due" in press(client)


def test_without_an_account_nothing_is_offered(client, course):
    give_first_options(client, lessons_of(course)[0])
    assert "E-mail me when" not in client.get("/progress/").text
    client.post("/progress/look-back/e-mail/", {"wish": "ask"})
    assert not RecallReminder.objects.exists()


def test_a_form_that_was_shown_to_somebody_else_changes_nothing(client, learner):
    fields = fields_in(client.get("/progress/").text)
    client.force_login(UserFactory())
    client.post("/progress/look-back/e-mail/", fields)
    assert not RecallReminder.objects.exists()


def test_it_is_in_the_language_in_which_it_was_asked_for(learner, clock):
    ask_for_reminders(learner=learner, language="es", at=timezone.now())
    clock.move_to(NOON + DAY)
    html = sent()[0].alternatives[0].content
    assert 'lang="es"' in html
    assert "/es/progress/look-back/" in html


def test_a_download_says_that_they_come(client, asked):
    record = client.get("/progress/download/").json()["look_back_mail"]
    assert record == {"asked": NOON.isoformat(), "language": "en"}


def planned():
    return list(LookBackMail().plan_messages(Planning(timezone.now())))


@pytest.mark.sweep
def test_many_people_are_looked_at_in_the_same_number_of_queries(course, clock):
    asked = []
    for people in (1, 3):
        for _person in range(people):
            client = Client()
            client.force_login(UserFactory())
            for lesson in lessons_of(course):
                give_first_options(client, lesson)
            press(client)
        clock.move_to(timezone.now() + DAY)
        asked.append(len(statements_of(planned)))
    assert len(planned()) == 4
    assert asked[0] == asked[1]
