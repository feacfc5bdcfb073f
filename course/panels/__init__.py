"""Panels of the editor: children that keep their keys, children that fold, and more."""

from course.panels.folding import FoldingInlinePanel
from course.panels.keyed import HandledInlinePanel, KeyedInlinePanel, slug_of
from course.panels.languages import OtherLanguagesPanel
from course.panels.tabs import Tab

__all__ = [
    "FoldingInlinePanel",
    "HandledInlinePanel",
    "KeyedInlinePanel",
    "OtherLanguagesPanel",
    "Tab",
    "slug_of",
]
