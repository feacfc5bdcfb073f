"""Joining zip files without packing their contents anew."""

import copy
import shutil
from itertools import pairwise
from typing import IO
from zipfile import ZipFile

BUFFER = 1024 * 1024


def copy_entries(source: IO[bytes], target: ZipFile) -> None:
    """Add the entries of the zip file `source` to `target`, as they are packed there.

    One whose name `target` has already is left out. `ZipFile` has no method for it: it
    keeps a list of entries with their places in the file, which it writes at its end.
    """
    with ZipFile(source) as opened:
        entries = sorted(opened.infolist(), key=lambda entry: entry.header_offset)
        places = [*(entry.header_offset for entry in entries), opened.start_dir]
        for entry, (start, end) in zip(entries, pairwise(places), strict=True):
            if entry.filename not in target.NameToInfo:
                source.seek(start)
                _copy_entry(source, entry, end - start, target)


def _copy_entry(source, entry, size, target):
    target.fp.seek(target.start_dir)
    copied = copy.copy(entry)
    copied.header_offset = target.start_dir
    shutil.copyfileobj(_Part(source, size), target.fp, BUFFER)
    target.start_dir = target.fp.tell()
    target.filelist.append(copied)
    target.NameToInfo[copied.filename] = copied


class _Part:
    """The next bytes of a file, as a file."""

    def __init__(self, file, size):
        self._file, self._left = file, size

    def read(self, size):
        content = self._file.read(min(size, self._left))
        self._left -= len(content)
        return content
