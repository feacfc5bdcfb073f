"""Courses and lessons can be copied but cannot be aliases.

Wagtail gives an alias's questions, entries and sources new keys each time the original
is published, so answers to its questions would be lost.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm

NO_ALIASES = _(
    "A course or lesson cannot be an alias, because answers to its questions would be "
    "lost each time the original is published. Make a copy without “Alias” instead."
)


class UnableToMirror(ValidationError):
    """An alias of a course or lesson was requested. Nothing was created."""

    def __init__(self):
        super().__init__(NO_ALIASES)


class CopyWithoutAlias(CopyForm):
    """Wagtail's form to copy a page, without the option to make an alias."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self):
        cleaned = super().clean()
        if "alias" in self.data:
            self.add_error("new_parent_page", NO_ALIASES)
        return cleaned
