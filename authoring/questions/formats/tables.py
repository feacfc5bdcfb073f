"""Convert a table to lines of text, one for each row, with spanning cells repeated."""

_WIDEST = 40
MOST_ROWS = 65_534
"""The largest `rowspan` that HTML allows, which is also used for a `rowspan` of 0."""
_MOST_REPEATED = 50_000
"""How many characters spans may repeat, or a few bytes could demand gigabytes."""


class Grid:
    """Takes the cells of a table in order, and repeats those that span others."""

    def __init__(self):
        self.rows: list[list[str]] = []
        self.from_above: dict[int, tuple[int, str]] = {}
        self.to_repeat = _MOST_REPEATED

    def group(self) -> None:
        """Start the head, a body or the foot. No cell from above spans into it."""
        self.from_above.clear()

    def row(self) -> None:
        """Start a row, filled with the cells that span into it from above."""
        self._fill()
        self.rows.append([])
        self._fill()

    def cell(self, text: str, across: int, down: int) -> None:
        """Add a cell to the row, `across` columns wide and `down` rows high."""
        if not self.rows:
            self.rows.append([])
        row = self.rows[-1]
        for place in range(min(across, _WIDEST)):
            if place and not self._may_repeat(text):
                break
            if down > 1:
                self.from_above[len(row)] = (down - 1, text)
            row.append(text)
        self._fill()

    def _fill(self):
        """Fill the next places with cells that span into them from above."""
        row = self.rows[-1] if self.rows else []
        while self.rows and (above := self.from_above.pop(len(row), None)):
            left, text = above
            if not self._may_repeat(text):
                return
            if left > 1:
                self.from_above[len(row)] = (left - 1, text)
            row.append(text)

    def _may_repeat(self, text):
        self.to_repeat -= len(text) + 1
        return self.to_repeat > 0

    def lines(self) -> list[str]:
        """Return a line for each row that is not empty."""
        return [" | ".join(row) for row in self.rows if any(row)]
