"""Keys follow from names alone: no two names share one, and wording never moves one."""

import uuid

from hypothesis import given
from hypothesis import strategies as st

from authoring.packs.queries import stream, target_pages
from authoring.packs.rules.reading import parse_pack
from authoring.rules import content_keys
from tests.authoring.packs import small_pack

# Few letters, so that names often differ only in where one ends and the next begins.
WORD = st.sampled_from(("a", "b", "1", "aa", "ab"))
NAME = st.lists(WORD, min_size=1, max_size=3).map("-".join)


@given(st.lists(st.tuples(NAME, NAME, NAME), unique=True, max_size=20))
def test_different_names_have_different_keys(names):
    made = {
        content_keys.key_below(content_keys.lesson_key(pack, slug), "question", handle)
        for pack, slug, handle in names
    }
    assert len(made) == len(names)


def test_keys_are_the_same_on_every_machine():
    assert content_keys.lesson_key("small", "first") == uuid.UUID(
        "baf8bf03-2ed5-50e8-9c60-3a38d4d6249f"
    )


def _ids(value):
    """Return the ids of all blocks and list items, however deep."""
    if isinstance(value, list):
        return [found for entry in value for found in _ids(entry)]
    if not isinstance(value, dict):
        return []
    own = [value["id"]] if "id" in value else []
    return own + [found for entry in value.values() for found in _ids(entry)]


def _body(tmp_path, **changes):
    lesson = parse_pack(small_pack.write(tmp_path, **changes)).lessons[0]
    return stream.body_blocks(
        lesson, content_keys.lesson_key("small", lesson.meta.slug)
    )


def test_every_block_and_item_has_an_id_of_its_own(tmp_path):
    ids = _ids(_body(tmp_path))
    assert len(ids) == len(set(ids)) == 38


def test_the_ids_of_other_sections_stay_when_a_block_is_added(tmp_path):
    before = _body(tmp_path)
    text = small_pack.FIRST.replace(
        "```key-fact", "```citation\nstatement: New.\nsource: S1\n```\n\n```key-fact"
    )
    after = _body(tmp_path, **{"1-first.md": text})
    assert len(after) == len(before) + 1
    assert set(_ids(before)) < set(_ids(after))


def test_absent_text_is_empty_not_missing(tmp_path):
    values = {block["type"]: block["value"] for block in _body(tmp_path)}
    assert values["key_fact"]["title"] == ""
    assert values["unknowns"]["title"] == ""
    assert values["steps"]["title"] == ""


def test_wording_may_change_and_keys_stay(tmp_path):
    before = _questions(tmp_path)
    text = small_pack.FIRST.replace("Which is right?", "Which one is right?")
    after = _questions(tmp_path, **{"1-first.md": text.replace("This one.", "Here.")})
    assert [q["translation_key"] for q in before] == [
        q["translation_key"] for q in after
    ]
    assert before[0]["stem"] != after[0]["stem"]


def _questions(tmp_path, **changes):
    pack = parse_pack(small_pack.write(tmp_path, **changes))
    return target_pages.target_lessons(pack)[0].relations[1].children
