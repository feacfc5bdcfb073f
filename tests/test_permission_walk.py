"""Who may open what: every URL, walked by everybody.

The addresses come from the URL configuration: one that no rule speaks of fails.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Site, Task, Workflow

from accounts.actions.learners import trust_address
from progress.actions.enrolments import enrol_learner
from progress.models import Certificate
from tests.factories import UserFactory, a_course, lessons_of
from tests.permission_rules import PEOPLE, RULES, outcome, rule_for
from tests.roles import NAMES, a_person
from tests.taking_quizzes import answer
from tests.training.classroom.sessions import a_session
from tests.training.elsewhere.recording import PDF, record
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from tests.walking_urls import Place, every_address
from training.assignments.actions.exceptions import extend_due_date
from training.teams.actions.join_links import make_join_link
from training.teams.actions.teams import change_team

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


@pytest.fixture
def course():
    return a_course(lessons=2)


@pytest.fixture
def lesson(course):
    lesson, _other = lessons_of(course)
    lesson.save_revision().publish()
    return lesson


@pytest.fixture
def place(course, lesson):
    """One thing of each kind, so that addresses lead to something."""
    author = a_person("Author")
    lesson.save_revision(user=author)
    state = lesson.get_workflow().start(lesson, author)
    image = Image.objects.create(title="Hair", file=get_test_image_file())
    leaflet = ContentFile(b"text", name="leaflet.txt")
    obligation = an_obligation(course)
    team = obligation.team
    at = timezone.now()
    ends = at + timedelta(days=1)
    return Place(
        assignment=obligation.assignment,
        obligation=obligation,
        exception=an_extension(obligation),
        page=lesson,
        parent=course,
        state=state,
        image=image,
        document=Document.objects.create(title="Leaflet", file=leaflet),
        collection=Collection.get_first_root_node().add_child(name="Pictures"),
        user=UserFactory(),
        group=Group.objects.get(name="Trainer"),
        site=Site.objects.get(),
        workflow=Workflow.objects.get(name="Clinical review"),
        task=Task.objects.get(name="Clinical review"),
        team=team,
        member=a_member(team),
        link=make_join_link(team=team, expires_at=ends, by=author, at=at),
        certificate=a_certificate(a_member(team), course),
        completion=a_completion(obligation.learner, team, course),
        session=a_session(course, team, by=a_person("Administrator")),
    )


def an_obligation(course):
    team = a_team()
    a_member(team)
    return an_assignment(course, team).obligations.get()


def an_extension(obligation):
    return extend_due_date(
        obligation=obligation,
        due_on=timezone.localdate() + timedelta(days=60),
        reason="Ill",
        key=uuid4(),
        at=timezone.now(),
        by=a_person("Administrator"),
    )


def a_completion(learner, team, course):
    by = a_person("Administrator")
    return record(learner, team, course, by, days_ago=9, proof=PDF)


def a_certificate(learner, course):
    enrolment = enrol_learner(learner=learner, course=course, at=timezone.now())
    return Certificate.objects.create(
        enrolment=enrolment,
        issued_at=timezone.now(),
        statement={"course": course.title, "lessons": []},
    )


def somebody(who, lesson):
    """Return the browser of somebody of this kind."""
    client = Client(raise_request_exception=False)
    if who == "learner":
        answer(client, lesson.url + "quiz/", "Right")
    elif who in NAMES:
        person = a_person(who)
        # As whoever signed in has done: the account pages would write it down.
        trust_address(user=person)
        client.force_login(person)
    return client


def in_order():
    """Return all addresses, those that sign people out at the end."""
    return sorted(every_address(), key=lambda a: "logout" in (a.name or a.route))


# Wagtail leaves the file open in which it made a rendition.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_finds_what_the_rules_say(who, lesson, place):
    client = somebody(who, lesson)
    found = {}
    for address in in_order():
        response = client.get(place.path_to(address))
        # A file that is sent is closed once it was read.
        b"".join(response.streaming_content if response.streaming else [])
        came = outcome(response)
        expected = rule_for(address)[who]
        if came not in expected:
            found[address.name or address.route] = f"{came}, not {expected}"

    assert not found


# What nobody finds who only looks after another team, on whatever page.
SECRETS = ("Ward secret", "Zoe Hidden", "zoe@hidden.example", "A draft title")


@pytest.fixture
def other_team(lesson, place):
    """A team that none of the walking trainers looks after, and a draft."""
    team = a_team("Ward secret")
    a_member(team, email="zoe@hidden.example", first_name="Zoe", last_name="Hidden")
    change_team(team=team, by=a_person("Administrator"))
    lesson.title = lesson.draft_title = "A draft title"
    lesson.save_revision()
    return team


LISTS = ("?q=Zoe", "?search=A+draft", "?p=1", "?fields=*&limit=20")


def a_trainer_with(role):
    """Return the browser of who looks after a team, and has this role as well."""
    client, trainer = Client(raise_request_exception=False), a_trainer(a_team("Mine"))
    if role:
        trainer.groups.add(Group.objects.get(name=role))
    client.force_login(trainer)
    return client


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")
@pytest.mark.parametrize(
    "query", ["", *(pytest.param(each, marks=pytest.mark.sweep) for each in LISTS)]
)
def test_no_page_of_the_admin_shows_a_trainer_what_is_not_theirs(
    other_team, place, query
):
    client = a_trainer_with(None)
    told = {}
    for address in in_order():
        if address.route.startswith("admin/") and "logout" not in address.route:
            page = client.get(place.path_to(address) + query)
            text = b"" if page.streaming else page.content
            found = [word for word in SECRETS if word.encode() in text]
            if found:
                told[address.name or address.route] = found
    assert not told


@pytest.mark.parametrize("role", [None, "Author", "Reviewer"])
def test_no_trainer_reads_other_teams_log_in_the_site_history(other_team, role):
    client = a_trainer_with(role)
    for address in (
        "/admin/reports/site-history/",
        "/admin/reports/site-history/results/",
    ):
        answer = client.get(address)
        assert outcome(answer) == "refused"
        assert b"secret" not in answer.content


def test_administrators_read_the_site_history(other_team):
    client = Client()
    client.force_login(a_person("Administrator"))
    assert "Ward secret" in client.get("/admin/reports/site-history/").text


OWN_POSTS = {"progress_delete": "/progress/delete/"}


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_may_delete_their_own_progress(who, lesson):
    client = somebody(who, lesson)
    for path in OWN_POSTS.values():
        assert outcome(client.post(path)) == "ok"


DEEDS = {
    "quiz/": ("ok", "ok"),
    "quiz/<int:number>/": ("ok", "ok"),
    "quiz/<int:number>/choose/": ("ok", "by post"),
    "quiz/<int:number>/not-kept/": ("ok", "by post"),
    "quiz/<int:number>/kept/": ("ok", "by post"),
    "quiz/paper/": ("ok", "by post"),
    "quiz/waiting/": ("by post", "ok"),
    "quiz/answer/<int:number>/": ("ok", "by post"),
    "quiz/result/": ("ok", "by post"),
    "quiz/result/<int:number>/": ("ok", "by post"),
    "quiz/again/": ("by post", "ok"),
    "quiz/with-someone/": ("ok", "ok"),
    "read/": ("ok", "ok"),
}


BEFORE_THE_FIRST_ANSWER = {
    "quiz/answer/<int:number>/": ("not found", "by post"),
    "quiz/result/": ("not found", "by post"),
    "quiz/result/<int:number>/": ("not found", "by post"),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_deeds_below_a_lesson_are_open_while_it_is_live(who, lesson):
    client = somebody(who, lesson)
    one = SimpleNamespace(path_to=lambda address: address.filled(lambda *_: 1))
    for address in every_address("quizzes.urls.quiz"):
        path = lesson.url + one.path_to(address).removeprefix("/")
        came = outcome(client.get(path)), outcome(client.post(path))
        expected = DEEDS[address.route]
        if who != "learner":
            expected = BEFORE_THE_FIRST_ANSWER.get(address.route, expected)
        assert came == expected, address.route


@pytest.mark.parametrize("who", PEOPLE)
def test_an_unpublished_lesson_is_open_to_those_who_had_begun(who, lesson):
    client = somebody(who, lesson)
    lesson.unpublish()
    assert outcome(client.get(lesson.url)) == "not found"
    begun = outcome(client.get(lesson.url + "quiz/"))
    assert begun == ("ok" if who == "learner" else "not found")


def test_no_rule_is_left_over():
    names = [address.name or address.route for address in every_address()]
    unused = {
        start for start in RULES if not any(name.startswith(start) for name in names)
    }
    assert not unused


def test_an_address_without_a_rule_fails():
    stray = SimpleNamespace(name="stray", route="stray/")
    with pytest.raises(AssertionError, match="No rule says who may open stray"):
        rule_for(stray)
