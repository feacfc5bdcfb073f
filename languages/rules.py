"""From catalogues that people write to those that programs read."""

import os
from collections.abc import Iterator
from pathlib import Path

import polib


def build_catalogues(folder: Path) -> list[Path]:
    """Write a `.mo` beside each `.po` below the folder that is newer; return these files.

    Each is replaced as a whole, because a process may be reading it.
    """
    return [_build(source) for source in _changed(folder)]


def _changed(folder: Path) -> Iterator[Path]:
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        built = source.with_suffix(".mo")
        if not built.exists() or built.stat().st_mtime < source.stat().st_mtime:
            yield source


def _build(source: Path) -> Path:
    built, new = source.with_suffix(".mo"), source.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(new))
    return new.replace(built)


def leave_out_dates(source: Path) -> None:
    """Write the catalogue without the time at which its texts were collected."""
    catalogue = polib.pofile(str(source), wrapwidth=0)
    for name in ("POT-Creation-Date", "PO-Revision-Date"):
        catalogue.metadata.pop(name, None)
    catalogue.save(str(source))
