"""The guide to reports tells of every column, and of none that is not there."""

import re
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import reverse

from training.reports.views.base import TrainingReport
from training.reports.views.matrix import MatrixReport

GUIDE = Path("docs/training/reports.md")


import_module("training.reports.urls.admin")  # Names every report.


def reports(kind=TrainingReport):
    """Return every report with a page of its own."""
    found = [each for sub in kind.__subclasses__() for each in reports(sub)]
    return found + ([kind] if getattr(kind, "index_url_name", None) else [])


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
    assert len(told()) == 6
    assert all(reverse(each.index_url_name) for each in reports())


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.__name__)
def test_the_guide_tells_of_every_column_in_order(report):
    assert told()[str(report.page_title)] == labels(report)
