"""Read a file as a document, or raise an error that says what to do. Pure.

No reader opens another file or connects to another machine.
"""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from charset_normalizer import from_bytes

from authoring.articles.readers import markdown, plain_text, shaping, tags, word
from authoring.articles.rules.document import Document, FoundElements

MEGABYTE = 1_000_000
LARGEST = 10 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
_ENCODINGS = ["cp1252", "cp1254", "cp1256", "utf_16_le", "utf_16_be"]
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class UnableToReadArticle(Exception):
    """The file cannot be read as an article; the message says what to do."""


def read_article(data: bytes, filename: str) -> Document:
    """Return the article in the file. The file name's ending decides the format.

    Raises UnableToReadArticle if the file is of another format, over 10 MB, empty,
    damaged, or without text.
    """
    path = PurePath(filename)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise UnableToReadArticle(f"{path.name} must be a {known} file.")
    refuse_if_large(len(data), path.name)
    if not data.strip():
        raise UnableToReadArticle(f"{path.name} is empty.")
    name = re.sub(r"[-_\s]+", " ", path.stem).strip().capitalize() or "Article"
    try:
        found = shaping.shape_document(reader(data, path.name), name=name)
    except (RecursionError, tags.TooDeep) as error:
        raise UnableToReadArticle(
            f"{path.name} has lists, quotes or tags nested too deeply to be read."
        ) from error
    if not any(part.blocks for part in found.sections) and not found.faq:
        raise UnableToReadArticle(f"{path.name} has no text.")
    return found


def refuse_if_large(size: int, name: str) -> None:
    """Raise UnableToReadArticle if the file is over 10 MB. Call this before reading it."""
    if size > LARGEST:
        raise UnableToReadArticle(
            f"{name} is larger than 10 MB. Remove the pictures, or split the text in two."
        )


def _text_of(data: bytes, name: str) -> str:
    """Return the decoded text, with every line ending as a newline."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif _CONTROL.search(data[:MEGABYTE]):
        raise UnableToReadArticle(
            f"{name} is not a text file. Save it as text, HTML or .docx."
        )
    else:
        text = _decoded(data, name)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data[:MEGABYTE], cp_isolation=_ENCODINGS).best()
    if best is None:
        raise UnableToReadArticle(f"{name} cannot be read. Save it as UTF-8.")
    text = data.decode(best.encoding, errors="replace")
    # The encodings differ in six letters: Icelandic in cp1252, Turkish in cp1254. Turkish is likelier.
    if best.encoding == "cp1252" and set("ðþýÐÞÝ") & set(text):
        return data.decode("cp1254", errors="replace")
    return text


def _plain(data: bytes, name: str) -> FoundElements:
    return plain_text.read_plain_text(_text_of(data, name))


def _html(data: bytes, name: str) -> FoundElements:
    text, notes = markdown.without_shortcodes(_text_of(data, name))
    found = tags.read_html(text)
    return replace(found, notes=(*notes, *found.notes))


def _markdown(data: bytes, name: str) -> FoundElements:
    page = markdown.read_markdown(_text_of(data, name))
    found = tags.read_html(page.html)
    notes = (*page.notes, *found.notes)
    return replace(found, notes=notes, title=page.title, language=page.language)


def _docx(data: bytes, name: str) -> FoundElements:
    damaged = UnableToReadArticle(
        f"{name} cannot be opened as a Word document. Save it again as .docx."
    )
    try:
        unpacked = word.unpacked_size(data)
    except zipfile.BadZipFile as error:
        raise damaged from error
    if unpacked > LARGEST_UNPACKED:
        raise UnableToReadArticle(
            f"{name} unpacks to {unpacked / MEGABYTE:.0f} MB. The limit is 50 MB."
        )
    try:
        html, notes = word.word_to_html(data)
    except MemoryError:
        raise
    except Exception as error:  # mammoth has no exception of its own for damaged files
        raise damaged from error
    found = tags.read_html(html)
    return replace(found, notes=(*notes, *found.notes))


_READERS: dict[str, Callable[[bytes, str], FoundElements]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
}
