"""A setting is taken as it was meant, or refused by its name."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment as env
from tests.config.test_settings import read_settings


@pytest.fixture
def say(monkeypatch):
    return lambda value: monkeypatch.setenv("A_SETTING", value)


@pytest.mark.parametrize("password", ["$ecret", "$$", "a$b", r"\$a", "#%/ "])
def test_a_password_is_taken_as_it_is(say, password):
    say(password)
    assert env.read_text("A_SETTING") == password


def test_an_empty_value_says_nothing(say):
    say("")
    assert env.read_text("A_SETTING", "usual") == "usual"
    assert env.read_number("A_SETTING", 90) == 90
    assert env.read_switch("A_SETTING") is False


@pytest.mark.parametrize("said", ["often", "-1", "0", "1.5", "1e3", "²"])
def test_a_number_that_is_none_or_too_small_is_refused_by_name(say, said):
    say(said)
    with pytest.raises(
        ImproperlyConfigured, match="A_SETTING must be a whole number of 1"
    ):
        env.read_number("A_SETTING", 90, least=1)


@pytest.mark.parametrize("said", ["true", "Yes", "1", " on ", "ok"])
def test_a_switch_is_on(say, said):
    say(said)
    assert env.read_switch("A_SETTING") is True


@pytest.mark.parametrize("said", ["false", "FALSE", "0", "off", "no"])
def test_a_switch_is_off(say, said):
    say(said)
    assert env.read_switch("A_SETTING") is False


@pytest.mark.parametrize("said", ["enabled", "tru", "2"])
def test_a_switch_is_nothing_else(say, said):
    say(said)
    with pytest.raises(ImproperlyConfigured, match="A_SETTING must be true or false"):
        env.read_switch("A_SETTING")


def test_a_secret_is_what_is_set_or_what_the_file_holds(say, tmp_path):
    (tmp_path / "key").write_text("from the file\n")
    say("")
    assert env.read_secret("A_SETTING", tmp_path / "key") == "from the file"
    say("from the environment")
    assert env.read_secret("A_SETTING", tmp_path / "key") == "from the environment"


def test_a_secret_that_is_nowhere_is_asked_for(say, tmp_path):
    say("")
    with pytest.raises(ImproperlyConfigured, match="A_SETTING is not set, and"):
        env.read_secret("A_SETTING", tmp_path / "key")


def test_names_without_a_value_leave_the_site_as_it_is():
    names = ("DATABASE_URL", "CACHE_URL", "EMAIL_URL", "TIME_ZONE", "SITE_URL")
    numbers = ("LEARNER_IDLE_DAYS", "TRUSTED_PROXIES", "RETENTION_LOG_MONTHS")
    empty = dict.fromkeys((*names, *numbers, "SIGN_UP_OPEN"), "")
    found = ("DATABASES", "CACHES", "TIME_ZONE", "SITE_URL", "LEARNER_IDLE_DAYS")
    assert read_settings(*found, **empty) == read_settings(*found)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ADMIN_REQUIRES_SECOND_FACTOR", "enabled"),
        ("LEARNER_IDLE_DAYS", "0"),
        ("SITE_URL", "learn.example.org"),
        ("EMAIL_URL", "filemail://srv/mail"),
        ("BOUNCE_MAILBOX_URL", "imap://imap.example.org"),
    ],
)
def test_an_operator_reads_one_sentence_about_it(name, said):
    told = {"SECRET_KEY": "only-for-tests", name: said}
    told["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    done = subprocess.run(
        [sys.executable, "manage.py", "prepare_site"],
        cwd=Path(__file__).parents[2],
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"A setting cannot be used. {name} ")
