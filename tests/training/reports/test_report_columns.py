"""The guide to reports tells of every column, and of none that is not there."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from training.reports.views.matrix import MatrixReport
from training.reports.viewsets import REPORTS

GUIDE = Path("docs/training/reports.md")


def reports():
    """Return every report, as the viewsets serve them."""
    return list(REPORTS.values())


def told():
    """Return report → columns, as the guide has them."""
    part = GUIDE.read_text().split("## The columns")[1].split("\n## ")[0]
    found = {}
    for section in part.split("\n### ")[1:]:
        title, _end, text = section.partition("\n")
        heads = re.findall(r"^- (.+?): ", text, re.MULTILINE)
        found[title] = [
            name for head in heads for name in re.findall(r"\*\*(.+?)\*\*", head)
        ]
    return found


def labels(report):
    if report is MatrixReport:
        # The others are lessons.
        return ["Person", "Each lesson of the course"]
    return [str(column.label) for column in report.columns]


def test_the_guide_tells_of_every_report():
    assert set(told()) == {str(report.page_title) for report in reports()}
    assert len(told()) == 10
    assert all(reverse(f"report_{name}:index") for name in REPORTS)


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.__name__)
def test_the_guide_tells_of_every_column_in_order(report):
    assert told()[str(report.page_title)] == labels(report)
