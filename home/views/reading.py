"""The page on which readers choose how pages look."""

from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe


@require_safe
def show_reading_panel(request):
    """Show the choices. The page is the same for everybody, and scripts do the rest."""
    return TemplateResponse(request, "home/reading.html", {"looks": _looks()})


def _looks():
    """Return the name, legend and choices of each look, the usual choice first."""
    return [
        (
            "textSize",
            _("Text size"),
            [("", _("Usual")), ("1", _("Larger")), ("2", _("Largest"))],
        ),
        ("textSpacing", _("Spacing"), [("", _("Usual")), ("1", _("Wide"))]),
        ("contrast", _("Contrast"), [("", _("Usual")), ("1", _("More"))]),
        (
            "theme",
            _("Colours"),
            [
                ("", _("As on my device")),
                ("light", _("Light")),
                ("dark", _("Dark")),
            ],
        ),
    ]
