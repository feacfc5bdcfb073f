"""Settings are read in a process of their own: this one has the test suite's."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from config.threads import THREADS

READ = """
import json
from config.settings import {module} as settings
print(json.dumps({{name: getattr(settings, name) for name in {names}}}))
"""


def read_settings(*names, module="production", **environment):
    kept = {key: value for key, value in os.environ.items() if not key.endswith("_URL")}
    done = subprocess.run(
        [sys.executable, "-c", READ.format(module=module, names=names)],
        env=kept | {"SECRET_KEY": "only-for-tests"} | environment,
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout)


SECURITY = (
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "CSRF_TRUSTED_ORIGINS",
    "ALLOWED_HOSTS",
    "WAGTAILADMIN_BASE_URL",
)


def test_a_secure_address_makes_cookies_secure_and_turns_hsts_on():
    found = read_settings(*SECURITY, SITE_URL="https://learn.example.org")
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is True
    assert found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] == 31_536_000
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://learn.example.org"]
    assert found["WAGTAILADMIN_BASE_URL"] == "https://learn.example.org"


def test_a_plain_address_works_without_a_certificate():
    found = read_settings(*SECURITY, SITE_URL="http://192.0.2.7:8000")
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is False
    assert found["SECURE_SSL_REDIRECT"] is False
    assert found["SECURE_HSTS_SECONDS"] == 0
    assert found["ALLOWED_HOSTS"][0] == "192.0.2.7"


def test_errors_are_shown_to_developers_only():
    assert read_settings("DEBUG") == {"DEBUG": False}
    assert read_settings("DEBUG", module="dev") == {"DEBUG": True}


def test_sqlite_takes_its_lock_when_a_transaction_begins():
    options = read_settings("DATABASES")["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


@pytest.mark.parametrize(
    ("address", "engine"),
    [
        ("postgres://anteroom@127.0.0.1/anteroom", "config.postgresql"),
        ("sqlite:////tmp/elsewhere.sqlite3", "django.db.backends.sqlite3"),
    ],
)
def test_the_database_is_taken_from_the_environment(address, engine):
    found = read_settings("DATABASES", DATABASE_URL=address)["DATABASES"]["default"]
    assert found["ENGINE"] == engine


def test_the_cache_is_taken_from_the_environment():
    found = read_settings("CACHES", CACHE_URL="redis://127.0.0.1:6379/1")["CACHES"]
    assert found["store"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"
    assert found["store"]["LOCATION"] == "redis://127.0.0.1:6379/1"


def test_all_processes_share_the_cache_that_bad_tries_are_counted_in():
    cache = read_settings("CACHES")["CACHES"]["store"]
    assert cache["BACKEND"].endswith("filebased.FileBasedCache")
    assert cache["LOCATION"].endswith("/var/cache")
    assert cache["OPTIONS"]["MAX_ENTRIES"] >= 10_000


def test_mail_may_go_to_a_folder():
    mail = ("EMAIL_BACKEND", "EMAIL_FILE_PATH")
    found = read_settings(*mail, EMAIL_URL="filemail:///srv/some%20mail")
    assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
    assert found["EMAIL_FILE_PATH"] == "/srv/some mail"


def test_a_folder_for_mail_begins_at_the_root():
    with pytest.raises(subprocess.CalledProcessError) as refused:
        read_settings("EMAIL_FILE_PATH", EMAIL_URL="filemail://srv/mail")
    assert "filemail:///srv/anteroom-mail" in refused.value.stderr


def test_the_mailbox_of_what_comes_back_is_named_by_one_url():
    assert read_settings("BOUNCE_MAILBOX") == {"BOUNCE_MAILBOX": None}
    url = "imaps://bounces%40example.org:p%2Fw@imap.example.org/Sent%20back"
    assert read_settings("BOUNCE_MAILBOX", BOUNCE_MAILBOX_URL=url) == {
        "BOUNCE_MAILBOX": {
            "host": "imap.example.org",
            "port": 993,
            "user": "bounces@example.org",
            "password": "p/w",
            "folder": "Sent back",
        }
    }


def test_accounts_are_closed_to_strangers_unless_the_environment_opens_them():
    names = ("SIGN_UP_OPEN", "ADMIN_REQUIRES_SECOND_FACTOR")
    assert read_settings(*names) == dict.fromkeys(names, False)
    opened = read_settings(*names, **dict.fromkeys(names, "true"))
    assert opened == dict.fromkeys(names, True)


POSTGRESQL = "postgres://anteroom@127.0.0.1/anteroom"


def default_database(**environment):
    return read_settings("DATABASES", **environment)["DATABASES"]["default"]


def test_connections_to_sqlite_stay_open():
    assert default_database()["CONN_MAX_AGE"] > 0


def test_connections_to_postgresql_come_from_a_pool_with_one_for_each_thread():
    found = default_database(DATABASE_URL=f"{POSTGRESQL}?sslmode=prefer")
    assert found["CONN_MAX_AGE"] == 0
    assert found["CONN_HEALTH_CHECKS"] is True
    assert found["OPTIONS"]["pool"]["max_size"] >= THREADS
    assert found["OPTIONS"]["sslmode"] == "prefer"


def test_an_address_may_not_say_how_long_connections_live():
    with pytest.raises(subprocess.CalledProcessError) as refused:
        default_database(DATABASE_URL=f"{POSTGRESQL}?conn_max_age=60")
    assert "must not name conn_max_age" in refused.value.stderr


USE_POOL = """
import threading
import django
django.setup()
from django.db import connection
found = []
def ask():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found.append(cursor.fetchone()[0])
    connection.close()
for _time in range(3):
    threads = [threading.Thread(target=ask) for _one in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print(len(set(found)))
"""


@pytest.mark.django_db
@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Only PostgreSQL has a pool."
)
def test_threads_share_the_connections_of_the_pool():
    told = connection.settings_dict
    address = f"postgres://{told['USER']}@{told['HOST']}/{told['NAME']}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", USE_POOL],
        env=os.environ
        | {
            "DATABASE_URL": address,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "SECRET_KEY": "only-for-tests",
        },
        capture_output=True,
        check=True,
        text=True,
    )
    assert 1 <= int(done.stdout) <= THREADS
    assert not done.stderr
