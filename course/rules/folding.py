"""Which blocks of a lesson's body are folded. Pure.

A body is a flat list. A block of the kind `fold` starts a fold, which holds the blocks
that follow. It ends before the next block that readers must not miss, or that starts
something new.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

FOLD = "fold"
NEVER_FOLDED = frozenset(
    {"heading", "care_card", "danger_signs", "unknowns", "next_steps", "check_yourself"}
)

Block = TypeVar("Block")


@dataclass(frozen=True)
class Passage(Generic[Block]):
    """Blocks that are folded together below `fold`, or not folded if it is None."""

    fold: Block | None
    blocks: tuple[Block, ...]


def split_at_folds(
    body: Iterable[Block], kind_of: Callable[[Block], str]
) -> list[Passage[Block]]:
    """Return the body in passages, in order. `kind_of` returns a block's type."""
    fold: Block | None = None
    passages: list[tuple[Block | None, list[Block]]] = [(None, [])]
    for block in body:
        kind = kind_of(block)
        if kind == FOLD or (kind in NEVER_FOLDED and fold is not None):
            fold = block if kind == FOLD else None
            passages.append((fold, []))
        if kind != FOLD:
            passages[-1][1].append(block)
    return [
        Passage(start, tuple(blocks)) for start, blocks in passages if start or blocks
    ]


def list_unfolded(
    body: Iterable[Block], kind_of: Callable[[Block], str]
) -> list[Block]:
    """Return the blocks that readers see before they open anything."""
    passages = split_at_folds(body, kind_of)
    return [block for p in passages if p.fold is None for block in p.blocks]
