"""Wagtail's coloured notes keep a place for an icon, so each has one."""

import re
from pathlib import Path


def test_every_note_in_the_admin_has_its_icon():
    notes = [
        (str(path), words)
        for path in Path("templates").rglob("*.html")
        for words in re.findall(r'class="help-block[^>]*>\s*(.{0,8})', path.read_text())
    ]
    assert len(notes) >= 5
    assert [each for each in notes if not each[1].startswith("{% icon")] == []
