"""Where in a rich text a comment stands."""

import json

import pytest

from authoring.articles.rules.passages import find_passage
from course.blocks.draftail import normal_form


def passage(html, sentence):
    """Return the text that the position marks, as a script cuts it out."""
    html = normal_form(html)
    [at] = json.loads(find_passage(html, sentence))
    assert f'data-block-key="{at["key"]}"' in html
    return at["start"], at["end"]


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<p>It cures.</p>", (0, 9)),
        ("<p>No. <b>It</b> cures. Yes.</p>", (4, 13)),
        ("<p>\U0001f600 It cures.</p>", (3, 12)),
        ("<ul><li>One.</li><li>It cures.</li></ul>", (0, 9)),
        ("<p>Nothing of it.</p>", (0, 14)),
    ],
)
def test_a_sentence_is_marked_where_it_stands(html, place):
    assert passage(html, "It cures.") == place


def test_an_empty_text_has_no_passage():
    assert find_passage("", "It cures.") == ""
