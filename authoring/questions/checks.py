"""System check: every kind of question can be written and read in every format."""

from typing import Any

from django.core.checks import Error

from authoring.questions.formats.shapes import SHAPES
from quizzes.kinds import KINDS


def check_shapes_of_kinds(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each kind of question whose shape no format supports."""
    return [
        Error(
            f"No format supports the shape “{kind.shape}” of the question kind "
            f"“{name}”.",
            id="questions.E001",
        )
        for name, kind in KINDS.items()
        if kind.shape not in SHAPES
    ]
