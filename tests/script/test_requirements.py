"""The pinned requirements hold what they are made from: `script/lock` was not forgotten."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]


def pins(name: str) -> dict[str, str]:
    """Each package of a requirements file with its version, which may be empty."""
    lines = (REPOSITORY / name).read_text().splitlines()
    found = (
        re.match(r"([\w.-]+)(?:\[[\w,-]+\])?(?:==([\w.]+))?", line) for line in lines
    )
    return {
        re.sub(r"[-_.]+", "-", pin[1]).lower(): pin[2] or ""
        for pin in found
        if pin and not pin[1].startswith("-")
    }


def missing(wanted: dict[str, str], locked: dict[str, str]) -> dict[str, str]:
    return {
        package: version
        for package, version in wanted.items()
        if package not in locked or version not in {"", locked[package]}
    }


@pytest.mark.parametrize(
    "name", ["requirements", "requirements-s3", "requirements-dev"]
)
def test_everything_asked_for_is_pinned(name):
    asked = pins(f"{name}.in")

    assert asked
    assert not missing(asked, pins(f"{name}.txt")), "run script/lock"


@pytest.mark.parametrize("name", ["requirements", "requirements-s3"])
def test_the_tests_have_all_that_the_site_has(name):
    assert not missing(pins(f"{name}.txt"), pins("requirements-dev.txt")), (
        "run script/lock"
    )
