"""A table as lines of text: each value under its own heads, in as many lines as rows."""

_WIDEST = 40
MOST_ROWS = 65_534
"""How far HTML lets a cell reach down; so far goes one whose `rowspan` is 0."""
_MOST_REPEATED = 50_000
"""Characters that spans may repeat in one table: a few bytes ask for gigabytes."""


class Grid:
    """Takes the cells of a table as they come, and repeats those that span others."""

    def __init__(self):
        self.rows: list[list[str]] = []
        self.from_above: dict[int, tuple[int, str]] = {}
        self.to_repeat = _MOST_REPEATED

    def group(self) -> None:
        """Begin the head, a body or the foot: no cell reaches down into it."""
        self.from_above.clear()

    def row(self) -> None:
        """Begin a row; cells that reach down from above stand in it already."""
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
        """Take over what reaches down into the place that is next."""
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
        """Return a line for each row that says anything."""
        return [" | ".join(row) for row in self.rows if any(row)]
