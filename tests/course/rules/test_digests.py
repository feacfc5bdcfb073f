import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from course.rules.digests import canonical_json, digest_json, digest_text

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(values, values)
def test_two_values_have_one_digest_just_when_json_holds_the_same(one, other):
    same_json = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest_json(one) == digest_json(other)) is same_json


@given(st.dictionaries(st.text(), values))
def test_the_order_of_keys_and_the_way_through_a_file_change_nothing(value):
    turned = dict(reversed(value.items()))
    assert digest_json(turned) == digest_json(value)
    assert digest_json(json.loads(canonical_json(value))) == digest_json(value)


def test_the_text_that_is_digested_is_the_one_that_a_file_holds():
    value = {"b": ["é", 1], "a": None}
    assert canonical_json(value) == '{"a":null,"b":["é",1]}'
    in_file = canonical_json(value).encode()
    assert digest_json(value) == hashlib.sha256(in_file).hexdigest()


def test_half_a_surrogate_pair_stops_nothing():
    assert digest_text("\ud83d") != digest_text("\ud83e")
