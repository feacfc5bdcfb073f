"""What hangs on pages and stands in them, as entries of a pack."""

from typing import Any
from uuid import UUID

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock
from wagtail.rich_text import expand_db_html

from authoring.pack import keys
from authoring.pack_out.markdown import from_html
from authoring.pack_out.picture_files import name_of
from course.models import FaqEntry, GlossaryTerm, Source
from quizzes import kinds
from quizzes.models import Question
from quizzes.soundness import split_sources

Entry = dict[str, Any]


def filled(entry: Entry) -> Entry:
    """Return the entry without what is blank or left at no."""
    return {
        name: value
        for name, value in entry.items()
        if value is not None and value is not False and value != "" and value != {}
    }


def key_unless(key: UUID, derived: UUID) -> UUID | None:
    """Return the key where it does not follow from the names; else None."""
    return None if key == derived else key


def markdown(html: str) -> str:
    """Return a rich text as Markdown, its links with the addresses they lead to."""
    return from_html(expand_db_html(html))


def of_source(source: Source, course: UUID) -> Entry:
    """Return the source as sources.md has it."""
    names = ("title", "author", "published", "url", "note")
    return _named(source, course, "source") | _fields(source, names)


def of_term(term: GlossaryTerm, course: UUID) -> Entry:
    """Return the term as glossary.md has it."""
    return _named(term, course, "term") | _fields(term, ("term", "meaning"))


def of_faq_entry(entry: FaqEntry, lesson: UUID) -> Entry:
    """Return the FAQ entry as a lesson's file has it."""
    said = {"question": entry.question, "answer": markdown(entry.answer)}
    return _named(entry, lesson, "faq") | filled(said)


def of_question(question: Question, lesson: UUID) -> Entry:
    """Return the question as a lesson's file has it."""
    used = kinds.named(question.kind).option_fields
    return _named(question, lesson, "question") | filled(
        {
            "kind": question.kind.replace("_", "-"),
            "stem": question.stem,
            "critical": question.critical,
            "sources": list(split_sources(question.sources)),
            "answered_in": question.answered_in,
            "options": [_option(option, used) for option in question.options],
            "feedback": question.feedback,
        }
    )


def _option(option, used) -> Entry:
    """Return the option with what counts of it in its kind of question.

    What stands for its id is its key, which nothing derives.
    """
    kept = {name: v for name, v in option.value.items() if name in used | {"text"}}
    return filled({"id": str(option.id)} | kept)


def _named(row, parent, kind):
    derived = keys.below(parent, kind, row.handle)
    key = key_unless(row.translation_key, derived)
    return filled({"id": row.handle, "key": key})


def _fields(row, names):
    return filled({name: getattr(row, name) for name in names})


def of_block(block: blocks.Block, value: Any) -> Any:
    """Return what a block holds as plain data."""
    if isinstance(block, blocks.RichTextBlock):
        return markdown(value.source)
    if isinstance(block, TypedTableBlock):
        return _table(value)
    if isinstance(block, blocks.ListBlock):
        return [of_block(block.child_block, entry) for entry in value]
    if isinstance(block, blocks.StructBlock):
        return filled(_struct(block, value))
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
        "file": name_of(image),
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
