"""Slugs of rules are those that Django would make."""

import pytest
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from authoring.rules.slugs import slug_of


@given(st.text(max_size=40))
def test_a_slug_is_what_django_makes_of_any_text(text):
    assert slug_of(text) == slugify(text, allow_unicode=True)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("  Risks & benefits -- 2 ", "risks-benefits-2"),
        ("Çeşitleri", "çeşitleri"),
        ("ﬁne", "fine"),
        ("?!", ""),
    ],
)
def test_letters_of_every_script_stay(title, slug):
    assert slug_of(title) == slug
