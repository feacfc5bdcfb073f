"""Reads a pack of evidence, as `verify.py` in it does. Hostile files are refused.

Nothing is unpacked to disk, so the names in the pack are only names.
"""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from course.rules.digests import canonical_json
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within
from training.certificates.readers import pack_records
from training.certificates.rules.exported_packs import (
    ExportedPack,
    UnableToReadPack,
    UnreadablePack,
)
from training.certificates.rules.summary import SummaryLine

LARGEST = 30 * 1024 * 1024
LARGEST_UNPACKED = 400 * 1024 * 1024
# Of a file that is read as a whole: the manifest, or the record of a person.
LARGEST_READ = 10 * 1024 * 1024
MOST_FILES = 50_000
MANIFEST = "manifest.json"

_RECORD = re.compile(r"people/(?P<person>[^/]+)\.json")
_PAPER = re.compile(r"papers/(?P<digest>.*)\.json")
_LOCKED = 0x1
_AT_ONCE = 1024 * 1024


def read_pack_bounded(content: bytes) -> ExportedPack:
    """Return what is in the pack, within limits of time and memory.

    Raises UnableToReadPack, also for files that would need more.
    """
    try:
        return read_within(read_pack, content)
    except BeyondBounds as error:
        raise UnableToReadPack(UnreadablePack.TOO_MUCH_WORK) from error
    except TooManyAtOnce as error:
        raise UnableToReadPack(UnreadablePack.BUSY) from error


def read_pack(content: bytes) -> ExportedPack:
    """Return what is in the pack. Raises UnableToReadPack."""
    if len(content) > LARGEST:
        raise UnableToReadPack(UnreadablePack.TOO_LARGE)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise UnableToReadPack(UnreadablePack.NOT_A_ZIP)
    with _refusing(UnreadablePack.BROKEN), zipfile.ZipFile(io.BytesIO(content)) as pack:
        entries = _entries(pack)
        if MANIFEST not in entries:
            raise UnableToReadPack(UnreadablePack.NO_MANIFEST)
        text = _whole(pack, entries[MANIFEST])
        facts, named = _manifest(text)
        del entries[MANIFEST]
        found = {name: _digest(pack, entry) for name, entry in entries.items()}
        both = sorted(found.keys() & named.keys())
        return ExportedPack(
            manifest=hashlib.sha256(text).hexdigest(),
            facts=facts,
            lines=tuple(_lines(pack, both)),
            missing=tuple(sorted(named.keys() - found.keys())),
            added=tuple(sorted(found.keys() - named.keys())),
            changed=tuple(n for n in both if not _is_same(n, found[n], named[n])),
        )


@contextmanager
def _refusing(kind: UnreadablePack, name: str = "") -> Iterator[None]:
    """Raise UnableToReadPack for whatever a broken file makes others stumble over."""
    try:
        yield
    except (UnableToReadPack, MemoryError, RecursionError):
        raise
    except Exception as error:
        raise UnableToReadPack(kind, name) from error


def _entries(pack: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Return the files by name, after looking at the sizes that they declare.

    `zipfile` reads no more of a file than it declares.
    """
    entries = [entry for entry in pack.infolist() if not entry.is_dir()]
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > LARGEST_UNPACKED or len(entries) > MOST_FILES:
        raise UnableToReadPack(UnreadablePack.SWELLS)
    if any(entry.flag_bits & _LOCKED for entry in entries):
        raise UnableToReadPack(UnreadablePack.LOCKED)
    by_name = {entry.filename: entry for entry in entries}
    if len(by_name) < len(entries):
        raise UnableToReadPack(UnreadablePack.BROKEN)
    return by_name


def _whole(pack: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > LARGEST_READ:
        raise UnableToReadPack(UnreadablePack.SWELLS, entry.filename)
    return pack.read(entry)


def _digest(pack: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    """Return the SHA-256 of the file; empty if it is so damaged that it has none."""
    digest = hashlib.sha256()
    try:
        with pack.open(entry) as file:
            while part := file.read(_AT_ONCE):
                digest.update(part)
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 -- each kind of damage has an error of its own
        return ""
    return digest.hexdigest()


def _is_same(name: str, found: str, named: str) -> bool:
    paper = _PAPER.fullmatch(name)
    return found == named and (paper is None or paper["digest"] == found)


def _manifest(text: bytes) -> tuple[Mapping[str, Any], dict[str, str]]:
    """Return what the manifest says, and the SHA-256 of each file."""
    with _refusing(UnreadablePack.BROKEN_MANIFEST):
        manifest = json.loads(text)
        # Half of a letter cannot be shown on any page.
        canonical_json(manifest).encode()
        files = {
            str(name): str(digest) for name, digest in manifest.pop("files").items()
        }
        return pack_records.checked_facts(manifest), files


def _lines(pack: zipfile.ZipFile, names: list[str]) -> Iterator[SummaryLine]:
    for name in names:
        matched = _RECORD.fullmatch(name)
        if matched:
            with _refusing(UnreadablePack.BROKEN_RECORD, name):
                record = json.loads(_whole(pack, pack.getinfo(name)))
                yield from pack_records.checked_lines(record, matched["person"])
