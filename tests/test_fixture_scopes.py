"""Fixtures live as long as their scope says."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_a_fixture_of_a_package_stands_in_one():
    """Elsewhere pytest keeps it for the whole session, and later tests meet its data."""
    folders = [
        conftest.parent
        for conftest in HERE.rglob("conftest.py")
        if re.search(r'scope="package"', conftest.read_text())
    ]
    assert folders
    assert not [folder for folder in folders if not (folder / "__init__.py").exists()]
