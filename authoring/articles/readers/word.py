"""Convert Word documents to the HTML that `tags` reads."""

import io
import struct
import zipfile
import zlib

import mammoth

from authoring.articles.readers import word_markup

MAIN = "word/document.xml"
# The title becomes h1, so each heading goes one level down.
_STYLES = "\n".join(
    f"{style} => h{level}:fresh"
    for style, level in [
        ("p.Title", 1),
        ("p[style-name='Title']", 1),
        *((f"p.Heading{level}", level + 1) for level in range(1, 6)),
        *((f"p[style-name='Heading {level}']", level + 1) for level in range(1, 6)),
    ]
)


# Besides its own, zipfile raises these for what is damaged, encrypted or unknown to it.
_DAMAGED = (EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error)


def unpacked_size(data: bytes) -> int:
    """Return the unpacked size in bytes that the document declares. Raises BadZipFile."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except _DAMAGED as error:
        raise zipfile.BadZipFile from error


def word_to_html(data: bytes) -> tuple[str, list[str]]:
    """Return the document as HTML, and notes on what was left out.

    Raises any exception that mammoth raises for a damaged document.
    """
    changed, prepared = _prepared(data)
    converted = mammoth.convert_to_html(
        io.BytesIO(changed),
        convert_image=mammoth.images.img_element(lambda image: {"src": "embedded"}),
        style_map=_STYLES,
    )
    return prepared.with_formulas(converted.value), list(prepared.notes)


def _prepared(data: bytes) -> tuple[bytes, word_markup.PreparedWord]:
    """Return the document, changed so that mammoth reads everything in it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read(MAIN) if MAIN in archive.namelist() else b""
        prepared = word_markup.prepare_word(main)
        if prepared.main == main:
            return data, prepared
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as copy:
            for entry in archive.infolist():
                is_main = entry.filename == MAIN
                content = prepared.main if is_main else archive.read(entry)
                copy.writestr(entry.filename, content)
    return held.getvalue(), prepared
