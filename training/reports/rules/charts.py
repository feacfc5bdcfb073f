"""The layout of a bar chart. Pure; a template draws it as SVG.

Each bar has its label above it, so that charts can be read on a phone.
"""

from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True)
class Segment:
    """A part of a stacked bar, in per cent of its width from its start."""

    name: str
    start: float
    width: float


def stacked_bar(counts: Mapping[str, int]) -> tuple[Segment, ...]:
    """Return a segment for each count above 0, in order; together they are 100 wide."""
    total, so_far, found = sum(counts.values()), 0, []
    for name, count in counts.items():
        if count:
            start, width = 100 * so_far / total, 100 * count / total
            found.append(Segment(name, round(start, 2), round(width, 2)))
            so_far += count
    return tuple(found)


@dataclass(frozen=True)
class Column:
    """A column of a trend: up to 100 high, in units of the drawing."""

    start: int
    height: int

    @property
    def top(self) -> int:
        return 100 - self.height


def trend_columns(shares: Sequence[float | None]) -> tuple[Column, ...]:
    """Return a column for each share from 0 to 1; none where there is no share."""
    return tuple(
        Column(start=10 * number, height=max(2, round(100 * share)))
        for number, share in enumerate(shares)
        if share is not None
    )
