"""Putting new files in the place of old ones, all or none."""

from pathlib import Path


class FileSwaps:
    """Renames that are undone, the last one first, if one of them fails.

    What was there before is kept beside it under a name with a date.
    """

    def __init__(self, suffix: str):
        self._suffix = suffix
        self._done: list[tuple[Path, Path]] = []
        self.kept: list[Path] = []

    def __enter__(self):
        return self

    def __exit__(self, kind, _error, _trace):
        if kind:
            for source, target in reversed(self._done):
                target.rename(source)

    def replace_file(self, new: Path, place: Path) -> None:
        """Move what is there out of the way, and `new` to its place."""
        self.move_away(place)
        self._rename(new, place)

    def move_away(self, place: Path) -> None:
        """Keep what is there, if anything, under another name."""
        if place.exists():
            kept = place.with_name(place.name + self._suffix)
            self._rename(place, kept)
            self.kept.append(kept)

    def _rename(self, source, target):
        source.rename(target)
        self._done.append((source, target))
