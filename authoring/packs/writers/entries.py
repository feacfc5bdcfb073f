"""Convert blocks and children of pages to entries of a pack."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import expand_db_html

from authoring.packs.rules import reference_schema, schema
from authoring.packs.writers.markdown import html_to_markdown
from authoring.packs.writers.picture_files import picture_file_name
from authoring.rules import content_keys
from course.models import (
    FaqEntry,
    GlossaryTerm,
    QuestionToAsk,
    Source,
    TreatmentOption,
    ValueStatement,
)
from quizzes import kinds
from quizzes.models import Question
from quizzes.rules.question_validation import split_sources

Entry = dict[str, Any]


def without_blanks(entry: Entry) -> Entry:
    """Return the entry without blank and false values."""
    return {
        name: value
        for name, value in entry.items()
        if value is not None and value is not False and value not in ("", {}, [])
    }


def key_unless(key: UUID, derived: UUID) -> UUID | None:
    """Return the key, or None if it is the one derived from names."""
    return None if key == derived else key


def rich_text_as_markdown(html: str) -> str:
    """Return rich text as Markdown, with the full addresses of its links."""
    return html_to_markdown(expand_db_html(html))


def of_source(source: Source, course: UUID) -> Entry:
    """Return the source as an entry of sources.md."""
    return _named(source, course, "source", reference_schema.SourceEntry)


def of_term(term: GlossaryTerm, course: UUID) -> Entry:
    """Return the term as an entry of glossary.md."""
    return _named(term, course, "term", reference_schema.Term)


def of_treatment_option(option: TreatmentOption, course: UUID) -> Entry:
    """Return the option as an entry of options.md."""
    named = option.source_list
    schema_of = reference_schema.PackTreatmentOption
    return _named(option, course, "option", schema_of, evidence_sources=named)


def of_statement(statement: ValueStatement, course: UUID) -> Entry:
    """Return the statement as an entry of options.md."""
    return _named(statement, course, "statement", reference_schema.PackValueStatement)


def of_faq_entry(entry: FaqEntry, lesson: UUID) -> Entry:
    """Return the FAQ entry as it is written in a lesson's file."""
    return _named(entry, lesson, "faq", schema.PackFaqEntry)


def of_question_to_ask(question: QuestionToAsk, lesson: UUID) -> Entry:
    """Return the question to ask as it is written in a lesson's file."""
    return _named(question, lesson, "to-ask", schema.PackQuestionToAsk)


def of_question(question: Question, lesson: UUID) -> Entry:
    """Return the question as it is written in a lesson's file."""
    kind = kinds.kind_named(question.kind)
    return _named(
        question,
        lesson,
        "question",
        schema.PackQuestion,
        kind=question.kind.replace("_", "-"),
        sources=list(split_sources(question.sources)),
        options=[_option(option, kind.option_fields) for option in question.options],
    )


def _option(option, used) -> Entry:
    """Return the option, with the fields that its kind of question uses.

    Its id in the pack is its key, which cannot be derived from names.
    """
    kept = {name: v for name, v in option.value.items() if name in used | {"text"}}
    return without_blanks({"id": str(option.id)} | kept)


def _named(row, parent, kind, entry: type[schema.Strict], /, **known):
    derived = content_keys.key_below(parent, kind, row.handle)
    key = key_unless(row.translation_key, derived)
    return of_fields(row, entry, id=row.handle, key=key, **known)


def of_fields(row: Model, entry: type[schema.Strict], **known: Any) -> Entry:
    """Return the entry for a row as the schema defines it, without blank values.

    Values that are not in `known` come from the row's field of the same name.
    """
    return without_blanks(
        {
            name: known[name] if name in known else _plain(row, name)
            for name in entry.model_fields
        }
    )


def _plain(row, name):
    value, field = getattr(row, name), row._meta.get_field(name)
    if isinstance(field, RichTextField):
        return rich_text_as_markdown(value)
    if isinstance(field, StreamField):
        return [of_block(block.block, block.value) for block in value]
    return value


def of_block(block: blocks.Block, value: Any) -> Any:
    """Return the content of a block as plain data."""
    if isinstance(block, blocks.RichTextBlock):
        return rich_text_as_markdown(value.source)
    if isinstance(block, TypedTableBlock):
        return _table(value)
    if isinstance(block, blocks.ListBlock):
        return [of_block(block.child_block, entry) for entry in value]
    if isinstance(block, blocks.StructBlock):
        return without_blanks(_struct(block, value))
    return value


def _struct(block, value):
    entry: Entry = {}
    for name, child in block.child_blocks.items():
        if isinstance(child, ImageBlock):
            entry |= _image(value[name])
        else:
            entry[name] = of_block(child, value[name])
    return entry


def _image(image) -> Entry:
    if not image:
        return {}
    return {
        "file": picture_file_name(image),
        "title": image.title,
        "alt": image.contextual_alt_text,
        "decorative": bool(image.decorative),
    }


def _table(table) -> Entry:
    return {
        "caption": table.caption,
        "columns": [column["heading"] for column in table.columns],
        "rows": [list(row["values"]) for row in table.row_data],
    }
