"""The files that people uploaded, where the site keeps them on its own disk."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage


def media_are_here() -> bool:
    """Return whether media are on this machine's disk, not in an object storage."""
    return isinstance(default_storage, FileSystemStorage)


def media_folder() -> Path:
    """Return the folder; a symbolic link to another disk stays one."""
    return Path(settings.MEDIA_ROOT).resolve()


def find_media() -> Iterator[tuple[str, Path]]:
    """Yield each file's path below the folder, and where it is."""
    folder = media_folder()
    for path in sorted(folder.rglob("*")) if media_are_here() else ():
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(folder).as_posix(), path
