"""Every page of the Training menu: at two widths, by keyboard, and as axe sees it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mail.actions.planning import plan_messages
from mail.models import Message
from progress.models import Certificate
from tests.browser.test_teams import enter, look, reach
from tests.factories import a_course, a_home, lessons_of
from tests.signing_in import with_password
from tests.training.outbox import an_exception
from tests.training.proof import complete
from tests.training.reports.test_overview import REPORT, answers
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Obligation
from training.teams.wagtail_hooks import training_menu


@pytest.fixture
def site(live_server):
    """The address of a site with one short course."""
    a_home()
    return live_server.url


@pytest.fixture
def course(site):
    return a_course(lessons=2, questions=1, title="Stem cells")


@pytest.fixture
def team(course):
    return a_team("Ward 3")


@pytest.fixture
def trainer(team):
    return with_password(a_trainer(team, email="tess@example.org", first_name="Tess"))


@pytest.fixture
def ann(client, team, course):
    """Somebody who did the course, and has an exception in what is asked anew."""
    learner = a_member(team, email="ann@example.org", first_name="Ann")
    an_assignment(course, team)
    complete(client, learner, course)
    a_member(team, email="bob@example.org")
    asked = an_assignment(course, team, title="Refresher").obligations
    late = asked.get(learner=learner)
    an_exception(late, kind="extension", due_at=timezone.now())
    plan_messages(at=timezone.now())
    return learner


def pages_about(learner):
    """Return the pages that lists lead to."""
    yield reverse("reports:person", args=[learner.uuid])
    yield reverse("evidence:person_log", args=[learner.uuid])
    for name in ("inspect", "revoke", "reissue"):
        yield reverse(f"certificates:{name}", args=[Certificate.objects.get().serial])
    for obligation in Obligation.objects.all():
        yield reverse("obligations:inspect", args=[obligation.pk])
        yield reverse("assignments:inspect", args=[obligation.assignment_id])
    yield reverse("mail:inspect", args=[Message.objects.first().pk])
    yield reverse("reports:report_mail_add")


def test_axe_finds_nothing_on_any_page_at_any_width(open_page, trainer, ann):
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    menu = [str(item.url) for item in training_menu.registered_menu_items]
    faults = {}
    for address in ("/admin/", *menu, *pages_about(ann)):
        assert page.goto(address).ok, address
        faults |= look(page)
    assert not faults


def test_the_keyboard_alone_leads_from_the_menu_to_each_list(open_page, trainer):
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    items = training_menu.registered_menu_items
    assert items
    for item in items:
        page.get_by_role("button", name="Training").press("Enter")
        link = page.get_by_role("link", name=str(item.label), exact=True)
        with page.expect_navigation():
            link.first.press("Enter")
        assert page.url.endswith(str(item.url))


@pytest.mark.journey("training.reports")
def test_the_keyboard_alone_leads_from_the_matrix_to_what_proves_it(
    open_page, trainer, ann
):
    page = open_page("/healthz", width=1280)
    enter(page, trainer)
    page.goto(reverse("report_matrix:index"))
    reach(page, "Ann")
    reach(page, "Refresher")
    page.get_by_text("later due date").first.wait_for()
    reach(page, "All training for Ann")
    page.get_by_role("button", name="Actions").press("Enter")
    page.get_by_role("link", name="Log").press("Enter")
    page.wait_for_url("**/log/")


@pytest.mark.parametrize("width", [360, 1280])
def test_what_the_clinic_sees_of_a_course_is_drawn_and_a_table(
    open_page, trainer, course, width
):
    answers(course, 12)
    page = open_page("/healthz", width=width)
    enter(page, trainer)
    page.goto(REPORT)
    assert page.locator(".training-chart").first.is_visible()
    first, second = (lesson.title for lesson in lessons_of(course))
    row = page.get_by_role("row").filter(has_text=first).first
    assert "12" in row.inner_text()
    assert (
        "fewer than 10" in page.get_by_role("row").filter(has_text=second).inner_text()
    )
