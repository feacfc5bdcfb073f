"""Changes inside XML, and inside the XML parts of a workbook or document."""

import io
import random
import zipfile
import zlib
from xml.etree.ElementTree import ParseError, tostring

from defusedxml import ElementTree

from tests.fuzzing.mutators.values import TEXTS, mutate_text

ATTRIBUTES = ("r", "t", "s", "ref", "val", "hidden", "count", "sqref", "type", "format")
VALUES = (
    *TEXTS,
    *("n", "b", "d", "e", "s", "str", "inlineStr", "1", "true"),
    *("A1", "XFE1", "A1048577", "ZZZZ9", "A0", "1A", "A1:XFD1048576"),
)
# Most of what the readers do, they do with these.
MAIN_PARTS = ("xl/worksheets/sheet", "word/document")
SHARE_OF_MAIN = 0.8
# Numbers of rows, shared texts and formats that nothing in so small a file has.
NUMBERS = ("-1", "0", "1048576", "1048577", "4294967296", "1e400", "0.1e-400")


def mutate_xml(content: bytes, chance: random.Random) -> bytes:
    """Return the XML with one change in its tree, or as it is if it cannot be read."""
    try:
        root = ElementTree.fromstring(content)
    except (ParseError, ValueError, LookupError):
        return content
    element = chance.choice(list(root.iter()))
    chance.choice(_CHANGES)(root, element, chance)
    return tostring(root)


def mutate_archive(content: bytes, chance: random.Random) -> bytes:
    """Return the archive with a change in one of its parts; a lone part is one."""
    if not content.startswith(b"PK"):
        return mutate_xml(content, chance)
    try:
        parts = _unpack(content)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        return content
    if not parts:
        return content
    main = [name for name in parts if name.startswith(MAIN_PARTS)]
    name = chance.choice(
        main if main and chance.random() < SHARE_OF_MAIN else list(parts)
    )
    parts[name] = mutate_xml(parts[name], chance)
    return _pack(parts)


def _unpack(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _pack(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _set_attribute(root, element, chance):
    known = [*element.attrib, *element.attrib, *ATTRIBUTES]
    element.set(chance.choice(known), _legal(chance.choice((*VALUES, *NUMBERS))))


def _remove_attribute(root, element, chance):
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def _set_text(root, element, chance):
    text = chance.choice((*VALUES, *NUMBERS, mutate_text(element.text or "", chance)))
    element.text = _legal(text)


def _remove_child(root, element, chance):
    if len(element):
        element.remove(chance.choice(list(element)))


def _repeat_child(root, element, chance):
    if len(element):
        for _time in range(chance.choice((1, 1, 2, 40))):
            element.append(chance.choice(list(element)))


def _graft(root, element, chance):
    """Put a part of the tree somewhere else, unless it would hold itself."""
    part = chance.choice(list(root.iter()))
    if all(inside is not element for inside in part.iter()):
        element.insert(chance.randint(0, len(element)), part)


def _rename(root, element, chance):
    element.tag = chance.choice(list(root.iter())).tag


def _legal(text):
    """Return the text without what XML cannot hold, so that it still can be read."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n\r")


_CHANGES = (
    *(_set_attribute, _set_attribute, _set_text, _set_text, _set_text),
    *(_remove_attribute, _remove_child, _repeat_child, _graft, _rename),
)
