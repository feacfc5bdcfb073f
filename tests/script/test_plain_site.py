"""Rows of README's settings table, seen at a site that is reached directly."""

import datetime as dt
import json
import re
import socket
import sqlite3
import time
from contextlib import closing
from zoneinfo import ZoneInfo

import pytest

from tests.bucket_server import BucketServer
from tests.script.rows import Rows
from tests.waiting import mails_to, wait_until

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.allow_hosts(["127.0.0.1", "127.0.0.2", "localhost"]),
]
ROWS = Rows()
LESSON = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/"
AUCKLAND = ZoneInfo("Pacific/Auckland")
IDLE = "from tests.script.old_records import idle; idle(days=[29, 31])"
OLD = "from tests.script.old_records import old; old(months=[3, 5, 7, 9, 11])"


HOMES = """
from home.models import HomePage
print(*HomePage.objects.values_list("url_path", flat=True))
"""
SAVE = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
default_storage.save("images/saved.png", ContentFile(b"a picture"))
"""


@pytest.fixture(scope="module")
def bucket():
    server = BucketServer()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def site(served, redis, bucket):
    return served(ROWS, redis=redis, bucket=bucket)


@pytest.fixture
def visitor(site):
    return site.visitor()


@ROWS.sets(HOST="127.0.0.2", PORT="{free_port}")
def test_host_and_port_say_where_it_listens(site, visitor):
    assert visitor.get("/readyz").text == "ok"
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", int(site.told["PORT"]))) != 0


@ROWS.sets(DATABASE_URL="sqlite:///{folder}/elsewhere.sqlite3")
def test_answers_are_in_the_database_that_is_named(site, visitor):
    assert visitor.answer_first_question(LESSON).status_code == 200
    database = site.project.parent / "elsewhere.sqlite3"
    with closing(sqlite3.connect(database)) as found:
        assert found.execute("SELECT count(*) FROM quizzes_answer").fetchone()[0] >= 1


@ROWS.sets(CACHE_URL="{redis.url}")
def test_tries_are_counted_in_the_cache_that_is_named(site, visitor, redis):
    visitor.fill_in("/account/login/", login="nobody@example.org", password="wrong")
    assert redis.holds("rl:")


@ROWS.sets(MEDIA_STORAGE_URL="{bucket.url}")
def test_media_are_in_the_bucket_that_is_named(site, visitor, bucket):
    assert visitor.get("/readyz/media").text == "works"
    site.manage("shell", "-c", SAVE)
    assert bucket.names() == ["media/images/saved.png"]
    assert visitor.get("/media/images/saved.png").content == b"a picture"


@ROWS.sets(SECRET_KEY="$ecret, fifty letters long, as somebody once chose it..")
def test_with_another_secret_key_progress_without_an_account_is_lost(site, visitor):
    key = site.told["SECRET_KEY"]
    visitor.answer_first_question(LESSON)
    assert LESSON in visitor.get("/progress/").text
    restart(site, SECRET_KEY="another")
    assert LESSON not in visitor.get("/progress/").text
    restart(site, SECRET_KEY=key)
    assert LESSON in visitor.get("/progress/").text


def restart(site, **told):
    site.stop()
    site.start(**told)


@ROWS.sets(INTERFACE_LANGUAGES="en, ar", TRANSLATION_CHECKED_BY_AR="A. Haddad")
def test_readers_choose_among_the_languages_that_are_named(site, visitor):
    arabic = visitor.get("/ar/").text
    assert re.findall(r'hreflang="(\w+)"\s+href="(/[^"]*)"', arabic) == [
        ("en", "/"),
        ("ar", "/ar/"),
    ]
    assert "app-footer__unchecked" not in arabic
    assert visitor.get("/es/").status_code == 404


@ROWS.sets(CONTENT_LANGUAGES="en, ar")
def test_courses_are_translated_below_a_home_page_in_each_language_named(site):
    assert set(site.manage("shell", "-c", HOMES).split()) >= {"/home/", "/home-ar/"}


@ROWS.sets(TRANSLATION_CHECKED_BY_ES="A. Ruiz")
def test_a_language_that_was_checked_may_be_left_out(site, visitor):
    assert visitor.get("/es/").status_code == 404


@ROWS.sets(TIME_ZONE="Pacific/Auckland")
def test_times_are_shown_in_the_zone(visitor, administrator):
    visitor.sign_in(administrator)
    page = visitor.get("/admin/reports/site-history/").text
    [shown, *_] = re.findall(r"(\d+ \w+ 2\d{3}, \d\d:\d\d)", page)
    shown = dt.datetime.strptime(shown, "%d %B %Y, %H:%M").replace(tzinfo=AUCKLAND)
    # What was loaded when these tests began.
    assert dt.timedelta(0) < dt.datetime.now(dt.UTC) - shown < dt.timedelta(hours=3)


@ROWS.sets(LEARNER_IDLE_DAYS="30")
def test_who_was_idle_for_longer_is_forgotten(site, visitor):
    visitor.answer_first_question(LESSON)
    [kept] = [cookie for cookie in visitor.cookies if cookie.name == "learner"]
    assert round((kept.expires - time.time()) / 86400) == 30
    site.manage("shell", "-c", IDLE)
    assert "LEARNER_IDLE_DAYS (30): 1." in site.manage("purge_learners")


@ROWS.sets(RETENTION_MAIL_MONTHS="3", RETENTION_INVITATIONS_MONTHS="5")
@ROWS.sets(RETENTION_EVIDENCE_MONTHS="7", RETENTION_LOG_MONTHS="9")
@ROWS.sets(RETENTION_CLARITY_MONTHS="11")
def test_records_are_kept_for_so_many_months(site):
    site.manage("shell", "-c", OLD)
    said = site.manage("apply_retention")
    assert "mail sent or dropped, months kept: 3, rows: 1 deleted" in said
    assert "expired invitations, months kept: 5, rows: 1 deleted" in said
    assert "people who have left every team, months kept: 7, rows: 1 deleted" in said
    assert "entries in the training log, months kept: 9, rows: 1 deleted" in said
    assert "answers to “Was this clear?”, months kept: 11, rows: 1 deleted" in said


@ROWS.sets(EMAIL_URL="filemail://{folder}/mail", DEFAULT_FROM_EMAIL="Ward 3 <w@ex.org>")
def test_mail_goes_into_the_folder_and_says_who_sent_it(site, visitor, administrator):
    visitor.fill_in("/account/login/code/", email=administrator[0])
    mails = mails_to(administrator[0], site.project.parent / "mail")
    assert all("\nFrom: Ward 3 <w@ex.org>\n" in mail for mail in mails)


@ROWS.sets(BOUNCE_MAILBOX_URL="imaps://user:password@127.0.0.1:1/INBOX")
def test_the_mailbox_is_looked_into_for_mail_that_came_back(site):
    said = "The mailbox in BOUNCE_MAILBOX_URL cannot be read. ConnectionRefusedError"
    with pytest.raises(AssertionError, match=said):
        site.manage("read_bounces")


@ROWS.sets(SIGN_UP_OPEN="true")
def test_anybody_may_make_an_account(visitor):
    form = {"email": "anna@example.org", "password1": "correct horse battery"}
    answer = visitor.fill_in("/account/signup/", **form)
    assert answer.url.endswith("/account/confirm-email/")


@ROWS.sets(SECURITY_CONTACT="security@example.org")
def test_a_file_says_where_to_report_security_problems(visitor):
    text = visitor.get("/.well-known/security.txt").text
    assert text.startswith("Contact: mailto:security@example.org\n")


@ROWS.sets(METRICS_TOKEN="a-long-token")
def test_the_token_opens_metrics_of_all_processes(site, visitor):
    assert visitor.get("/metrics").status_code == 401
    visitor.headers["Authorization"] = "Bearer a-long-token"
    before = count_not_found(visitor)
    for _ in range(30):
        site.visitor().head("/nothing/")
    assert count_not_found(visitor) == before + 30


def count_not_found(visitor):
    line = r'^anteroom_requests_total\{method="HEAD",status="4xx"\} (\S+)$'
    found = re.findall(line, visitor.get("/metrics").text, re.M)
    return float(found[0]) if found else 0


@ROWS.sets(LOG_FORMAT="json")
def test_the_log_is_json(site, visitor):
    visitor.get("/", headers={"Host": "elsewhere.example"})
    lines = [line for line in site.said.splitlines() if line.startswith("{")]
    assert any("elsewhere.example" in json.loads(line)["message"] for line in lines)


@ROWS.sets(WEB_CONCURRENCY="3")
def test_so_many_processes_serve(site):
    # The server listens before it has started them all.
    wait_until(lambda: site.processes() == 3)


@ROWS.sets(JOB_WORKERS="3")
def test_so_many_processes_work_in_the_background(site):
    """Beside these: the one that starts them, and three of the engine."""
    wait_until(lambda: len(site.sizes_of("run_worker")) == 7)
    wait_until(lambda: last_end(site))


def last_end(site):
    """Return when scheduled publishing ended for the last time."""
    database = site.told["DATABASE_URL"].removeprefix("sqlite:///")
    command = "SELECT ended_at FROM jobs_recurringrun WHERE command = ?"
    with closing(sqlite3.connect(database)) as found:
        return found.execute(command, ["publish_scheduled"]).fetchone()[0]
