"""What the page of the outline posts: an arrangement, and the button pressed."""

from functools import cached_property

from authoring.arranging.queries import DraftOutline
from authoring.arranging.rules.arrangement import (
    Arrangement,
    Rearrangement,
    move_by_one,
    move_to_lesson,
    read_arrangement,
)

_STEPS = {"up": -1, "down": 1}


class ArrangementForm:
    """An arrangement of what is in the outline now. Whatever was posted, it can be read."""

    def __init__(self, outline: DraftOutline, data):
        self.outline, self.data = outline, data
        self.marks = data.getlist("place")
        self.seen = data.getlist("seen")

    @cached_property
    def target(self) -> Arrangement:
        """The arrangement posted, after what the button pressed moves."""
        posted = read_arrangement(self.outline.lessons, self.marks)
        for name, step in _STEPS.items():
            if self._is_shown(self.data.get(name)):
                return move_by_one(posted, self.data[name], step)
        if "move" in self.data and self.data.get("to", "").isdecimal():
            return move_to_lesson(posted, self.ticked, int(self.data["to"]))
        return posted

    def _is_shown(self, mark) -> bool:
        marks = [] if not self.outline.may_reorder else [x.mark for x in self.lessons]
        return mark in marks or mark in [
            e.mark for x in self.lessons for e in x.entries
        ]

    @property
    def lessons(self) -> Arrangement:
        """The lessons as they are now."""
        return self.outline.lessons

    @property
    def ticked(self) -> list[str]:
        """The marks of the entries to move to the lesson chosen."""
        return self.data.getlist("ticked")

    @property
    def change(self) -> Rearrangement:
        """What saving would change."""
        return Rearrangement(self.lessons, self.target)

    @property
    def button(self) -> str:
        """The button to go back to, as its name and value, or ""."""
        pressed = [name for name in _STEPS if name in self.data]
        return f"{pressed[0]}-{self.data[pressed[0]]}" if pressed else ""
