"""Two web machines and two with workers, behind nginx, over PostgreSQL and Redis.

`docs/operating.md` describes them so. Each has a network of its own.
"""

import os
import re
import shutil
import threading
import time
from pathlib import Path

import psycopg
import pytest
import pytest_socket
import requests
import trustme
from django.db import connection
from psycopg import sql

from tests.machines import Forwarder, Machine, Network, Nginx, why_not
from tests.redis_server import require
from tests.served import ROOT, ServedSite, Visitor, copy_of_project
from tests.waiting import wait_until, whole_mails

LESSON = "/stem-cell-therapy-for-hair-loss/stem-cell-basics/"
ON_POSTGRESQL = "postgres" in os.environ.get("DATABASE_URL", "")
pytestmark = [
    pytest.mark.sweep,
    pytest.mark.skipif(not ON_POSTGRESQL, reason="Several machines need PostgreSQL."),
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "There can be machines."),
    pytest.mark.enable_socket,
]
PUBLISH = """
from course.models import LessonPage
lesson = LessonPage.objects.get(slug="stem-cell-basics")
lesson.title = "Published on the first machine"
lesson.save_revision().publish()
"""
# As a release adds one: the release before goes on without it.
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("home", "{before}")]
    operations = [
        migrations.AddField("homepage", "added", models.TextField(null=True))
    ]
"""
CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", re.M)


@pytest.fixture(scope="module")
def sockets():
    """Fixtures of a module are made before a test's marks allow other hosts."""
    pytest_socket._remove_restrictions()


@pytest.fixture(scope="module")
def network(sockets):
    require("nginx")
    with Network() as network:
        yield network


@pytest.fixture(scope="module")
def database(network, django_db_setup):
    """A copy of the migrated database, as the machines reach it."""
    given = connection.settings_dict
    name = f"anteroom_machines_{os.getpid()}"
    address = {"host": given["HOST"], "port": given["PORT"] or 5432}
    forwarder = Forwarder(network.address, int(address["port"]))
    with psycopg.connect(
        **address, user=given["USER"], dbname="postgres", autocommit=True
    ) as server:
        names = sql.Identifier(name), sql.Identifier(given["TEST"]["NAME"])
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        yield f"postgres://{given['USER']}@{network.address}:{forwarder.port}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    forwarder.stop()


@pytest.fixture(scope="module")
def settings_of_all(network, database, redis, tmp_path_factory):
    forwarder = Forwarder(network.address, redis.port)
    yield {
        "SITE_URL": f"https://{network.address}:8443",
        "SECRET_KEY": "one key for all machines, fifty letters long, as it is.",
        "DATABASE_URL": database,
        "CACHE_URL": f"redis://{network.address}:{forwarder.port}/0",
        "EMAIL_URL": f"filemail://{tmp_path_factory.mktemp('mail')}",
        "TRUSTED_PROXIES": "1",
        "PORT": "8000",
    }
    forwarder.stop()


@pytest.fixture(scope="module")
def machines(network, settings_of_all, tmp_path_factory):
    """Two for the web and two for workers, prepared once."""
    folder = tmp_path_factory.mktemp("machines")
    first = copy_of_project(folder / "prepared")
    output = ServedSite(first, **settings_of_all).manage("prepare_site")
    machines = []
    for number in (11, 12, 21, 22):
        project = shutil.copytree(first, folder / str(number))
        machines.append(Machine(network, number, project, **settings_of_all))
    for web in machines[:2]:
        web.start()
    for worker in machines[2:]:
        worker.start_worker()
    machines[0].administrator = re.findall(r"(?:e-mail|password) {2,}(\S+)\n", output)
    yield machines
    for machine in machines:
        machine.cut_power()


@pytest.fixture(scope="module")
def nginx(network, machines, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "authority.pem")
    certificate = authority.issue_cert(network.address)
    certificate.private_key_pem.write_to_path(folder / "site.key")
    for each in certificate.cert_chain_pems:
        each.write_to_path(folder / "site.pem", append=True)
    server = Nginx(folder, folder / "site")
    server.conf = (ROOT / "deploy" / "nginx.conf").read_text()
    server.authority = str(folder / "authority.pem")
    server.add_site(
        "all", server.conf, f"{network.address}:8443", web_addresses(machines)
    )
    for number, machine in enumerate(machines[:2], 1):
        address = f"{network.address}:{8443 + number}"
        server.add_site(f"only{number}", server.conf, address, [f"{machine.host}:8000"])
    server.start()
    yield server
    server.stop()


def web_addresses(machines, *, without=None):
    """Return the servers of the upstream; one may be marked as down."""
    return [
        f"{machine.host}:8000{' down' if machine is without else ''}"
        for machine in machines[:2]
    ]


@pytest.fixture
def visitor(network, nginx):
    """Whoever comes by nginx."""
    return Visitor(f"https://{network.address}:8443", trusts=nginx.authority)


def only_at(visitor, number):
    """Return the same person, whose requests go to this machine."""
    there = Visitor(visitor.url[:-1] + str(3 + number), trusts=visitor.verify)
    there.cookies = visitor.cookies
    return there


def test_who_signs_in_on_one_machine_answers_on_the_other(visitor, machines):
    first, second = only_at(visitor, 1), only_at(visitor, 2)
    assert first.sign_in(machines[0].administrator).url.endswith("/progress/")
    assert second.answer_first_question(LESSON).status_code == 200
    assert LESSON in first.get("/progress/").text
    assert second.get("/admin/").status_code == 200


def test_what_one_machine_publishes_both_show_within_a_second(visitor, machines):
    for number in (1, 2):
        assert "Published on" not in only_at(visitor, number).get(LESSON).text
    machines[0].manage("shell", "-c", PUBLISH)
    time.sleep(1)
    for number in (1, 2):
        page = only_at(visitor, number).get(LESSON)
        assert "Published on the first machine" in page.text


def test_who_is_locked_out_by_one_machine_is_by_the_other(visitor, machines):
    login, password = "locked@example.org", "wrong"
    pages = [
        only_at(visitor, 1 + number % 2).fill_in(
            "/account/login/", login=login, password=password
        )
        for number in range(7)
    ]
    assert "Too many" in pages[-1].text
    assert "Too many" not in pages[0].text
    for number in (1, 2):
        again = only_at(visitor, number).fill_in(
            "/account/login/", login=login, password=password
        )
        assert "Too many" in again.text


def mails(machine):
    folder = Path(machine.told["EMAIL_URL"].removeprefix("filemail://"))
    return [code for mail in whole_mails(folder) for code in CODE.findall(mail)]


def test_one_worker_goes_on_when_the_other_loses_power(visitor, machines):
    for lost in (None, machines[2]):
        if lost:
            lost.cut_power()
        before = len(mails(machines[0]))
        somebody = Visitor(visitor.url, trusts=visitor.verify)
        somebody.fill_in("/account/login/code/", email=machines[0].administrator[0])
        wait_until(lambda before=before: len(mails(machines[0])) > before)
        assert len(mails(machines[0])) == before + 1


def test_a_quiz_goes_on_when_its_machine_loses_power(visitor, machines):
    visitor.answer_first_question(LESSON)
    machines[0].cut_power()
    answered = visitor.get(f"{LESSON}quiz/")
    assert answered.status_code == 200
    statuses = [visitor.get(f"{LESSON}quiz/").status_code for _ in range(10)]
    assert set(statuses) == {200}
    patient = Visitor(visitor.url, trusts=visitor.verify)
    assert patient.answer_first_question(LESSON).status_code == 200
    machines[0].start()


class Load:
    """A class that reads and answers until it is told to stop."""

    def __init__(self, visitor, learners=3):
        self._visitor = visitor
        self._stopping = threading.Event()
        self.statuses = []
        self._threads = [threading.Thread(target=self._learn) for _ in range(learners)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _learn(self):
        while not self._stopping.is_set():
            learner = Visitor(self._visitor.url, trusts=self._visitor.verify)
            try:
                self.statuses.append(learner.get(LESSON).status_code)
                answered = learner.answer_first_question(LESSON)
                self.statuses.append(answered.status_code)
            except requests.RequestException as error:
                self.statuses.append(repr(error))
            self._stopping.wait(0.1)


def test_an_upgrade_with_a_migration_fails_no_request(visitor, machines, nginx):
    with Load(visitor) as load:
        for machine in machines[:2]:
            upgrade(machine, machines, nginx)
    assert len(load.statuses) > 20
    assert set(load.statuses) == {200}
    # The first to be started brought the database up to date.
    assert "Updating the database (1 migrations)" in machines[0].said
    for number in (1, 2):
        answer = only_at(visitor, number).get("/readyz/migrations")
        assert answer.text == "works"


def upgrade(machine, machines, nginx):
    """Take a machine out, put the release on it, and take it in again."""
    listens = machine.told["SITE_URL"].removeprefix("https://")
    out = web_addresses(machines, without=machine)
    nginx.add_site("all", nginx.conf, listens, out)
    nginx.reload()
    time.sleep(1)
    machine.stop()
    add_migration(machine.project)
    machine.start()
    nginx.add_site("all", nginx.conf, listens, web_addresses(machines))
    nginx.reload()
    time.sleep(2)


def add_migration(project):
    folder = project / "home" / "migrations"
    before = max(path.stem for path in folder.glob("0*.py"))
    number = int(before[:4]) + 1
    text = MIGRATION.format(before=before)
    (folder / f"{number:04}_add_something.py").write_text(text)
