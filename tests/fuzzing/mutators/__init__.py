"""Mutators that know how a file is built: they change what is inside, and pack it again.

Bytes that are changed at random hardly ever get past a ZIP archive, YAML or XML. Each
mutator is a function of content and a source of chance; it returns new content.
"""

import random
from collections.abc import Callable

from tests.fuzzing.mutators.packs import mutate_pack
from tests.fuzzing.mutators.xml_parts import mutate_archive, mutate_xml

Mutator = Callable[[bytes, random.Random], bytes]

MUTATORS: dict[str, Mutator] = {
    "article-word": mutate_archive,
    "pack": mutate_pack,
    "questions-moodle-xml": mutate_xml,
    "roster-xlsx": mutate_archive,
}
# Some inputs are still changed byte by byte, for the container itself.
SHARE_OF_RAW = 0.1
MOST_CHANGES = 4


def mutate_inside(name: str, content: bytes, most: int, chance: random.Random) -> bytes:
    """Return the content with a few changes inside.

    A change that would make it longer than `most` bytes is left out.
    """
    for _change in range(chance.randint(1, MOST_CHANGES)):
        changed = MUTATORS[name](content, chance)
        if len(changed) <= most:
            content = changed
    return content
