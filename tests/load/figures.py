"""Figures: one JSON object a line, with what was measured and what it must be."""

import json
from typing import Any


def write_figure(figure: str, value: Any, unit: str, target: str, *, ok: bool) -> None:
    """Write one figure to standard output."""
    line = {"figure": figure, "value": value, "unit": unit, "target": target, "ok": ok}
    print(json.dumps(line), flush=True)  # noqa: T201


def write_at_most(figure: str, value: float, unit: str, target: float) -> None:
    """Write a figure that must not be larger than its target."""
    write_figure(figure, round(value, 3), unit, f"<= {target}", ok=value <= target)


def write_at_least(figure: str, value: float, unit: str, target: float) -> None:
    """Write a figure that must not be smaller than its target."""
    write_figure(figure, round(value, 3), unit, f">= {target}", ok=value >= target)
