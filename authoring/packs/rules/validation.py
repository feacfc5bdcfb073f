"""Validate YAML against the schema, with messages that clinicians understand."""

import difflib
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from authoring.packs.rules import yaml_text
from authoring.packs.rules.schema import Strict
from authoring.packs.rules.yaml_text import Path, YamlText

Model = TypeVar("Model", bound=Strict)
Report = Callable[[int, str], None]

_PATTERNS = {
    "^((100": "must be a number from 0 to 100, or a range such as 10-20.",
    "^[A-Z]": "must be the id of a source: capital letters and a number, such as S4.",
    "^(https": "must start with “https://” and have no spaces.",
    "^(#|faq:)": "must be “#” and an anchor of this lesson, or “faq:” and the id of "
    "an FAQ entry.",
    "^images/": "must be a file in the “images” folder, such as images/hair.jpg.",
    "^[a-z]{2,3}": "must be a language code, such as “en”.",
    "^(stamp": "must be “stamp”, “choices”, a rung from rung-0 to rung-5, or empty.",
    "^[a-z0-9]+": "must only contain lower-case letters, digits and hyphens, such as "
    "“fat-cells”.",
}


def read_as(
    model: type[Model], text: str, first_line: int, report: Report
) -> tuple[Model | None, YamlText]:
    """Return the YAML as the model, or None after reporting its problems."""
    source = yaml_text.read_yaml(text, first_line, report)
    if source.data is None:
        return None, source
    if not isinstance(source.data, dict):
        report(first_line, "Start each line with a name and a colon, such as “id:”.")
        return None, source
    try:
        return model.model_validate(source.data), source
    except ValidationError as error:
        for detail in error.errors():
            report(source.line_of(detail["loc"]), validation_message(detail, model))
    return None, source


def validation_message(detail: Any, model: type[Strict]) -> str:
    """Return what to fix, given one detail of a ValidationError."""
    name, kind, context = _name(detail["loc"]), detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        return f"{name} is not known here.{_near(detail['loc'], model)}"
    if kind == "missing":
        return f"{name} is missing. Add it."
    if kind == "string_pattern_mismatch":
        return f"{name} {_pattern(context['pattern'])}"
    return f"{name} {_demand(kind, context, detail['input'])}"


def _demand(kind: str, context: dict[str, Any], given: Any) -> str:
    if kind == "string_type":
        return _not_a_text(given)
    if isinstance(given, str) and kind in ("too_short", "too_long"):
        kind = f"string_{kind}"
    if "date" in kind:
        return f"must be a real date, such as 2026-11-22, not “{given}”."
    demands = {
        "uuid_parsing": "is not a valid key. Remove this line.",
        "uuid_type": "is not a valid key. Remove this line.",
        "bool_parsing": "must be yes or no.",
        "bool_type": "must be yes or no.",
        "int_parsing": "must be a whole number, not “{given}”.",
        "int_type": "must be a whole number.",
        "tuple_type": "must be a list. Start each entry with “- ”.",
        "model_type": "must have names and values, such as “id: …”.",
        "string_too_short": "is empty. Fill it in.",
        "string_too_long": "is too long. Use at most {max_length} characters.",
        "too_short": "has too few entries. It needs at least {min_length} but has {actual_length}.",
        "too_long": "has too many entries. It can have up to {max_length} but has {actual_length}.",
        "literal_error": "must be {expected}, not “{given}”.",
        "greater_than_equal": "must be {ge} or more.",
        "less_than_equal": "must be {le} or less.",
    }
    demand = demands.get(kind, "cannot be read.")
    words = {key: str(value).replace("'", "") for key, value in context.items()}
    return demand.format(given=given, **words)


def _not_a_text(given: Any) -> str:
    if isinstance(given, dict):
        return "must be a single text. Put quotes around it, because it contains “: ”."
    return "must be a single text, not a list."


def _pattern(pattern: str) -> str:
    return next(text for start, text in _PATTERNS.items() if pattern.startswith(start))


def _name(path: Path) -> str:
    """Return “options, entry 2, feedback” for ("options", 1, "feedback")."""
    parts = [f"entry {p + 1}" if isinstance(p, int) else f"“{p}”" for p in path]
    return ", ".join(parts)


def _near(path: Path, model: type[Strict]) -> str:
    known = _fields_at(path[:-1], model)
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    return f" Did you mean “{near[0]}”?" if near else f" Known: {', '.join(known)}."


def _fields_at(path: Path, model: Any) -> list[str]:
    for part in path:
        if isinstance(part, str):
            model = _model_in(model.model_fields[part].annotation)
    return list(model.model_fields)


def _model_in(annotation: Any) -> Any:
    inner = getattr(annotation, "__args__", ())
    return next(iter(inner), annotation)
