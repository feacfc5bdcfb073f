"""Invitations say who asks whom for what, and come from a name that people know."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from course.models import LessonPage
from mail.actions.sending import send_due_messages
from tests.factories import a_course
from tests.training.moments import clock_at
from tests.training.outbox import START, run_worker
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.teams.actions.forgetting import forget_manager
from training.teams.actions.invitations import Newcomer, add_people
from training.teams.models import Team

pytestmark = pytest.mark.django_db
clock = clock_at(START)


@pytest.fixture
def team():
    return a_team(sender_name="Clínica Norte")


@pytest.fixture
def trainer(team):
    return a_trainer(team, first_name="Tess", last_name="Ray", email="tess@example.org")


def add(team, trainer, *addresses):
    people = [Newcomer(address) for address in addresses]
    add_people(team=team, people=people, by=trainer, at=timezone.now())
    send_due_messages(at=timezone.now())
    return mail.outbox[-1]


def test_it_says_who_asks_for_what_until_when_and_where_to_ask(team, trainer):
    an_assignment(a_course(lessons=3), team, title="Hand hygiene")
    LessonPage.objects.update(minutes=7)
    sent = add(team, trainer, "ann@example.org")
    for words in (sent.body, sent.alternatives[0][0]):
        assert "Tess Ray of Clínica Norte has invited you" in words
        assert "Hand hygiene, by 3 April 2026 (about 21 minutes)" in words
        assert "Questions? Ask Tess Ray (tess@example.org)." in words


def test_only_the_lessons_that_are_asked_for_take_time(team, trainer):
    course = a_course(lessons=3)
    LessonPage.objects.update(minutes=7)
    first = LessonPage.objects.first()
    keys = [str(first.translation_key)]
    an_assignment(course, team, title="Hand hygiene", lesson_keys=keys)
    assert "(about 7 minutes)" in add(team, trainer, "ann@example.org").body


def test_what_another_team_asks_for_is_not_mentioned(team, trainer):
    other = a_team("Ward 4")
    ann = a_member(other, email="ann@example.org")
    type(ann.user).objects.update(last_login=START)
    an_assignment(a_course(), other, title="Fire drill")
    assert "Fire drill" not in add(team, trainer, "ann@example.org").body


def test_the_team_may_say_where_to_ask(team, trainer):
    Team.objects.update(contact="the office, room <5>, 555-0100")
    team.refresh_from_db()
    sent = add(team, trainer, "ann@example.org")
    assert "Questions? Ask the office, room <5>, 555-0100." in sent.body
    assert "room &lt;5&gt;" in sent.alternatives[0][0]
    assert "tess@example.org" not in sent.body


def test_mail_comes_from_the_name_of_the_clinic(settings, team, trainer):
    settings.DEFAULT_FROM_EMAIL = "Site <site@example.org>"
    sent = add(team, trainer, "ann@example.org")
    assert sent.message()["From"] == "=?utf-8?q?Cl=C3=ADnica_Norte?= <site@example.org>"
    an_assignment(a_course(), team, title="Hand hygiene")
    run_worker()
    [reminder] = [m for m in mail.outbox if m.subject == "To learn: Hand hygiene"]
    assert reminder.from_email.endswith("<site@example.org>")
    assert reminder.from_email != settings.DEFAULT_FROM_EMAIL


def test_a_team_without_a_name_of_a_clinic_uses_the_sites(settings, trainer, team):
    settings.DEFAULT_FROM_EMAIL = "Site <site@example.org>"
    Team.objects.update(sender_name="")
    sent = add(Team.objects.get(), trainer, "ann@example.org")
    assert sent.from_email == "Site <site@example.org>"
    assert "Tess Ray has invited you" in sent.body


@pytest.mark.parametrize("people", [2, 9])
def test_what_is_asked_costs_the_same_for_few_and_many(team, trainer, people):
    an_assignment(a_course(), team, title="Hand hygiene")
    addresses = [f"p{number}@example.org" for number in range(people)]
    newcomers = [Newcomer(address) for address in addresses]
    add_people(team=team, people=newcomers, by=trainer, at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        send_due_messages(at=timezone.now())
    asked = [q["sql"] for q in captured if "course_lessonpage" in q["sql"]]
    assert (len(mail.outbox), len(asked)) == (people, 1)


def test_whoever_is_erased_is_no_longer_the_one_to_ask(team, trainer):
    Team.objects.update(contact="Tess Ray, 555-0100")
    forget_manager(trainer, at=timezone.now())
    assert Team.objects.get().contact == ""
