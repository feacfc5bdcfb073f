"""How tests read files as rosters, and make such as no spreadsheet would save."""

import io
import zipfile

import openpyxl
import pytest

from tests.training.rosters import TODAY
from training.teams import wording
from training.teams.actions.roster_reviews import is_address
from training.teams.readers import rosters
from training.teams.rules.rosters import rows
from training.teams.rules.rosters.problems import UnableToRead


def parsed(content, encoding="utf-8"):
    data = content if isinstance(content, bytes) else content.encode(encoding)
    return rows.parse_roster(rosters.read_roster(data), TODAY, is_address)


def refused(content):
    with pytest.raises(UnableToRead) as caught:
        parsed(content)
    assert wording.of_file(caught.value)
    return caught.value.kind


def workbook(*lines, sheets=()):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    for title in sheets:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def people(found):
    return [(row.email, row.first_name, row.last_name) for row in found.rows]


def with_sheet(xml):
    """Return a workbook whose only sheet is this XML."""
    out = io.BytesIO()
    part = "xl/worksheets/sheet1.xml"
    sound = zipfile.ZipFile(io.BytesIO(workbook(["Email"], ["a@x.org"])))
    with sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sound.namelist():
            archive.writestr(name, xml if name == part else sound.read(name))
    return out.getvalue()
