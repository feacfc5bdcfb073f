"""Changes to parsed values: mappings, lists and texts."""

import random
from typing import Any

TEXTS = (
    "",
    " ",
    "0",
    "-1",
    "1e309",
    "NaN",
    "٣",
    "9" * 400,
    "yes",
    "no",
    "null",
    "2026-02-30",
    "0000-01-01",
    "45000.99999999",
    "{",
    "{0}",
    "{name}",
    "%s",
    "[S1]",
    "[S1, S2, rung 3]",
    "[S9, rung 9]",
    "[[S1](x)",
    "#what-it-is",
    "faq:is-it-safe",
    "https://example.org/?a=1&b=2",
    "https://[",
    "javascript:x",
    "images/../course.md",
    "ann@x.org",
    "ann@x.org, bob@x.org",
    "=A1",
    "#REF!",
    "<b>&amp;",
    "```",
    "---",
    "| a | b |\n|---|\n",
    "\u202e\u200b\u0301",
    "\U0001f642",
    "İſß",
    "\x00",
    "\ud7ff",
    "a\r\nb\tc\x0bd\u2028e",
    "*" * 60,
    "x" * 1_200,
)
Container = dict | list


def mutate_value(value: Any, names: tuple[str, ...], chance: random.Random) -> Any:
    """Return the value with one change somewhere in it. `names` are keys to try."""
    places = list(_places(value))
    if not places:
        return chance.choice((chance.choice(TEXTS), {}, []))
    inside, key = chance.choice(places)
    chance.choice(_CHANGES)(inside, key, names, chance)
    return value


def mutate_text(text: str, chance: random.Random) -> str:
    """Return the text with one change: awkward text put in, or a part gone or twice."""
    start, end = sorted(chance.randint(0, len(text)) for _end in range(2))
    end = min(end, start + 40)
    put = (chance.choice(TEXTS), text[start:end] * 2, "")
    return text[:start] + chance.choice(put) + text[end:]


def _places(value):
    if isinstance(value, dict | list):
        keys = list(value) if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield value, key
            yield from _places(value[key])


def _replace(inside, key, names, chance):
    inside[key] = chance.choice(TEXTS)


def _edit(inside, key, names, chance):
    inside[key] = mutate_text(str(inside[key]), chance)


def _remove(inside, key, names, chance):
    del inside[key]


def _wrap(inside, key, names, chance):
    inside[key] = chance.choice(({chance.choice(names): inside[key]}, [inside[key]]))


def _copy(inside, key, names, chance):
    """Put the value in again: once more in a list, under another name in a mapping."""
    if isinstance(inside, list):
        inside.extend([inside[key]] * chance.choice((1, 2, 30)))
    else:
        inside[chance.choice(names)] = inside[key]


def _shuffle(inside, key, names, chance):
    if isinstance(inside, list):
        chance.shuffle(inside)
    else:
        other = chance.choice(list(inside))
        inside[key], inside[other] = inside[other], inside[key]


# What leaves the shape as it is comes more often.
_CHANGES = (_replace, _replace, _edit, _edit, _edit, _remove, _wrap, _copy, _shuffle)
