"""Read an uploaded PO file. Runs in a process of its own, see `read_within`."""

import re

import polib

LARGEST = 2_000_000
TRANSLATION = "X-WagtailLocalize-TranslationID"
"""The header by which wagtail-localize knows to which translation a file belongs."""

Entry = tuple[str, str, str]

_LINE = re.compile(r"\(line (\d+)\)")


class UnreadableFile(ValueError):
    """It is no PO file, or a damaged one. `line` is 0 if it is not known."""

    def __init__(self, line: int = 0):
        super().__init__(line)
        self.line = line


def read_po_file(content: bytes) -> tuple[str, list[Entry]]:
    """Return the id of the translation, and place, source and text of each entry."""
    try:
        # With a line break, it can be no name of a file on this machine.
        catalogue = polib.pofile("\n" + content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableFile from error
    except (OSError, ValueError, IndexError) as error:
        place = _LINE.search(str(error))
        # The line that was added does not count.
        raise UnreadableFile(int(place[1]) - 1 if place else 0) from error
    entries = [
        (entry.msgctxt or "", entry.msgid, entry.msgstr)
        for entry in catalogue
        if not entry.obsolete
    ]
    if not entries:
        raise UnreadableFile
    return catalogue.metadata.get(TRANSLATION, ""), entries
