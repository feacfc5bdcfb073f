"""What the schema lets through, the tables and blocks can hold."""

from typing import get_args

import pytest
from wagtail.blocks import ChoiceBlock

from authoring.packs.rules import reference_schema, schema
from course.blocks.lesson import LessonBodyBlock
from course.models import (
    CoursePage,
    FaqEntry,
    GlossaryTerm,
    LessonPage,
    QuestionToAsk,
    Source,
    TreatmentOption,
    ValueStatement,
)
from quizzes.kinds import NAMES

PAIRS = [
    (schema.CourseMeta, CoursePage),
    (schema.PackReview, CoursePage),
    (schema.LessonMeta, LessonPage),
    (reference_schema.SourceEntry, Source),
    (reference_schema.Term, GlossaryTerm),
    (reference_schema.PackTreatmentOption, TreatmentOption),
    (reference_schema.PackValueStatement, ValueStatement),
    (schema.PackFaqEntry, FaqEntry),
    (schema.PackQuestionToAsk, QuestionToAsk),
]


@pytest.mark.parametrize(("model", "table"), PAIRS)
def test_no_text_is_longer_than_its_column(model, table):
    fields = table._meta.concrete_fields
    columns = {field.name: field for field in fields if not field.choices}
    for name, field in model.model_fields.items():
        limit = getattr(columns.get(name), "max_length", None)
        if limit:
            allowed = [m.max_length for m in field.metadata if hasattr(m, "max_length")]
            assert allowed, f"{model.__name__}.{name}"
            assert min(filter(None, allowed)) <= limit, f"{model.__name__}.{name}"


def test_every_block_of_a_pack_is_a_block_of_a_lesson():
    blocks = LessonBodyBlock().child_blocks
    for name, model in schema.BLOCKS.items():
        block = blocks[name.replace("-", "_")]
        if name not in ("table", "image"):
            assert set(model.model_fields) == set(block.child_blocks), name


def test_every_kind_of_question_is_one_that_a_pack_can_ask():
    kinds = schema.PackQuestion.model_fields["kind"].annotation.__args__
    assert {kind.replace("-", "_") for kind in kinds} == set(NAMES)


def choices_of_blocks():
    """Return (block, field, keys) of each field of a lesson's text with choices."""
    for name, block in LessonBodyBlock().child_blocks.items():
        for field, child in getattr(block, "child_blocks", {}).items():
            if isinstance(child, ChoiceBlock):
                yield name, field, dict(child.field.choices).keys() - {""}


@pytest.mark.parametrize(("block", "field", "keys"), list(choices_of_blocks()))
def test_a_pack_can_choose_what_an_editor_can(block, field, keys):
    allowed = schema.BLOCKS[block.replace("_", "-")].model_fields[field].annotation
    assert set(get_args(allowed)) - {""} == keys
