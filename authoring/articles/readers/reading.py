"""Read any file as a document, or say what to do instead. Pure.

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
    """Return the article in the file, in the format of its ending.

    Raises UnableToReadArticle for a file of another kind, over 10 MB, empty, damaged,
    or without words.
    """
    path = PurePath(filename)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise UnableToReadArticle(f"{path.name}: files ending in {known} can be read.")
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
        raise UnableToReadArticle(f"{path.name} holds no text.")
    return found


def refuse_if_large(size: int, name: str) -> None:
    """Raise UnableToReadArticle for a file over 10 MB; call it before reading the file."""
    if size > LARGEST:
        raise UnableToReadArticle(
            f"{name} has {size / MEGABYTE:.0f} MB; up to 10 MB can be read. "
            "Remove the pictures, or split the text in two."
        )


def _text_of(data: bytes, name: str) -> str:
    """Return the text, decoded; line ends become newlines."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif _CONTROL.search(data[:MEGABYTE]):
        raise UnableToReadArticle(
            f"{name} is not text. Save it as text, HTML or .docx."
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
    # Icelandic letters are Turkish ones misread: the two encodings differ in six.
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
    return FoundElements(found.elements, (*page.notes, *found.notes), page.title)


def _docx(data: bytes, name: str) -> FoundElements:
    damaged = UnableToReadArticle(
        f"{name} is not a Word document that can be opened. Save it again as .docx."
    )
    try:
        unpacked = word.unpacked_size(data)
    except zipfile.BadZipFile as error:
        raise damaged from error
    if unpacked > LARGEST_UNPACKED:
        raise UnableToReadArticle(
            f"{name} unpacks to {unpacked / MEGABYTE:.0f} MB; up to 50 MB can be read."
        )
    try:
        html, notes = word.word_to_html(data)
    except MemoryError:
        raise
    except Exception as error:  # the library raises whatever the damage leads to
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
