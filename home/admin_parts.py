"""Wagtail's choosers without inline scripts.

The templates in `templates/wagtailadmin/panels` and `widgets` do the same for panels and
dates, but this script is not in a template. `static/js/admin.js` starts the parts.
"""

import functools
import re

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets import BaseChooser

_SCRIPT = re.compile(r"<script>(?:new )?(\w+)\((.*)\);</script>\Z", re.DOTALL)
_PART = '<app-admin-part data-start="{}" data-options="[{}]"></app-admin-part>'


def replace_chooser_scripts() -> None:
    """Let every chooser name what starts it, instead of bringing a script.

    Wagtail has no setting for this: https://github.com/wagtail/wagtail/issues/1288
    """
    render = BaseChooser.render

    @functools.wraps(render)
    def render_without_script(*args, **kwargs) -> SafeString:
        html = render(*args, **kwargs)
        part = _SCRIPT.search(html)
        # Cutting a text that is safe makes one that is not.
        kept = mark_safe(html[: part.start()])  # noqa: S308
        return kept + format_html(_PART, *part.groups())

    BaseChooser.render = render_without_script
