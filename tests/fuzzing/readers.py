"""Every reader of files from outside: what it reads, and the errors it declares."""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from authoring.articles.readers.planning import read_and_plan
from authoring.articles.readers.reading import UnableToReadArticle
from authoring.articles.rules.outline import outline_names
from authoring.packs.rules.problems import BrokenPackError
from authoring.packs.rules.reading import parse_pack
from authoring.questions.formats import FORMATS, decode_question_file
from authoring.questions.rules.items import BrokenQuestionsError, lines_of
from training.teams.readers.rosters import read_roster
from training.teams.rules.rosters.problems import UnableToRead
from training.teams.rules.rosters.rows import parse_roster

SEEDS = Path(__file__).parent / "seeds"
TODAY = dt.date(2026, 11, 25)
NEXT_FILE = b"\n=====\n"
PACK_FILES = ("course.md", "sources.md", "glossary.md", "1-first.md", "2-second.md")

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


@dataclass(frozen=True)
class FuzzedReader:
    """A reader of bytes, and the error it raises for what it does not take."""

    read: Callable[[bytes], object]
    refuses_with: type[Exception]

    def returns_or_refuses(self, content: bytes) -> bool:
        """Return whether it read the content. Any other error comes through."""
        try:
            self.read(content)
        except self.refuses_with:
            return False
        return True


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


def pack(content):
    """Read a folder with the parts of the content as its files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in zip(PACK_FILES, content.split(NEXT_FILE), strict=False):
            (Path(folder) / name).write_bytes(text)
        return parse_pack(Path(folder))


READERS = {
    "article-html": article(".html"),
    "article-markdown": article(".md"),
    "article-text": article(".txt"),
    "article-word": FuzzedReader(word, UnableToReadArticle),
    "pack": FuzzedReader(pack, BrokenPackError),
    **{f"questions-{name}": questions(name) for name in FORMATS},
    "roster-csv": FuzzedReader(roster, UnableToRead),
    "roster-xlsx": FuzzedReader(workbook, UnableToRead),
}


def seeds_of(name: str) -> list[Path]:
    """Return the seed files of a reader: examples, and what once broke it."""
    return sorted((SEEDS / name).iterdir())
