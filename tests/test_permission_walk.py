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

from progress.actions import enrol
from progress.models import Certificate
from tests.factories import UserFactory, a_course, lessons_of
from tests.roles import NAMES, a_person
from tests.taking_quizzes import answer
from tests.training.teams import a_member, a_team, an_assignment
from tests.walking_urls import Place, every_address
from training.actions.exceptions import extend
from training.actions.joining import make_join_link

pytestmark = pytest.mark.django_db

PEOPLE = ("visitor", "learner", *NAMES)
SIGNED_IN = set(NAMES)
EDITORS = SIGNED_IN - {"Trainer"}
TRAINERS = {"Trainer", "Administrator"}
AUTHORS = {"Author", "Administrator"}
ADMINISTRATOR = {"Administrator"}
TRAINERS = {"Trainer", "Administrator"}
NOBODY = set()


def everybody(finds="ok"):
    return {who: {finds} for who in PEOPLE}


def staff(*, may=SIGNED_IN, finds="ok"):
    """Say what staff find: `may` get it, others are refused, visitors sign in.

    What only answers a post says so before it looks at who asks.
    """
    visitors = {"visitor": {"sign in"}, "learner": {"sign in"}}
    refused = {"refused", "not found", "by post"}
    return visitors | {
        who: {finds, "by post"} if who in may else refused for who in NAMES
    }


# The longest beginning of the name (or of the route, where there is none) counts.
RULES = {
    # Ours, by name.
    "healthz": everybody(),
    "progress": everybody(),
    "^media/": everybody(),
    "after_sign_in": everybody(),
    "my_learning": staff(),
    "my_learning_calendar_of_one": staff(finds="not found"),
    "wagtail_serve": everybody(),
    # It belongs to a member of a team; that team's trainer is not among these people.
    "certificate": staff(may=NOBODY) | {"learner": {"not found"}},
    "certificate_check": everybody(),
    "certificate_find": everybody(),
    # Trainers see their own teams only: `tests/training` walks through these.
    **dict.fromkeys(
        (
            "training:certificate",
            "training:person_evidence",
            "training:person_log",
            "training:team_evidence",
        ),
        staff(may=ADMINISTRATOR),
    ),
    "training:certificates": staff(may=TRAINERS),
    # Documents are public unless their collection is private.
    "wagtaildocs_serve": everybody(),
    "wagtaildocs_authenticate_with_password": everybody("not found"),
    "wagtailcore_authenticate_with_password": everybody("not found"),
    "wagtailcore_login": everybody(),
    # Wagtail's, by prefix: what everybody with access to the admin shares.
    "wagtailadmin_home": staff(),
    "admin/test404/": staff(),
    "wagtailadmin_error_test": staff(finds="broken"),
    "wagtailadmin_account": staff(),
    # Ours stands before it.
    "wagtailadmin_logout": everybody(),
    "wagtailadmin_dismissibles": staff(),
    "wagtailadmin_block_preview": staff(finds="not found"),
    "wagtailadmin_editing_sessions": staff(finds="by post"),
    "wagtailembeds": staff(),
    "admin/^": staff(finds="not found"),
    "wagtailadmin_choose_": staff(),
    "wagtailadmin_tag_autocomplete": staff(),
    "wagtailadmin_tag_model_autocomplete": staff(finds="not found"),
    "wagtailadmin_api": staff(),
    "wagtailadmin_api:pages:detail": staff(may=EDITORS, finds="ok")
    | {"Trainer": {"not found"}},
    "wagtailadmin_api:pages:action": staff(finds="by post"),
    "wagtailadmin_api:pages:find": staff(finds="not found"),
    "wagtailadmin_api:images:find": staff(finds="not found"),
    "wagtailadmin_api:documents:find": staff(finds="not found"),
    **dict.fromkeys(
        (
            "wagtailadmin_sprite",
            "wagtailadmin_javascript_catalog",
        ),
        everybody(),
    ),
    # One door: Wagtail's own lead to that of the account pages.
    **dict.fromkeys(
        ("admin/login/", "^admin/password_reset/", "wagtailadmin_password_reset"),
        everybody("sign in"),
    ),
    "admin/logout/": everybody(),
    "account": staff(),
    "signed_out": everybody(),
    # Who is signed in is sent on to the admin, which `outcome` cannot tell from a no.
    "wagtailadmin_login": {who: {"ok", "sign in", "refused"} for who in PEOPLE},
    # Pages. A reviewer reads and changes drafts and acts on what waits.
    "wagtailadmin_explore": staff(may=EDITORS),
    "wagtailadmin_pages": staff(may=EDITORS),
    "lessons": staff(may=EDITORS),
    "export_questions": staff(may=EDITORS),
    "import_questions": staff(may=EDITORS),
    "keys_to_check": staff(may=EDITORS),
    "lessons:choose_parent": staff(),
    "content_health": staff(may=EDITORS),
    "articles:new": staff(may=AUTHORS),
    "articles:discard": staff(may=AUTHORS, finds="by post"),
    "articles": staff(may=AUTHORS, finds="not found"),
    "wagtail_bulk_action": staff(finds="not found"),
    "wagtailadmin_pages:add": staff(may=AUTHORS),
    "wagtailadmin_pages:preview_on_add": staff(may=AUTHORS),
    "wagtailadmin_pages:choose_parent": staff(),
    "wagtailadmin_pages:convert_alias": staff(finds="not found"),
    "wagtailadmin_pages:confirm_workflow_cancellation": staff(),
    "wagtailadmin_pages:move_confirm": staff(),
    "wagtailadmin_pages:revisions_index": staff(),
    **dict.fromkeys(
        (
            "wagtailadmin_pages:delete",
            "wagtailadmin_pages:move",
            "wagtailadmin_pages:set_page_position",
            "wagtailadmin_pages:set_privacy",
            "wagtailadmin_pages:revisions_unschedule",
        ),
        staff(may=ADMINISTRATOR),
    ),
    # The page waits for a review, which locks it for all but reviewers.
    "wagtailadmin_pages:unpublish": staff(may=NOBODY),
    "wagtailadmin_pages:workflow_action": staff(may={"Reviewer"}),
    "wagtailadmin_pages:workflow_preview": staff(may={"Reviewer"}),
    "wagtailadmin_pages:collect_workflow_action_data": staff(may={"Reviewer"}),
    "wagtailadmin_pages:lock": staff(finds="by post"),
    "wagtailadmin_pages:unlock": staff(finds="by post"),
    "wagtailadmin_reports": staff(may=EDITORS),
    "wagtailadmin_reports:locked_pages": staff(may=ADMINISTRATOR),
    "wagtailadmin_reports:site_history": staff(),
    # The trainers' reports.
    "training:report_": staff(may=TRAINERS),
    "training:report_mail_delete": staff(may=TRAINERS, finds="not found"),
    "training:person": staff(may=TRAINERS, finds="not found"),
    # Pictures and documents.
    "wagtailimages": staff(may=AUTHORS),
    # Wagtail 8 refuses those who may not change pictures before it says so.
    "wagtailimages:url_generator": staff(may=AUTHORS, finds="not found"),
    "wagtaildocs": staff(may=ADMINISTRATOR),
    # Choosers open for all staff and list what each may choose.
    **dict.fromkeys(
        (
            "wagtailimages_chooser:choose",
            "wagtailimages_chooser:chosen_multiple",
            "wagtaildocs_chooser:choose",
            "wagtaildocs_chooser:chosen_multiple",
        ),
        staff(),
    ),
    # Wagtail 7.4 shows the ways to place a picture to all staff, 8.0 to those who may.
    "wagtailimages_chooser:select_format": staff()
    | {"Reviewer": {"ok", "refused"}, "Trainer": {"ok", "refused"}},
    # Training.
    "training:mail": staff(may=TRAINERS),
    "training:notice": staff(may=TRAINERS, finds="not found"),
    # Running the site.
    "wagtailadmin_collections": staff(may=ADMINISTRATOR),
    "wagtailadmin_workflows": staff(may=ADMINISTRATOR),
    "wagtailadmin_workflows:enable": staff(finds="by post"),
    "wagtailadmin_workflows:enable_task": staff(finds="by post"),
    "wagtailadmin_workflows:remove": staff(finds="by post"),
    "wagtailadmin_workflows:task_cho": staff(),
    "wagtailsites": staff(may=ADMINISTRATOR),
    "wagtailusers": staff(may=ADMINISTRATOR),
    "wagtailsettings": staff(finds="not found"),
    "wagtailsnippets": staff(may=NOBODY),
}

# The trainers' room: the walking trainer looks after no team, so finds none.
RULES |= {
    "training:assignment": staff(may=ADMINISTRATOR),
    "training:assignments": staff(may=TRAINERS),
    "training:assignment_add": staff(may=TRAINERS),
    "training:except": staff(may=ADMINISTRATOR),
    "training:obligation": staff(may=ADMINISTRATOR),
    "training:revoke": staff(may=ADMINISTRATOR),
    "training:teams": staff(may=TRAINERS),
    "training:add_team": staff(may=TRAINERS),
    **dict.fromkeys(
        (
            "training:team",
            "training:edit_team",
            "training:archive_team",
            "training:bring_back_team",
            "training:add_people",
            "training:roster",
            "training:join_link",
            "training:close_join_link",
            "training:change_role",
            "training:remove_person",
            "training:invite_again",
        ),
        staff(may=ADMINISTRATOR),
    ),
    "join": everybody(),
    # A code and a link that open nothing.
    "join_team": everybody("not found"),
    "accept_invitation": everybody("not found"),
    # Single sign-on is off.
    "openid_connect_": everybody("not found"),
}

# The account library's, by prefix; they wait for a site that has them. What it asks of
# whom is its own to test: here they must answer, and not break.
ACCOUNTS = ("account_", "mfa_", "usersessions_", "socialaccount_")
ANSWERS = {"ok", "sign in", "not found", "by post", "refused"}


def rule_for(address):
    name = address.name or address.route
    if name.startswith(ACCOUNTS):
        return dict.fromkeys(PEOPLE, ANSWERS)
    fitting = [start for start in RULES if name.startswith(start)]
    assert fitting, f"No rule says who may open {name} ({address.route})."
    return RULES[max(fitting, key=len)]


def outcome(response):
    """Return in a word what came of a request."""
    status, target = response.status_code, response.headers.get("Location", "")
    if status == 403 or (status == 302 and target == "/admin/"):
        return "refused"
    if status == 302 and "/login/" in target:
        return "sign in"
    words = {404: "not found", 400: "not found", 405: "by post", 422: "ok", 409: "ok"}
    return words.get(status, "ok" if status < 400 else "broken")


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
    )


def an_obligation(course):
    team = a_team()
    a_member(team)
    return an_assignment(course, team).obligations.get()


def an_extension(obligation):
    return extend(
        obligation=obligation,
        due_on=timezone.localdate() + timedelta(days=60),
        reason="Ill",
        key=uuid4(),
        at=timezone.now(),
        by=a_person("Administrator"),
    )


def a_certificate(learner, course):
    enrolment = enrol(learner=learner, course=course, at=timezone.now())
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
        client.force_login(a_person(who))
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


OWN_POSTS = {"progress_delete": "/progress/delete/"}


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_may_delete_their_own_progress(who, lesson):
    client = somebody(who, lesson)
    for path in OWN_POSTS.values():
        assert outcome(client.post(path)) == "ok"


DEEDS = {
    "quiz/": ("ok", "ok"),
    "quiz/answer/<int:number>/": ("ok", "by post"),
    "quiz/result/": ("ok", "by post"),
    "quiz/again/": ("by post", "ok"),
    "read/": ("ok", "ok"),
}


BEFORE_THE_FIRST_ANSWER = {
    "quiz/answer/<int:number>/": ("not found", "by post"),
    "quiz/result/": ("not found", "by post"),
}


@pytest.mark.parametrize("who", PEOPLE)
def test_deeds_below_a_lesson_are_open_while_it_is_live(who, lesson):
    client = somebody(who, lesson)
    one = SimpleNamespace(path_to=lambda address: address.filled(lambda *_: 1))
    for address in every_address("quizzes.urls"):
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
