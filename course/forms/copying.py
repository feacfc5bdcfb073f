"""Courses and lessons are copied, never mirrored.

Wagtail gives an alias's questions, entries and sources new keys each time that the
page it follows is published, so what was answered there would belong to nothing.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm

NO_ALIASES = _(
    "A course or a lesson cannot be an alias: its questions would lose what was "
    "answered each time the original is published. Make a copy without “Alias”."
)


class UnableToMirror(ValidationError):
    """An alias of a course or a lesson was asked for; nothing was made."""

    def __init__(self):
        super().__init__(NO_ALIASES)


class CopyWithoutAlias(CopyForm):
    """Wagtail's form to copy a page, without the way to make an alias of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)

    def clean(self):
        cleaned = super().clean()
        if "alias" in self.data:
            self.add_error("new_parent_page", NO_ALIASES)
        return cleaned
