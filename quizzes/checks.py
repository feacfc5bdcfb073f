"""System check: every kind of question has its templates."""

from typing import Any

from django.core.checks import Error
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from quizzes.kinds import KINDS


def check_templates_of_kinds(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each missing template of a kind."""
    return [
        Error(
            f"The question kind “{name}” has no template {template}.",
            id="quizzes.E001",
        )
        for name, kind in KINDS.items()
        for template in (kind.template, kind.feedback_template)
        if not _exists(template)
    ]


def _exists(template: str) -> bool:
    try:
        get_template(template)
    except TemplateDoesNotExist:
        return False
    return True
