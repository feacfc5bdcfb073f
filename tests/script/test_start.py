"""The start that README describes, from nothing, with Redis and a folder for mail.

On PostgreSQL where the tests run on it (`DATABASE_URL`), on SQLite otherwise.
"""

import os
import re
import signal
import time

import psycopg
import pytest

from tests.served import ROOT, ServedSite, copy_of_project
from tests.waiting import mails_to

pytestmark = pytest.mark.sweep
COURSE = "/stem-cell-therapy-for-hair-loss/"
LESSON = f"{COURSE}stem-cell-basics/"
ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
README = ROOT / "README.md"
SHUT = "we cannot count them at the moment"


@pytest.fixture(scope="module")
def database():
    """The settings that lead to an empty database."""
    if not ON_POSTGRESQL:
        yield {}
        return
    address = os.environ["DATABASE_URL"]
    name = f"anteroom_served_{os.getpid()}"
    with psycopg.connect(address, dbname="postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield {"DATABASE_URL": f"{address.rpartition('/')[0]}/{name}"}
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def site(tmp_path_factory, database, redis):
    folder = tmp_path_factory.mktemp("clone")
    told = {"CACHE_URL": redis.url, "EMAIL_URL": f"filemail://{folder}/mail"}
    # With a key of its own nothing else makes `var/`.
    told |= {"SECRET_KEY": "fifty letters long, as somebody once chose it to be."}
    project = copy_of_project(folder / "Anteroom #1 (100 % ours?)")
    site = ServedSite(project, **told, **database)
    yield site.start()
    site.stop()


@pytest.fixture
def visitor(site):
    return site.visitor()


@pytest.fixture
def administrator(site):
    """Who was made at the first start, as it was printed."""
    return re.findall(r"(?:e-mail|password) {2,}(\S+)\n", site.said)


def test_the_course_and_the_information_pages_are_there(visitor):
    home = visitor.get("/").text
    for address in (COURSE, "/privacy/", "/accessibility/", "/get-help-now/"):
        assert f'href="{address}"' in home
        assert visitor.get(address).status_code == 200


def test_all_that_it_makes_is_in_var_whatever_the_folder_is_called(site, visitor):
    visitor.fill_in("/account/login/", login="nobody@example.org", password="wrong")
    assert {path.name for path in site.project.parent.iterdir()} <= {
        site.project.name,
        "mail",
    }
    if not ON_POSTGRESQL:
        assert (site.project / "var/anteroom.sqlite3").stat().st_size > 1_000_000


def test_a_patient_answers_and_finds_it_again(visitor):
    assert visitor.answer_first_question(LESSON).status_code == 200
    assert LESSON in visitor.get("/progress/").text


def test_a_mailed_code_signs_in(site, visitor, administrator):
    page = visitor.fill_in("/account/login/code/", email=administrator[0])
    mails = mails_to(administrator[0], site.project.parent / "mail")
    [code] = re.findall(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", "\n".join(mails), re.M)
    visitor.fill_in(page, code=code)
    assert visitor.get("/admin/").status_code == 200


def test_without_redis_pages_live_and_what_is_locked_is_shut(
    site, visitor, administrator, redis
):
    redis.stop()
    for address in ("/", COURSE, LESSON, "/progress/", "/account/login/"):
        assert visitor.get(address).status_code == 200
    assert visitor.answer_first_question(LESSON).status_code == 200
    refused = site.visitor().sign_in(administrator)
    assert (refused.status_code, SHUT in refused.text) == (503, True)
    health = visitor.get("/readyz")
    assert (health.status_code, "cache: down" in health.text) == (503, True)
    redis.start()
    assert visitor.get("/readyz").text == "ok"
    # A cache that failed is left alone for five seconds, by each process.
    time.sleep(6)
    assert visitor.sign_in(administrator).url.endswith("/progress/")


def test_a_server_that_was_killed_is_started_again_at_once(site, visitor):
    visitor.answer_first_question(LESSON)
    site.stop(signal.SIGKILL)
    assert site.answers(), "its workers have let the port go: there is nothing to test"
    site.start()
    assert site.said.count("Everything is up to date.") == 1
    assert LESSON in visitor.get("/progress/").text


def test_nothing_that_somebody_asked_for_is_in_the_log(site, visitor):
    visitor.get("/stem-cells-and-my-illness/")
    assert "illness" not in site.said
    assert "Traceback" not in site.said


NAMED = {
    "path/to/pack": f"course/content{COURSE}",
    "path/to/folder": "exported",
    "SLUG": COURSE.strip("/"),
    "LESSON": LESSON,
    "anna@example.org": "admin@localhost",
    "/srv/anteroom": ".",
}


def lines_of_readme():
    """Return what README has operators run by hand or by cron."""
    blocks = re.findall(r"^```(?:sh)?\n(.*?)^```", README.read_text(), re.M | re.S)
    lines = [line for block in blocks for line in block.splitlines()]
    found = [line for line in lines if ".venv/bin/python" in line]
    return [
        re.sub(r"^(?:\S+ ){5}", "", line) if line[0] in "*0" else line for line in found
    ]


@pytest.fixture(scope="module")
def anna(site):
    """Somebody with an account who learns."""
    visitor = site.visitor()
    visitor.sign_in(re.findall(r"(?:e-mail|password) {2,}(\S+)\n", site.said))
    assert visitor.answer_first_question(LESSON).status_code == 200


@pytest.mark.parametrize("line", lines_of_readme())
def test_each_command_of_the_readme_runs(site, anna, line):
    if ON_POSTGRESQL and "sqlite3" in line:
        pytest.skip("A backup of SQLite.")
    for name, meant in NAMED.items():
        line = line.replace(name, meant)
    site.run("bash", "-c", line)
