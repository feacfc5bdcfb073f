"""Which paragraphs of an original its translation has seen.

`python -m tests.content.translated FOLDER` keeps the digests of the paragraphs as they
are now, when the translation in course/content/FOLDER says the same.
"""

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.content.passages import passages_of

KEPT = Path(__file__).parent / "digests"


@dataclass(frozen=True)
class Translation:
    """A pack in another language, and the pack that it translates."""

    folder: Path
    original: Path

    @property
    def digests(self):
        """The file with the digests of what was translated."""
        return KEPT / f"{self.folder.name}.txt"


def passages_behind(translation):
    """Return the paragraphs of the original that changed since they were translated."""
    kept = set(translation.digests.read_text().split())
    return [found for found in _worded(translation) if _digest(found) not in kept]


def keep_digests(translation):
    """Remember the paragraphs of the original as they are now."""
    digests = sorted({_digest(found) for found in _worded(translation)})
    translation.digests.write_text("\n".join(digests) + "\n")


def _worded(translation):
    from tests.content.conftest import reading_of  # noqa: PLC0415 -- which imports this

    passages = passages_of(reading_of(translation.original)).values()
    return [found for found in passages if found.is_worded and found.text]


def _digest(passage):
    text = f"{passage.file} {passage.field} {passage.text}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from tests.content.conftest import TRANSLATIONS

    for each in TRANSLATIONS:
        if each.folder.name == sys.argv[1]:
            keep_digests(each)
