"""The sources that a lesson cites, and the words that it explains."""

from django.db.models import Model, TextField, Value
from django.db.models.functions import Cast

from course.models import CoursePage, GlossaryTerm, Source
from course.rules.content_fields import CITING, SIGNED, fields_used
from course.rules.markers import handles_in

# The fields that readers see, which are read in one query for both models.
_SHOWN = {
    model: [name for name in fields_used(model, SIGNED) if name != "translation_key"]
    for model in (Source, GlossaryTerm)
}


def sources_and_terms(
    course: CoursePage, sources: list[str], terms: list[str]
) -> tuple[list[Source], dict[str, GlossaryTerm]]:
    """Return the course's sources and terms with these ids, in one query.

    Sources that only the meanings of the terms cite come last, and need another one.
    """
    found = _rows(course, sources, terms)
    by_terms = [handle for handle in _cited_by_terms(found) if handle not in sources]
    found |= _rows(course, by_terms, ())
    return (
        [found[Source, h] for h in [*sources, *by_terms] if (Source, h) in found],
        {h: row for (model, h), row in found.items() if model is GlossaryTerm},
    )


def _cited_by_terms(found):
    """Return the ids of sources that meanings of terms cite, which is rare."""
    terms = [row for (model, _handle), row in found.items() if model is GlossaryTerm]
    texts = [text for term in terms for text in citing_texts(term)]
    return list(dict.fromkeys(handles_in(" ".join(texts))))


def _rows(course, sources, terms):
    """Return (model, handle) → source or term of the course, in one query.

    Both share a query because lessons are the pages opened most often.
    """
    if not (sources or terms):
        return {}
    columns = [
        _columns(model).filter(course=course, handle__in=handles)
        for model, handles in ((Source, sources), (GlossaryTerm, terms))
    ]
    found = {}
    for name, *values in columns[0].union(columns[1], all=True):
        model = {model._meta.model_name: model for model in _SHOWN}[name]
        fields = {
            field: model._meta.get_field(field).to_python(value)
            for field, value in zip(_SHOWN[model], values, strict=False)
        }
        found[model, fields["handle"]] = model(course=course, **fields)
    return found


def _columns(model):
    """Return the model's rows as text columns, with the same number for both models."""
    shown = [Cast(name, TextField()) for name in _SHOWN[model]]
    padding = [Value("")] * (max(map(len, _SHOWN.values())) - len(shown))
    name = Value(model._meta.model_name)
    return model.objects.order_by().values_list(name, *shown, *padding)


def citing_texts(row: Model) -> list[str]:
    """Return the row's own texts that may cite sources, without those of children."""
    fields = [row._meta.get_field(name) for name in fields_used(row, CITING)]
    return [field.value_to_string(row) for field in fields if field.concrete]
