"""Every reader of files from outside: what it reads, and the errors it declares."""

import datetime as dt
import enum
import hashlib
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from authoring.articles.readers.planning import read_and_plan
from authoring.articles.readers.reading import UnableToReadArticle
from authoring.articles.rules.outline import outline_names
from authoring.packs.rules import yaml_text
from authoring.packs.rules.problems import BrokenPackError
from authoring.packs.rules.reading import parse_pack
from authoring.questions.formats import FORMATS, decode_question_file
from authoring.questions.rules.items import BrokenQuestionsError, lines_of
from training.certificates.readers.evidence_packs import read_pack
from training.certificates.rules.exported_packs import UnableToReadPack, UnreadablePack
from training.teams.readers.rosters import read_roster
from training.teams.rules.rosters.problems import FileProblem, UnableToRead
from training.teams.rules.rosters.rows import parse_roster

SEEDS = Path(__file__).parent / "seeds"
TODAY = dt.date(2026, 11, 25)
NEXT_FILE = b"\n=====\n"
PACK_FILES = (
    "course.md",
    "sources.md",
    "glossary.md",
    "1-first.md",
    "2-second.md",
    "options.md",
)

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument"
TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{MAIN}.wordprocessingml.document.main+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{MAIN}.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{MAIN}.spreadsheetml.worksheet+xml"/>
</Types>"""
LINK = """<Relationships xmlns="{}/relationships">
<Relationship Id="rId1" Type="{}/{}" Target="{}"/></Relationships>"""
BOOK = f"""<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{OFFICE}">
<sheets><sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>"""

# Whose record the seeds of evidence are, and what a manifest says of an export.
PERSON = "6f1c2f6e-8d3b-4a55-9a43-0d6f2f3c9b11"
FACTS = {
    "about": "Ward 3",
    "taken_out_at": "2026-11-25T09:30:00+00:00",
    "taken_out_by": "Tea Trainer",
    "time_zone": "Europe/Berlin",
}


class FuzzOutcome(enum.Enum):
    """How far an input got. OUTSIDE: its ZIP, XML or YAML could not be read."""

    READ = "read"
    REFUSED = "refused"
    OUTSIDE = "refused outside"


@dataclass(frozen=True)
class FuzzedReader:
    """A reader of bytes, and the error it raises for what it does not take.

    `is_outside` says of such an error whether the content was not looked at, because
    what it is packed in was broken.
    """

    read: Callable[[bytes], object]
    refuses_with: type[Exception]
    is_outside: Callable[[Any], bool] = lambda error: False

    def try_content(self, content: bytes) -> FuzzOutcome:
        """Return what became of the content. Any undeclared error comes through."""
        try:
            self.read(content)
        except self.refuses_with as error:
            is_outside = self.is_outside(error)
            return FuzzOutcome.OUTSIDE if is_outside else FuzzOutcome.REFUSED
        return FuzzOutcome.READ

    def returns_or_refuses(self, content: bytes) -> bool:
        """Return whether it read the content. Any other error comes through."""
        return self.try_content(content) is FuzzOutcome.READ


def article(ending):
    outline = outline_names()[0]
    return FuzzedReader(
        lambda content: read_and_plan(content, f"article{ending}", outline),
        UnableToReadArticle,
    )


def word(content):
    """Read a document, or a document whose main part the content is."""
    if not content.startswith(b"PK"):
        content = packed("word/document.xml", "word/document.xml", content)
    return read_and_plan(content, "article.docx", outline_names()[0])


def questions(name):
    def read(content):
        text = decode_question_file(content)
        return FORMATS[name].read("\n".join(lines_of(text)))

    return FuzzedReader(read, BrokenQuestionsError)


def roster(content):
    return parse_roster(read_roster(content), TODAY, lambda text: "@" in text)


def workbook(content):
    """Read a workbook, or a workbook whose only sheet the content is."""
    if not content.startswith(b"PK"):
        content = packed(
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            content,
            {
                "xl/workbook.xml": BOOK,
                "xl/_rels/workbook.xml.rels": LINK.format(
                    PACKAGE, OFFICE, "worksheet", "worksheets/sheet1.xml"
                ),
            },
        )
    return roster(content)


def packed(main, part, content, others=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        link = LINK.format(PACKAGE, OFFICE, "officeDocument", main)
        archive.writestr("_rels/.rels", link)
        for name, text in dict(others).items():
            archive.writestr(name, text)
        archive.writestr(part, content)
    return out.getvalue()


def evidence(content):
    """Read a pack of evidence, or one whose only record the content is."""
    return read_pack(content if content.startswith(b"PK") else evidence_of(content))


def evidence_of(record):
    """Return a pack with this record, and a manifest that fits it."""
    name, out = f"people/{PERSON}.json", io.BytesIO()
    said = FACTS | {"files": {name: hashlib.sha256(record).hexdigest()}}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, record)
        archive.writestr("manifest.json", json.dumps(said))
    return out.getvalue()


def pack(content):
    """Read a folder with the parts of the content as its files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in zip(PACK_FILES, content.split(NEXT_FILE), strict=False):
            (Path(folder) / name).write_bytes(text)
        return parse_pack(Path(folder))


NO_XML = (BadZipFile, EOFError, KeyError, ParseError, RuntimeError, zlib.error)
# What the reader of packs says of a file whose front matter or blocks are no YAML.
NO_YAML = (
    "Start the file with",
    "The front matter does not end",
    "This block does not end",
    "Remove the invisible character",
    "Save the file as UTF-8",
    "This file is missing",
    "This is not valid YAML",
    *(advice.partition("\\")[0] for _pattern, advice in yaml_text._ADVICE),
)


def has_no_yaml(error):
    return any(problem.message.startswith(NO_YAML) for problem in error.problems)


def has_no_parts(error):
    """Return whether the archive or its XML is broken, not what a cell holds."""
    return error.kind == FileProblem.EMPTY or isinstance(error.__cause__, NO_XML)


def has_no_document(error):
    return "cannot be opened" in str(error)


def has_no_manifest(error):
    """Return whether the archive is broken, not what it holds."""
    return error.kind in {UnreadablePack.NOT_A_ZIP, UnreadablePack.BROKEN}


READERS = {
    "article-html": article(".html"),
    "article-markdown": article(".md"),
    "article-text": article(".txt"),
    "article-word": FuzzedReader(word, UnableToReadArticle, has_no_document),
    "evidence": FuzzedReader(evidence, UnableToReadPack, has_no_manifest),
    "pack": FuzzedReader(pack, BrokenPackError, has_no_yaml),
    **{f"questions-{name}": questions(name) for name in FORMATS},
    "roster-csv": FuzzedReader(roster, UnableToRead),
    "roster-xlsx": FuzzedReader(workbook, UnableToRead, has_no_parts),
}


def seeds_of(name: str) -> list[Path]:
    """Return the seed files of a reader: examples, and what once broke it."""
    return sorted((SEEDS / name).iterdir())
