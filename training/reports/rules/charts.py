"""Where the bars of a chart go. Pure; a template draws them as SVG.

Each bar has its words above it, so that a chart can be read at the width of a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 360
ROW = 36
BAR = 12


@dataclass(frozen=True)
class Bar:
    """A bar from the left edge: its words, and where they and it stand."""

    label: str
    figure: str
    text_y: int
    bar_y: int
    width: int


@dataclass(frozen=True)
class BarChart:
    """Bars one below the other, in units of the drawing."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    bar_height: int = BAR


def bar_chart(rows: Sequence[tuple[str, str, float]]) -> BarChart:
    """Return the chart of (label, figure in words, share from 0 to 1)."""
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
