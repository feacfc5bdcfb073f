"""How tests read reports: the page, the CSV and the XLSX."""

import csv
import io

from bs4 import BeautifulSoup
from openpyxl import load_workbook

from training.reports.views.columns import CONTACT

REPORTS = "/admin/training/reports"


def page_rows(client, path, **params):
    """Return the table on the page as lists of text, headings first."""
    return table_rows(client, f"{REPORTS}/{path}/", **params)


def table_rows(client, url, **params):
    """Return the rows of the list at this address, headings first."""
    response = client.get(url, params)
    assert response.status_code == 200, response.status_code
    table = BeautifulSoup(response.content, "html.parser").find(
        "table", class_="listing"
    )
    if table is None:
        return []
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]


def csv_rows(client, path, **params):
    """Return the rows of the CSV, headings first, with the columns of the page."""
    return _as_shown(csv_file_rows(client, path, **params))


def xlsx_rows(client, path, **params):
    """Return the rows of the XLSX, headings first, with the columns of the page."""
    return _as_shown(xlsx_file_rows(client, path, **params))


def _as_shown(rows):
    """Return the rows without what files have after a person's name."""
    contact = set(map(str, CONTACT.values()))
    places = [place for place, name in enumerate(rows[0]) if name not in contact]
    return [[row[place] for place in places] for row in rows]


def csv_file_rows(client, path, **params):
    """Return all that is in the CSV, headings first."""
    response = client.get(f"{REPORTS}/{path}/", params | {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def xlsx_file_rows(client, path, **params):
    """Return all that is in the XLSX as text, headings first."""
    response = client.get(f"{REPORTS}/{path}/", params | {"export": "xlsx"})
    book = load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [
        ["" if cell is None else str(cell) for cell in row]
        for row in book.active.iter_rows(values_only=True)
    ]


def column(rows, heading):
    """Return the cells below the heading."""
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]
