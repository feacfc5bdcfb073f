import threading

import pytest
from django.core.cache import caches
from django.test import Client

from config import steady_cache
from page_cache import content_version, memory


@pytest.fixture(autouse=True)
def page_cache(settings, monkeypatch):
    """Switch it on, as on a served site, with nothing in it and nothing owed."""
    monkeypatch.setattr(memory, "_memory", memory._Memory())
    settings.KEEPS_PAGES = True
    steady_cache._rests.clear()
    monkeypatch.setattr(content_version, "_owed", threading.Event())
    caches["pages"].clear()
    content_version.forget_content_version()


@pytest.fixture
def visitor():
    """Somebody who only reads: a browser without any cookie."""
    return Client()
