"""Any file to a document, or a reason that says what to do instead. Pure.

No reader opens another file or asks another machine for anything.
"""

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import PurePath

import mammoth
from charset_normalizer import from_bytes
from markdown_it import MarkdownIt

from authoring.article import plain_text, shaping, tags
from authoring.article.document import Document, Element

MEGABYTE = 1_000_000
LARGEST = 10 * MEGABYTE
LARGEST_UNPACKED = 50 * MEGABYTE
# The title stands above all headings, which therefore go one level down.
_STYLES = "\n".join(
    f"{style} => h{level}:fresh"
    for style, level in [
        ("p.Title", 1),
        ("p[style-name='Title']", 1),
        *((f"p.Heading{level}", level + 1) for level in range(1, 6)),
        *((f"p[style-name='Heading {level}']", level + 1) for level in range(1, 6)),
    ]
)
_ENCODINGS = ["cp1252", "cp1254", "cp1256", "utf_16_le", "utf_16_be"]
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class UnableToRead(Exception):
    """The file is no article that can be read; the message says what to do."""


def read(data: bytes, filename: str) -> Document:
    """Return the article in the file, told by its ending.

    Raises UnableToRead for a file of another kind, over 10 MB, empty, damaged, or
    without a word in it.
    """
    path = PurePath(filename)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(sorted(_READERS))
        raise UnableToRead(f"{path.name}: files ending in {known} can be read.")
    refuse_if_large(len(data), path.name)
    if not data.strip():
        raise UnableToRead(f"{path.name} is empty.")
    name = re.sub(r"[-_\s]+", " ", path.stem).strip().capitalize() or "Article"
    found = shaping.document(reader(data, path.name), name=name)
    if not any(part.blocks for part in found.sections) and not found.faq:
        raise UnableToRead(f"{path.name} holds no text.")
    return found


def refuse_if_large(size: int, name: str) -> None:
    """Raise UnableToRead for a file over 10 MB, best before it is read."""
    if size > LARGEST:
        raise UnableToRead(
            f"{name} has {size / MEGABYTE:.0f} MB; up to 10 MB can be read. "
            "Take the pictures out, or cut the text in two."
        )


def _text_of(data: bytes, name: str) -> str:
    """Return the text in whatever encoding it is; line ends become newlines."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    elif _CONTROL.search(data[:MEGABYTE]):
        raise UnableToRead(f"{name} is not text. Save it as text, HTML or .docx.")
    else:
        text = _decoded(data, name)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data[:MEGABYTE], cp_isolation=_ENCODINGS).best()
    if best is None:
        raise UnableToRead(f"{name}: its letters cannot be read. Save it as UTF-8.")
    text = data.decode(best.encoding, errors="replace")
    # Icelandic letters are Turkish ones misread: the two encodings differ in six.
    if best.encoding == "cp1252" and set("ðþýÐÞÝ") & set(text):
        return data.decode("cp1254", errors="replace")
    return text


def _plain(data: bytes, name: str) -> list[Element]:
    return plain_text.elements(_text_of(data, name))


def _html(data: bytes, name: str) -> list[Element]:
    return tags.elements(_text_of(data, name))


def _markdown(data: bytes, name: str) -> list[Element]:
    # The library leaves out, without a word, what lies deeper than `maxNesting`.
    options = {"html": True, "maxNesting": sys.maxsize}
    renderer = MarkdownIt("commonmark", options).enable("table")
    try:
        html = renderer.render(_text_of(data, name))
    except RecursionError as error:
        raise UnableToRead(
            f"{name} has lists, quotes or brackets too deep inside each other to be read."
        ) from error
    return tags.elements(html)


def _docx(data: bytes, name: str) -> list[Element]:
    damaged = UnableToRead(
        f"{name} is no Word document that can be opened. Save it again as .docx."
    )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise damaged from error
    if unpacked > LARGEST_UNPACKED:
        raise UnableToRead(
            f"{name} unpacks to {unpacked / MEGABYTE:.0f} MB; up to 50 MB can be read."
        )
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: {"src": "embedded"}),
            style_map=_STYLES,
        ).value
    except Exception as error:  # the library raises whatever the damage leads to
        raise damaged from error
    return tags.elements(html)


_READERS: dict[str, Callable[[bytes, str], list[Element]]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
}
