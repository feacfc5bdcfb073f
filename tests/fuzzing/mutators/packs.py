"""Changes inside the files of a pack: its front matter, fences and text."""

import random
import re
from pathlib import Path

import yaml

from authoring.packs.rules.schema import FENCES, CourseMeta, LessonMeta
from tests.fuzzing.mutators.values import mutate_text, mutate_value

WHOLE = Path(__file__).parents[1] / "seeds" / "pack" / "options.pack"
NEXT_FILE = "\n=====\n"
# Front matter or a fence: what opens it, its YAML, and what closes it.
_YAML = re.compile(
    r"(\A---\n|^```[a-z-]+\n)(.*?)(^---$|^```$)", re.DOTALL | re.MULTILINE
)
# Also of blocks that only a mutation brings in.
NAMES = tuple(
    sorted(
        {n for m in (CourseMeta, LessonMeta, *FENCES.values()) for n in m.model_fields}
    )
)


class _WithoutAliases(yaml.SafeDumper):
    """Writes what is there twice twice: the reader takes no aliases."""

    def ignore_aliases(self, data):
        return True


def mutate_pack(content: bytes, chance: random.Random) -> bytes:
    """Return the pack with one change in one of its files.

    A file whose YAML cannot be read is first replaced by that of a whole pack.
    """
    files = content.decode(errors="replace").split(NEXT_FILE)
    place = chance.randrange(len(files))
    if not _is_readable(files[place]):
        files[place] = _whole_file(place)
    files[place] = chance.choice(_CHANGES)(files[place], chance)
    return NEXT_FILE.join(files).encode(errors="replace")


def _is_readable(text):
    pieces = list(_YAML.finditer(text))
    try:
        return all(isinstance(_values_in(piece), dict) for piece in pieces) and pieces
    except yaml.YAMLError:
        return False


def _whole_file(place):
    files = WHOLE.read_text().split(NEXT_FILE)
    return files[min(place, len(files) - 1)]


def _values_in(piece):
    """Return the values in it: every scalar as text, as the reader takes it."""
    return yaml.load(piece[2], yaml.BaseLoader)  # noqa: S506 -- makes texts only


def _change_yaml(text, chance):
    piece = chance.choice(list(_YAML.finditer(text)))
    changed = mutate_value(_values_in(piece), NAMES, chance)
    dumped = yaml.dump(
        changed, Dumper=_WithoutAliases, sort_keys=False, allow_unicode=True
    )
    return text[: piece.start(2)] + dumped + text[piece.end(2) :]


def _change_text(text, chance):
    """Change the text between the front matter and the fences."""
    ends = [0, *(end for piece in _YAML.finditer(text) for end in piece.span())]
    gaps = list(zip(ends[::2], [*ends[1::2], len(text)], strict=True))
    start, end = chance.choice(gaps)
    return text[:start] + mutate_text(text[start:end], chance) + text[end:]


def _repeat_fence(text, chance):
    """Put a fence in again, at the end or under another name."""
    fences = [piece for piece in _YAML.finditer(text) if piece[1].startswith("`")]
    if not fences:
        return text
    fence = chance.choice(fences)
    opening = chance.choice((fence[1], f"```{chance.choice(list(FENCES))}\n"))
    return f"{text}\n{opening}{fence[2]}{fence[3]}\n"


_CHANGES = (_change_yaml, _change_yaml, _change_yaml, _change_text, _repeat_fence)
