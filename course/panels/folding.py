"""An inline panel that builds a child in the page only when an author opens it.

The browser builds it from the panel's empty form: see `static/course/folding.js`.
"""

import json
from collections.abc import Iterator

from django import forms
from django.template.loader import render_to_string
from wagtail import blocks
from wagtail.blocks.base import BlockWidget

from course.panels.keyed import HandledInlinePanel
from course.rules.folded_fields import FOLDED, HEAD, fold_fields

OPEN_AT_MOST = 3
STAYS = "data-stays-when-folded"
"""An attribute of panels of a child that are also shown while it is folded."""


class FoldingInlinePanel(HandledInlinePanel):
    """A `HandledInlinePanel` that folds its children if there are more than a few.

    Children with errors stay open. The page's form must read what was posted with
    `unfold_fields`.
    """

    class BoundPanel(HandledInlinePanel.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.form is not None and len(self.children) > OPEN_AT_MOST:
                self.children = [
                    child if child.form.errors else FoldedChild(child)
                    for child in self.children
                ]


class FoldedChild:
    """A child as the template of an inline panel shows it, folded."""

    def __init__(self, panel):
        self.panel = panel
        self.form = panel.form

    def render_form_content(self):
        """Return its head, what stays visible, and one field with all others."""
        context = {
            "head": [self.form[name] for name in self.form.fields if name in HEAD],
            "panels": [p for p in self.panel.visible_children if STAYS in p.attrs],
            "prefix": self.form.prefix,
            "name": self.form.add_prefix(FOLDED),
            "fields": fold_fields(fields_as_posted(self.form)),
            "blocks": json.dumps(states_of_blocks(self.form)),
        }
        return render_to_string("course/admin/folded_child.html", context)


def fields_as_posted(form: forms.BaseForm) -> Iterator[tuple[str, str]]:
    """Yield the names without the form's prefix and the values that it would post."""
    if form.is_bound:
        start = f"{form.prefix}-"
        for name, values in form.data.lists():
            if name.startswith(start):
                yield from ((name.removeprefix(start), value) for value in values)
        return
    for name in form.fields:
        bound = form[name]
        yield from _posted_by_widget(bound.field.widget, name, bound.value())


def states_of_blocks(form: forms.BaseForm) -> dict[str, list]:
    """Return the values of the form's StreamFields as their widgets take them."""
    return {
        name: field.widget.block_def.get_form_state(form[name].value())
        for name, field in form.fields.items()
        if isinstance(field.widget, BlockWidget)
    }


def _posted_by_widget(widget, name, value):
    if isinstance(widget, BlockWidget):
        yield from _posted_by_block(widget.block_def, name, value)
    elif isinstance(widget, forms.CheckboxInput):
        if widget.check_test(value):
            yield name, "on"
    elif isinstance(widget, forms.Select):
        yield from ((name, chosen) for chosen in widget.format_value(value))
    else:
        shown = widget.format_value(value)
        yield name, "" if shown is None else str(shown)


def _posted_by_block(block, name, value):
    if isinstance(block, blocks.StreamBlock):
        yield f"{name}-count", str(len(value))
        for place, child in enumerate(value):
            yield from _posted_by_stream_child(f"{name}-{place}", place, child)
    elif isinstance(block, blocks.StructBlock):
        for part, inner in block.child_blocks.items():
            yield from _posted_by_block(inner, f"{name}-{part}", value[part])
    else:
        state = block.get_form_state(value)
        yield from _posted_by_widget(block.field.widget, name, state)


def _posted_by_stream_child(name, place, child):
    yield f"{name}-deleted", ""
    yield f"{name}-order", str(place)
    yield f"{name}-type", child.block_type
    yield f"{name}-id", child.id or ""
    yield from _posted_by_block(child.block, f"{name}-value", child.value)
