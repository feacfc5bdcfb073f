"""Whatever the schema asks of a text has a message that says what to write."""

import json
import re

import pytest

from authoring.packs.rules.reference_schema import Glossary, PackOptions, Sources
from authoring.packs.rules.schema import FENCES, CourseMeta, LessonMeta
from authoring.packs.rules.validation import validation_message

MODELS = {Glossary, PackOptions, Sources, CourseMeta, LessonMeta, *FENCES.values()}
PATTERNS = {
    json.loads(found)
    for model in MODELS
    for found in re.findall(
        r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(model.model_json_schema())
    )
}


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_each_pattern_has_a_message(pattern):
    detail = {"loc": ("slug",), "type": "string_pattern_mismatch"}
    detail |= {"ctx": {"pattern": pattern}, "input": "?"}
    assert "must" in validation_message(detail, CourseMeta)
