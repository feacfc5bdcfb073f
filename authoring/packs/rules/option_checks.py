"""Checks of options.md that the schema cannot make."""

from collections.abc import Iterator

from authoring.packs.rules.reference_schema import (
    PackOptions,
    PackTreatmentOption,
    Sources,
)
from authoring.packs.rules.yaml_text import Path
from course.rules.option_rules import OptionText, find_option_faults

Finding = tuple[Path, str]


def of_options(entries: PackOptions, sources: Sources) -> Iterator[Finding]:
    """Yield (path, message) for each problem with the options and statements."""
    kinds = sources.kinds_of_evidence
    for place, option in enumerate(entries.options):
        start: Path = ("options", place)
        for handle in option.evidence_sources:
            if handle not in kinds:
                message = f"sources.md has no source {handle}. Add it, or fix the id."
                yield (*start, "evidence_sources"), message
        for fault in find_option_faults(option_text(option, kinds)):
            yield (*start, fault.field), fault.message % fault.values
    yield from _fits(entries)


def option_text(option: PackTreatmentOption, kinds: dict[str, str]) -> OptionText:
    """Return the option as the rules read it; `kinds` maps sources to their kinds."""
    fields = option.model_dump(exclude={"id", "key"})
    figures = {name for name in fields if name.endswith(("_chance", "_without"))}
    return OptionText(
        texts={
            name: value
            for name, value in fields.items()
            if isinstance(value, str) and name not in figures
        },
        chances={name: fields[name] for name in figures},
        differences={s for s in ("benefit", "harm") if fields[f"{s}_is_more"]},
        evidence=option.evidence,
        evidence_sources={h: kinds.get(h, "") for h in option.evidence_sources},
    )


def _fits(entries: PackOptions) -> Iterator[Finding]:
    known = [option.id for option in entries.options]
    for place, statement in enumerate(entries.statements):
        for number, fit in enumerate(statement.fits):
            if fit.option not in known:
                path: Path = ("statements", place, "fits", number, "option")
                message = (
                    f"There is no option “{fit.option}”. It has {', '.join(known)}."
                )
                yield path, message
