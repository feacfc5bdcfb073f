"""Panels of the editor: children that keep their keys, and children that fold."""

from course.panels.folding import FoldingInlinePanel
from course.panels.keyed import HandledInlinePanel, KeyedInlinePanel, slug_of
from course.panels.tabs import Tab

__all__ = [
    "FoldingInlinePanel",
    "HandledInlinePanel",
    "KeyedInlinePanel",
    "Tab",
    "slug_of",
]
