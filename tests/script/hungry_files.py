"""Files that ask for more work than their size tells, each for the door it goes in by."""

import io
import zipfile

ARTICLE, QUESTIONS, ROSTER = "article", "questions", "roster"
XML = '<?xml version="1.0" encoding="UTF-8"?>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def docx(size):
    line = "<w:p><w:r><w:t>A sentence about cells and about hair.</w:t></w:r></w:p>"
    body = line * (size // len(line))
    return zipped(
        {
            "[Content_Types].xml": types(
                "/word/document.xml",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            ),
            "_rels/.rels": related("word/document.xml"),
            "word/document.xml": f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def xlsx(rows):
    return zipped(
        {
            "[Content_Types].xml": types(
                "/xl/workbook.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                "/xl/worksheets/sheet1.xml",
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
            ),
            "_rels/.rels": related("xl/workbook.xml"),
            "xl/workbook.xml": f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": related(
                "worksheets/sheet1.xml", kind="worksheet"
            ),
            "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def empty_rows(size):
    rows, length = [], 0
    while length < size:
        rows.append(
            f'<row r="{len(rows) + 1}"></row>' if len(rows) < 1_048_575 else "\n" * 1000
        )
        length += len(rows[-1])
    return "".join(rows)


def far_row():
    cell = '<c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c>'
    first, last = cell.format(1, "Email"), cell.format(1_048_576, "a@example.org")
    return f'<row r="1">{first}</row><row r="1048576">{last}</row>'


def types(*pairs):
    parts = zip(pairs[::2], pairs[1::2], strict=True)
    said = "".join(f'<Override PartName="{n}" ContentType="{k}"/>' for n, k in parts)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>'
    )


def related(target, kind="officeDocument"):
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


# The door, and what makes the content: making all takes longer than collecting a room.
HUNGRY_FILES = {
    "45-mb.docx": (ARTICLE, lambda: docx(45_000_000)),
    "list.md": (ARTICLE, lambda: b"- a\n" * 100_000),
    "line.txt": (ARTICLE, lambda: b"word " * 1_000_000),
    "divs.html": (ARTICLE, lambda: b"<div>" * 100_000 + b"a"),
    "lists.html": (ARTICLE, lambda: b"<ul><li>a" * 20_000),
    "newlines.gift": (QUESTIONS, lambda: b"\n" * 900_000 + b"::a:: b {=c ~d}"),
    "blanks.xml": (QUESTIONS, lambda: b"<?xml" + b" " * 900_000 + b"?><quiz/>"),
    "empty-rows.xlsx": (ROSTER, lambda: xlsx(empty_rows(55_000_000))),
    "far-row.xlsx": (ROSTER, lambda: xlsx(far_row())),
}
