"""Readers as `read_within` is given them: well behaved, endless, hungry, and broken."""

import os
import signal
import threading
import time

from django.utils.translation import gettext

from authoring.articles.readers.reading import UnableToReadArticle


def length(text):
    return len(text)


def refuse(name):
    raise UnableToReadArticle(f"{name} is no article.")


def greeting(_):
    return gettext("Yes")


def sleep_for_ever(_):
    time.sleep(3600)


def count_for_ever(_):
    while True:
        pass


def fill_memory(_):
    held = []
    while True:
        held.append(bytearray(10_000_000))


def nest_for_ever(text):
    return nest_for_ever(text)


def be_killed(_):
    os.kill(os.getpid(), signal.SIGSEGV)


def fail(_):
    return {}["nothing"]


def print_first(text):
    print(text)  # noqa: T201
    return text


def secrets(_):
    return sorted(os.environ), threading.active_count()
