"""The rooms of the house, as the settings install them: no test keeps a list of its own."""

from django.apps import apps
from django.conf import settings

ROOMS = [
    app.name
    for app in apps.get_app_configs()
    if (settings.BASE_DIR / app.name.split(".")[0]).is_dir()
]
FOLDERS = sorted({room.split(".")[0] for room in ROOMS})


def has_pages(room):
    """Return whether the room has views that show pages of its own."""
    path = room.replace(".", "/")
    views = settings.BASE_DIR / path / "views"
    pages = settings.BASE_DIR / "templates" / path
    return pages.is_dir() and (views.is_dir() or views.with_suffix(".py").exists())


def is_ours(module):
    """Return whether the module, by its dotted name, lies in one of the rooms."""
    return module.split(".")[0] in FOLDERS


def files_of_rooms(*suffixes, beside=()):
    """Return the files of all rooms, and of the folders `beside`, that end like that."""
    return [
        path
        for folder in (*FOLDERS, *beside)
        for path in sorted((settings.BASE_DIR / folder).rglob("*"))
        if path.suffix in suffixes
    ]
