"""What README's table and its cron lines promise is what the code does."""

import calendar
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client
from django.utils.text import capfirst

from jobs.kinds import job_kinds
from jobs.register import recurring_work
from tests.script import test_plain_site, test_site_behind_a_server

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
OPERATING = (ROOT / "docs" / "operating.md").read_text()
DAYS = [f"{day}s" for day in calendar.day_name]
READS = (
    r"env\.\w+\(\s*\"([A-Z_]+)\"",
    r"os\.environ\.get\(\"([A-Z_]+)\"",
    r"\$\{([A-Z_]+):-",
)
# Where the settings of a served site are read.
PLACES = [
    *(ROOT / "config" / "settings").glob("*.py"),
    ROOT / "config" / "gunicorn.py",
    ROOT / "script" / "server",
]


def table():
    """Return the names in the first column of README's settings table."""
    rows = re.findall(r"^\| (`[A-Z_`, ]+`) \|", README, re.M)
    return {name for row in rows for name in re.findall(r"[A-Z_]+", row)}


def code():
    texts = [place.read_text() for place in PLACES]
    return {name for text in texts for read in READS for name in re.findall(read, text)}


def test_the_table_names_each_setting_that_the_code_reads_and_no_other():
    assert table() == code()


def test_each_row_of_the_table_has_a_test_that_sets_it():
    """Those tests start the real `script/server` with it, and see what it does."""
    assert table() == set(test_plain_site.ROWS) | set(test_site_behind_a_server.ROWS)


def test_each_command_that_the_readme_names_is_there():
    named = set(re.findall(r"manage\.py (\w+)", README))
    assert named
    assert named <= set(get_commands())


def test_the_list_of_long_work_is_the_register():
    _before, _heading, after = OPERATING.partition("| job | for | what it does |\n")
    rows = re.findall(r"^\| ([^|`-][^|]*) \|", after.partition("\n\n")[0], re.M)
    assert rows == sorted(str(capfirst(kind.label)) for kind in job_kinds())


def test_the_list_of_recurring_work_is_the_register():
    section = OPERATING.partition("## Background work\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", section, re.M)
    assert dict(rows) == {
        work.command: told(work.recurrence) for work in recurring_work()
    }


def told(recurrence):
    """Return the time in the words of the list."""
    if recurrence.minutes:
        return f"every {recurrence.minutes} minutes"
    days = "daily" if recurrence.weekday is None else DAYS[recurrence.weekday]
    return f"{days} at {recurrence.at:%H:%M}"


def test_cron_runs_as_often_as_the_work_that_recurs_most():
    often = min(filter(None, (work.recurrence.minutes for work in recurring_work())))
    lines = re.findall(r"^([*\d]\S*) .*manage\.py (.+)$", README + OPERATING, re.M)
    assert lines == [(f"*/{often}", "run_due_work")]


def test_the_units_of_systemd_start_what_is_there():
    for unit in (ROOT / "deploy").glob("*.service"):
        [command] = re.findall(
            r"^ExecStart=.*/srv/anteroom/(.+)$", unit.read_text(), re.M
        )
        program, *arguments = command.split()
        if arguments:
            assert arguments[1] in get_commands()
        else:
            assert (ROOT / program).is_file()


@pytest.fixture
def https(settings):
    """As `SITE_URL=https://learn.example.org` sets it."""
    settings.ALLOWED_HOSTS = ["learn.example.org"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.CSRF_TRUSTED_ORIGINS = ["https://learn.example.org"]


def behind_a_proxy(**more):
    headers = {"HTTP_HOST": "learn.example.org", "HTTP_X_FORWARDED_PROTO": "https"}
    return Client(enforce_csrf_checks=True, **headers | more)


def test_behind_a_proxy_pages_forms_and_cookies_are_secure(https, lesson):
    visitor = behind_a_proxy()
    page = visitor.get(lesson.url + "quiz/", follow=True)
    assert page.status_code == 200
    assert "max-age=31536000" in page.headers["Strict-Transport-Security"]
    assert all(cookie["secure"] for cookie in visitor.cookies.values())
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[:1]
    form = {"csrfmiddlewaretoken": token}
    origin = {"HTTP_ORIGIN": "https://learn.example.org"}
    led = visitor.post("/account/login/", form, **origin)
    assert "Error: " in visitor.get(led.url).text
    evil = {"HTTP_ORIGIN": "https://elsewhere.example"}
    assert "/not-saved/" in visitor.post("/account/login/", form, **evil).url


def test_whoever_comes_without_https_is_led_to_it(https, lesson):
    answer = behind_a_proxy(HTTP_X_FORWARDED_PROTO="http").get(lesson.url)
    assert answer.status_code == 301
    assert answer["Location"] == f"https://learn.example.org{lesson.url}"


def test_another_host_is_refused(https, lesson):
    assert behind_a_proxy(HTTP_HOST="elsewhere.example").get("/").status_code == 400
