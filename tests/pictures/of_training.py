"""Pictures of docs/training.md."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from mail.actions.planning import plan_messages
from mail.actions.sending import send_due_messages
from mail.models import Message
from progress.models import Certificate
from tests.browser.test_teams import upload
from tests.factories import lessons_of
from tests.pictures.conftest import pass_lessons
from tests.training.outbox import an_exception
from tests.training.reading import REPORTS
from tests.training.staff import an_assignment
from training.teams.actions.join_links import make_join_link
from training.teams.models import Team

ROSTER = """E-mail;First name;Last name;Department
vera@example.org;Vera;Lindqvist;Dermatology
ines@example.org;Inês;Duarte;Dermatology
nora@example.org;Nora;Bakker;Dermatology
"""


def picture_training_start(take, client, open_as, trainer, team, people, course, asked):
    for learner in people[1:]:
        pass_lessons(client, learner, lessons_of(course))
    due_on = timezone.localdate() + dt.timedelta(days=10)
    first = [str(lessons_of(course)[0].translation_key)]
    an_assignment(course, team, title="Basics again", lesson_keys=first, due_on=due_on)
    take(open_as(trainer, "/admin/", width=1280, height=900))


def picture_training_team(take, open_as, trainer, team, people):
    take(open_as(trainer, reverse("teams:inspect", args=[team.pk])))


def picture_training_people(take, open_as, trainer, people, asked):
    page = open_as(trainer, reverse("people:index"), height=640)
    page.get_by_role("checkbox").first.check()
    take(page)


def picture_training_roster(take, open_as, trainer, team, people):
    page = open_as(trainer, "/admin/", height=1000)
    upload(page, team, ROSTER.encode())
    take(page)


def picture_training_join(take, open_as, trainer, team):
    at = timezone.now()
    make_join_link(team=team, expires_at=at + dt.timedelta(days=14), by=trainer, at=at)
    take(open_as(trainer, reverse("teams:join_links", args=[team.pk]), height=900))


def picture_training_simulation(take, open_as, trainer, team, people):
    page = open_as(trainer, "/admin/training/assignments/new/", height=1200)
    page.get_by_label("Ward 3").check()
    due_on = timezone.localdate() + dt.timedelta(days=40)
    page.get_by_role("textbox", name="Due date", exact=True).fill(due_on.isoformat())
    page.get_by_label("Yes, counted from the day it was completed").check()
    page.get_by_label("Recurs after how many months?").fill("12")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("heading", name="Who is asked").wait_for()
    take(page)


def picture_training_my_learning(take, open_as, people, asked):
    take(open_as(people[1].user, "/my-learning/", width=360, height=740))


def picture_training_mail(take, open_as, trainer, people, asked):
    Team.objects.update(quiet_from="00:00", quiet_until="00:00")
    at = timezone.now()
    plan_messages(at=at)
    send_due_messages(at=at)
    message = Message.objects.filter(recipient=people[0].user).latest("pk")
    take(open_as(trainer, reverse("mail:inspect", args=[message.pk]), height=900))


def picture_training_exceptions(take, open_as, trainer, people, asked):
    row = asked.obligations.get(learner=people[2])
    later = timezone.now() + dt.timedelta(days=20)
    an_exception(row, kind="extension", due_at=later, reason="On leave", actor=trainer)
    an_exception(
        row, kind="hand_over", deputy=people[3], reason="Parental leave", actor=trainer
    )
    path = reverse("obligations:inspect", args=[row.pk])
    take(open_as(trainer, path, height=900))


def picture_training_behind(take, open_as, trainer, asked):
    take(open_as(trainer, f"{REPORTS}/behind/"))


def picture_training_matrix(take, open_as, trainer, asked):
    take(open_as(trainer, f"{REPORTS}/matrix/"))


def picture_training_person(take, open_as, trainer, people, asked):
    path = reverse("reports:person", args=[people[3].uuid])
    take(open_as(trainer, path, height=1000))


def picture_training_certificate(take, client, open_as, people, course, asked):
    pass_lessons(client, people[4], lessons_of(course))
    certificate = Certificate.objects.get()
    path = f"/my-learning/certificates/{certificate.serial}/"
    take(open_as(people[4].user, path, width=360, height=740), full_page=True)
