"""What the code of this process is: another release must not show the pages of it."""

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings

# Code, templates and translations; what the styles are called is in the manifest.
_SUFFIXES = {".py", ".html", ".svg", ".mo", ".json", ".txt"}


@cache
def release_digest() -> str:
    """Return a digest of all files that decide how pages are built.

    It is equal on all machines that run the same release.
    """
    digest = hashlib.sha256()
    for file in _files():
        digest.update(str(file.relative_to(settings.BASE_DIR)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _files():
    rooms = (Path(app.path) for app in apps.get_app_configs())
    own = (room for room in rooms if _is_in_project(room))
    folders = {*own, settings.BASE_DIR / "config", settings.BASE_DIR / "templates"}
    folders |= set(settings.LOCALE_PATHS)
    found = {file for folder in folders for file in folder.rglob("*")}
    found |= {
        settings.BASE_DIR / "requirements.txt",
        Path(settings.STATIC_ROOT, "staticfiles.json"),
    }
    return sorted(file for file in found if file.suffix in _SUFFIXES and file.is_file())


def _is_in_project(folder):
    inside = folder.is_relative_to(settings.BASE_DIR)
    return inside and ".venv" not in folder.parts
