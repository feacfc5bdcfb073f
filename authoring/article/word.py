"""Word documents to the HTML that `tags` reads."""

import html
import io
import re
import zipfile

import mammoth

MAIN = "word/document.xml"
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
_DOUBLE = re.compile(rb"<w:dstrike\b")
_DELETED = re.compile(rb"<w:delText[^>]*>([^<]*)</w:delText>")
_MOST_NAMED = 200


def unpacked_size(data: bytes) -> int:
    """Return how many bytes the document says it unpacks to. Raises BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(entry.file_size for entry in archive.infolist())


def to_html(data: bytes) -> tuple[str, list[str]]:
    """Return the document as HTML, and what was left out of it.

    Raises whatever a damaged document leads the library to.
    """
    changed, notes = _struck_once(data)
    converted = mammoth.convert_to_html(
        io.BytesIO(changed),
        convert_image=mammoth.images.img_element(lambda image: {"src": "embedded"}),
        style_map=_STYLES,
    )
    return converted.value, notes


def _struck_once(data: bytes) -> tuple[bytes, list[str]]:
    """Return the document with one line through what has two, and its deletions.

    mammoth 1.13 passes over `w:dstrike`, and over tracked deletions without a word.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read(MAIN) if MAIN in archive.namelist() else b""
        notes = [_note(main)] if _DELETED.search(main) else []
        if not _DOUBLE.search(main):
            return data, notes
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as copy:
            for entry in archive.infolist():
                is_main = entry.filename == MAIN
                content = _DOUBLE.sub(b"<w:strike", main) if is_main else None
                copy.writestr(entry.filename, content or archive.read(entry))
    return held.getvalue(), notes


def _note(main: bytes) -> str:
    words = b"".join(match[1] for match in _DELETED.finditer(main)).decode(
        errors="replace"
    )
    return f"Deleted text was left out: “{html.unescape(words)[:_MOST_NAMED]}”"
