"""What the schema lets through, the tables and blocks can hold."""

import pytest

from authoring.packs.rules import schema
from course.blocks.lesson import LessonBodyBlock
from course.models import CoursePage, FaqEntry, GlossaryTerm, LessonPage, Source
from quizzes.kinds import NAMES

PAIRS = [
    (schema.CourseMeta, CoursePage),
    (schema.PackReview, CoursePage),
    (schema.LessonMeta, LessonPage),
    (schema.SourceEntry, Source),
    (schema.Term, GlossaryTerm),
    (schema.PackFaqEntry, FaqEntry),
]


@pytest.mark.parametrize(("model", "table"), PAIRS)
def test_no_text_is_longer_than_its_column(model, table):
    columns = {field.name: field for field in table._meta.concrete_fields}
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
