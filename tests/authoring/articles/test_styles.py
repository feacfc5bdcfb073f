"""What a page says by its style sheet alone means the same."""

import pytest

from authoring.articles.readers.reading import read_article
from tests.authoring.articles.test_meaning import said


def page(sheet, body):
    source = (
        f"<html><head><style>{sheet}</style></head><body><h1>T</h1>{body}</body></html>"
    )
    return read_article(source.encode(), "a.html")


@pytest.mark.parametrize(
    ("sheet", "markup", "reads"),
    [
        (".c4{vertical-align:super}", "<p>10<span class='c4'>9</span></p>", "10⁹"),
        ("span.c5 { vertical-align : sub }", "<p>H<span class=c5>2</span>O</p>", "H₂O"),
        (
            ".a,.b{color:red;text-decoration:line-through}",
            "<p><span class='x b'>5</span> 50</p>",
            "50",
        ),
        (
            ".old{text-decoration-line:line-through}",
            "<p class=old>Go.</p><p>Rest.</p>",
            "Rest.",
        ),
        ("", "<p><span class='line-through'>5</span> 50 mg</p>", "50 mg"),
        ("", "<p>10<span class='superscript'>9</span></p>", "10⁹"),
        (
            "@media all{.q{color:red} .c1{vertical-align:super}}",
            "<p>10<span class=c1>9</span></p>",
            "10⁹",
        ),
        # Neither is meant for the element that has the class.
        (".c1{text-decoration:none}", "<p><span class=c1>5</span> mg</p>", "5 mg"),
        (".c1 .c2{vertical-align:super}", "<p>10<span class=c2>9</span></p>", "109"),
        ("/* .c1{vertical-align:super} */", "<p>10<span class=c1>9</span></p>", "109"),
    ],
)
def test_classes_mean_what_the_style_sheet_says(sheet, markup, reads):
    assert said(page(sheet, markup)) == reads


def test_what_a_class_strikes_is_named():
    article = page(
        ".c1{text-decoration:line-through}", "<p><b class=c1>5 mg</b> 50 mg</p>"
    )
    assert "Struck-out text was left out: “5 mg”" in article.warnings
