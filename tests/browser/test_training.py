"""From the invitation to the checked certificate, and on through the years.

A trainer and their staff use the whole training room together, in a real browser.
"""

import contextlib
import csv
import datetime as dt
import subprocess
import sys
import zipfile
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from course.models import LessonPage
from progress.models import Certificate
from tests.browser.test_accounts import fill_in
from tests.browser.test_teams import choose_password, enter, upload
from tests.browser.walking import take_quiz
from tests.factories import a_course, a_home, lessons_of
from tests.signing_in import with_password
from tests.training.invitations import link_in
from tests.training.staff import a_member, a_team, a_trainer, an_assignment
from training.assignments.models import Obligation

ROSTER = b"E-mail,Name\nann@example.org,Ann Roe\nbob@example.org,Bob Low\n"
ALL_DAY = {"quiet_from": "00:00", "quiet_until": "00:00"}


@pytest.fixture
def site(live_server):
    """The address of a site with one short course."""
    a_home()
    return live_server.url


@pytest.fixture
def course(site):
    course = a_course(lessons=2, title="Stem cells", certificate_valid_months=12)
    # No check falls due in the years to come, or the quizzes would rest.
    LessonPage.objects.update(next_check=dt.date(2199, 1, 1))
    return course


@pytest.fixture
def team(course):
    return a_team("Ward 3", **ALL_DAY)


@pytest.fixture
def trainer(team):
    return with_password(a_trainer(team, email="tess@example.org", first_name="Tess"))


def send_mail():
    call_command("send_due_reminders", verbosity=0)


def day_after(days):
    return timezone.now().date() + dt.timedelta(days=days)


def apply_roster(page, team):
    upload(page, team, ROSTER)
    page.get_by_role("cell", name="Bob Low", exact=True).wait_for()
    page.get_by_role("button", name="Apply roster").click()
    page.get_by_text("Roster applied: 2 invited").wait_for()


def assign(page, *, due_in):
    page.get_by_role("button", name="Training").click()
    page.get_by_role("link", name="Assignments").click()
    page.get_by_role("link", name="New assignment").click()
    page.get_by_label("Ward 3").check()
    page.get_by_role("textbox", name="Due date", exact=True).fill(
        f"{day_after(due_in)}"
    )
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("2 people", exact=True).wait_for()
    page.get_by_role("button", name="Assign").click()
    page.get_by_role("link", name="Ann Roe").wait_for()


def downloaded(page, folder, name):
    """Return the file that a link under ⋯ brings."""
    page.get_by_role("button", name="Actions").click()
    with page.expect_download() as found:
        page.get_by_role("link", name=name).click()
    file = folder / found.value.suggested_filename
    found.value.save_as(file)
    return file


def verified(evidence, folder):
    """Return what the evidence says of itself, offline."""
    with zipfile.ZipFile(evidence) as pack:
        pack.extractall(folder)
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def take_course(page, course):
    for lesson in lessons_of(course):
        page.goto(f"{urlsplit(lesson.full_url).path}quiz/")
        take_quiz(page)


def test_from_the_roster_to_the_checked_certificate(
    open_page, trainer, team, course, mailoutbox, tmp_path
):
    room = open_page("/healthz", width=1280)
    enter(room, trainer)
    apply_roster(room, team)
    assign(room, due_in=5)
    send_mail()

    ann = open_page(come_in(mailoutbox, "ann@example.org"))
    choose_password(ann)
    ann.get_by_role("link", name="Start Stem cells").click()
    ann.get_by_text("Learning as Ann Roe").wait_for()
    take_course(ann, course)
    ann.get_by_role("link", name="My learning").click()
    ann.get_by_role("heading", name="Done", exact=True).wait_for()

    room.goto("/admin/training/teams/")
    room.get_by_role("link", name="Ward 3").click()
    room.get_by_role("link", name="Who is behind").last.click()
    room.get_by_role("cell", name="due soon").wait_for()
    assert rows_of(exported(room, tmp_path)) == {"Bob Low": "due soon"}
    room.goto(f"/admin/training/reports/matrix/?team={team.pk}")
    lesson = lessons_of(course)[0].title
    stands = rows_of(exported(room, tmp_path), lesson)
    assert stands == {"Ann Roe": "done", "Bob Low": "not started"}
    room.get_by_role("link", name="Ann Roe").click()
    room.get_by_role("row", name="Stem cells 1 Ward 3").get_by_text("done").wait_for()
    evidence = downloaded(room, tmp_path, "Evidence (zip)")
    assert "Every file is as it was" in verified(evidence, tmp_path / "pack")
    assert checked_by_a_stranger(open_page, ann) == ["", "Ann Roe"]
    room.get_by_role("link", name="Stem cells, issued").click()
    room.get_by_text("valid", exact=True).wait_for()


def come_in(mailoutbox, address):
    """Return the way in that the invited person's mail shows."""
    [mail] = [m for m in mailoutbox if m.to == [address] and "password" in m.subject]
    return link_in(mail.body)


def exported(page, folder):
    """Return the rows of the report as its CSV has them."""
    file = downloaded(page, folder, "CSV")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def rows_of(lines, column="Status"):
    return {line["Person"]: line[column] for line in lines}


def checked_by_a_stranger(open_page, holder):
    """Return the names shown before and after the holder allows it."""
    holder.get_by_role("link", name="Stem cells,").click()
    address = holder.get_by_role("link", name="/certificates/").get_attribute("href")
    stranger = open_page(urlsplit(address).path)
    stranger.get_by_text("This certificate is valid").wait_for()
    before = stranger.get_by_text("Ann Roe").all_inner_texts()
    holder.get_by_role("button", name="Show my name").click()
    holder.get_by_role("button", name="Hide my name").wait_for()
    stranger.reload()
    return ["".join(before), stranger.get_by_text("Ann Roe").inner_text()]


@contextlib.contextmanager
def days_later(days):
    """Be at noon, when mail may leave, so many days later."""
    noon = timezone.now().replace(hour=12) + dt.timedelta(days=days)
    with time_machine.travel(noon):
        cache.clear()
        yield


def anew(page):
    """Return the page, on which nobody is signed in any more."""
    page.context.clear_cookies()
    return page


def make_exception(page, kind, **fields):
    page.get_by_role("link", name=kind).click()
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(str(value))
    page.get_by_role("button", name=kind).click()
    page.get_by_text("Exception made for 1 person").wait_for()


@pytest.fixture
def ann(team, course):
    learner = a_member(team, email="ann@example.org", first_name="Ann")
    with_password(learner.user)
    an_assignment(
        course,
        people=[learner],
        recurs_every_months=12,
        recurs_from="completion",
        window_days=30,
    )
    return learner


@pytest.fixture
def bert(team):
    user = a_member(team, email="bert@example.org", first_name="Bert").user
    return with_password(user)


def test_an_extension_and_a_hand_over_end_by_themselves(open_page, trainer, ann, bert):
    path = f"/admin/training/people/{ann.uuid}/"
    room = open_page("/healthz", width=1280)
    enter(room, trainer, to=path)
    room.get_by_role("link", name="Stem cells").click()
    make_exception(room, "Extend", New_due_date=day_after(40), Reason="On leave")
    make_exception(
        room,
        "Hand over",
        Deputy=bert.email,
        Until_the_end_of=day_after(10),
        Reason="On leave",
    )
    staff, deputy = open_page("/healthz"), open_page("/healthz")
    fill_in(staff, ann.user)
    staff.get_by_text("Handed over to Bert").wait_for()
    assert not staff.get_by_role("link", name="Start").count()
    fill_in(deputy, bert)
    deputy.get_by_role("link", name="Start Stem cells").wait_for()
    with days_later(11):
        fill_in(anew(staff), ann.user)
        staff.get_by_role("link", name="Start Stem cells").wait_for()
        fill_in(anew(deputy), bert)
        deputy.get_by_text("You have not been asked").wait_for()
    for days, status in {35: "due soon", 41: "overdue"}.items():
        with days_later(days):
            enter(anew(room), trainer, to=path)
            room.get_by_role("cell", name=status).wait_for()


def test_recertification_begins_anew_and_leaves_the_first_certificate(
    open_page, ann, course, mailoutbox
):
    staff = open_page("/healthz")
    fill_in(staff, ann.user)
    take_course(staff, course)
    with days_later(350):
        send_mail()
        assert [m.to for m in mailoutbox] == [[ann.user.email]]
        fill_in(anew(staff), ann.user)
        staff.get_by_role("heading", name="To do").wait_for()
        staff.get_by_text("2 of 2 lessons left").wait_for()
        take_course(staff, course)
        staff.get_by_role("link", name="My learning").click()
        staff.get_by_role("heading", name="Done", exact=True).first.wait_for()
        assert Obligation.objects.filter(satisfied_at__isnull=False).count() == 2
        second, first = Certificate.objects.order_by("-issued_at")
        assert is_valid(staff, first)
        assert is_valid(staff, second)
    with days_later(370):
        assert not is_valid(staff, first)
        assert is_valid(staff, second)


def is_valid(page, certificate):
    """Return whether its public page says that the certificate is valid."""
    page.goto(f"/certificates/{certificate.serial}/")
    return page.get_by_text("This certificate is valid").count() == 1
