"""The layout of a bar chart. Pure; a template draws it as SVG.

Each bar has its label above it, so that charts can be read on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
ROW = 36
BAR = 12


@dataclass(frozen=True)
class Bar:
    """A bar from the left edge: its texts and their positions."""

    label: str
    figure: str
    text_y: int
    bar_y: int
    width: int


@dataclass(frozen=True)
class BarChart:
    """Bars below each other, in units of the drawing."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    bar_height: int = BAR


def bar_chart(rows: Sequence[tuple[str, str, float]]) -> BarChart:
    """Return the chart for (label, figure as text, share from 0 to 1)."""
    return BarChart(
        bars=tuple(
            Bar(
                label=label,
                figure=figure,
                text_y=number * ROW + 14,
                bar_y=number * ROW + 20,
                width=round(WIDTH * min(1, max(0, share))),
            )
            for number, (label, figure, share) in enumerate(rows)
        ),
        height=len(rows) * ROW,
    )
