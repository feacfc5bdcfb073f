"""Lists with numbers: what rich text counts otherwise than the article is named."""

import pytest

from authoring.articles.readers.reading import read_article
from tests.authoring.articles.test_meaning import html, items


def told(article, words):
    return [warning for warning in article.warnings if words in warning]


@pytest.mark.parametrize(
    ("markup", "note"),
    [
        ("<ol type=a><li>warm it</ol>", "letters. It now has numbers: “warm it”"),
        ("<ol reversed><li>Go</ol>", "had its own numbers"),
        ("<ol><li>Stop</li><li value=7>Go</ol>", "now counts from 1: “Stop”"),
        ("<ol start=3><li>Go</ol>", "started at number 3"),
        (
            "<ol><li>One</ol><ol><li>First</ol>",
            "now one list. The second began with: “First”",
        ),
    ],
)
def test_other_numbers_are_named(markup, note):
    assert told(html(markup), note)


def test_usual_numbers_and_bullets_are_not_spoken_of():
    article = html(
        "<ol type=1><li>a</ol><p>Or</p><ol><li>b</ol><ul><li>c</ul><ul><li>d</ul>"
    )
    assert not told(article, "list")


def test_letters_in_plain_text_are_points_of_their_own():
    text = "A title\n\nProse here.\n\n1) Stop\n2) Weigh\n   a) sitting\n   b) review_status\n3) Go\n"
    article = read_article(text.encode(), "a.txt")
    assert items(article) == [
        (0, True, "Stop"),
        (0, True, "Weigh"),
        (1, True, "sitting"),
        (1, True, "review_status"),
        (0, True, "Go"),
    ]
    assert told(article, "letters. It now has numbers: “sitting”")


def test_a_list_of_plain_text_that_goes_on_is_named():
    text = "A title\n\nProse here.\n\n1. Stop\n2. Weigh\n\nThat is hard.\n\n3. Go\n4. Run\n"
    assert told(read_article(text.encode(), "a.txt"), "started at number 3")


def test_soft_hyphens_keep_no_word_from_being_found():
    page = html(
        "<h2>Häufige Fra&shy;gen</h2><h3>Tut es weh?</h3><p>Kaum spür&shy;bar.</p>"
    )
    assert [(pair.question, pair.answer[0].words.text) for pair in page.faq] == [
        ("Tut es weh?", "Kaum spürbar.")
    ]
    plain = read_article(
        "Title\n\nHäufige Fra\u00adgen\n\nTut es weh?\nKaum.\n".encode(), "a.txt"
    )
    assert len(plain.faq) == 1


def test_a_line_that_is_set_in_below_a_point_is_of_the_point():
    text = "A title\n\nProse here.\n\n1. Step one\n   goes on\n2. Step two\n"
    found = items(read_article(text.encode(), "a.txt"))
    assert found == [(0, True, "Step one goes on"), (0, True, "Step two")]
