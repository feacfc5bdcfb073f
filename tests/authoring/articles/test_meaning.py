"""What an article means by its markup is kept, or named where it cannot be."""

# ruff: noqa: RUF001

from pathlib import Path

import pytest

from authoring.articles.readers.reading import read_article
from authoring.articles.rules.document import ArticleTable, sentences_of
from tests.authoring.articles.test_reading import docx

CASES = Path(__file__).parent / "cases"


def case(name):
    return read_article((CASES / name).read_bytes(), name)


def html(markup):
    return read_article(f"<h1>A title</h1><p>First.</p>{markup}".encode(), "a.html")


def markdown(text):
    return read_article(text.encode(), "a.md")


def said(document):
    """Return the sentences of the sections, after the first one."""
    blocks = [block for part in document.sections for block in part.blocks]
    return " | ".join(sentences_of(blocks)).removeprefix("First. | ")


def items(document):
    return [
        (item.depth, item.ordered, item.text)
        for part in document.sections
        for block in part.blocks
        for item in getattr(block, "items", ())
    ]


def table(document):
    [found] = [
        b
        for part in document.sections
        for b in part.blocks
        if isinstance(b, ArticleTable)
    ]
    return found.rows


def test_powers_and_formulas_of_a_leaflet_stay_and_struck_doses_are_named():
    leaflet = case("units-and-struck-doses.html")
    assert "400 × 10⁹ per litre." in said(leaflet)
    blocks = [block for part in leaflet.sections for block in part.blocks]
    assert "10<sup>9</sup>" in blocks[0].words.html
    assert "CO<sub>2</sub>-free" in blocks[1].words.html
    assert "75 mg" not in said(leaflet)
    assert "10 days" not in said(leaflet)
    assert "Take nothing on the morning." in said(leaflet)
    assert (
        "Struck-out text was left out: “Take 75 mg on the morning.”" in leaflet.warnings
    )
    assert "Struck-out text was left out: “Stop for 10 days.”" in leaflet.warnings
    [asked] = leaflet.faq
    assert asked.question == "Is 4¹/₂ hours without food enough?"


def test_lists_in_lists_stay_below_their_item_and_in_order():
    assert items(case("lists-that-hold-more.md")) == [
        (0, True, "Open your hand wide.\nHold it open while you count to five."),
        (0, True, "Make a fist."),
        (1, False, "thumb outside"),
        (1, False, "knuckles level"),
        (0, True, "Rest."),
        (0, False, "a soft ball"),
        (1, True, "the size of an egg"),
        (1, True, "no harder than bread"),
        (0, False, "a towel"),
    ]
    assert items(case("lists-that-hold-more.html")) == [
        (0, False, "Open your hand.\nCount to five."),
        (0, False, "Rest.\nThen go on."),
        (0, False, "Twice a day:"),
        (1, True, "warm it"),
        (1, True, "stretch it"),
    ]


def test_every_value_of_a_table_stands_under_its_own_heads():
    shown = case("table-with-spans.html")
    never = "never with a second paracetamol product"
    assert table(shown) == (
        ("Medicine", "Most in a day: Adult", "Most in a day: Over 75"),
        ("Paracetamol", "4 g", "3 g"),
        ("Paracetamol", never, never),
        ("Ibuprofen", "1.2 g", "ask first"),
    )
    assert any("repeated" in warning for warning in shown.warnings)


def test_what_tools_add_to_markdown_is_kept_or_named():
    hip = case("front-matter-and-footnotes.md")
    assert hip.title == "Sleeping with a new hip"
    assert said(hip).split(" | ") == [
        "Lie on your back.¹",
        "Do not cross your legs.",
        "Use one pillow.",
        "¹ A wedge between the knees helps.",
        "☑ bed at knee height",
        "☐ night light",
        "Draw sheet",
        "A short sheet across the middle of the bed.",
    ]
    told = "\n".join(hip.warnings)
    for named in ["“date”", "Use two pillows.", '{{< video id="abc" >}}']:
        assert named in told


@pytest.mark.parametrize(
    ("markup", "reads"),
    [
        ("<p>Up to 10<sup>-9</sup> g</p>", "Up to 10⁻⁹ g"),
        ('<p>10<span style="vertical-align: super">9</span></p>', "10⁹"),
        ("<p>He said <q>rest</q>.</p>", "He said “rest”."),
        ("<p><ruby>薬<rp>(</rp><rt>kusuri</rt><rp>)</rp></ruby></p>", "薬 (kusuri)"),
        ("<p>Press <kbd>Stop</kbd>.</p>", "Press Stop."),
        (
            "<p><abbr title='blood pressure'>BP</abbr> is high.</p>",
            "BP (blood pressure) is high.",
        ),
        (
            "<p>Take <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> a tablet</p>",
            "Take 1/2 a tablet",
        ),
        ("<p><math><msup><mn>10</mn><mn>9</mn></msup></math></p>", "10⁹"),
        ("<address>Ward 3</address><address>Floor 2</address>", "Ward 3 | Floor 2"),
        ("<my-card>One</my-card><my-card>Two</my-card>", "One | Two"),
        ("<fieldset><legend>Drug</legend>Dose</fieldset>", "Drug | Dose"),
        ("<p>mid<wbr>dle, <u>under</u>line</p>", "middle, underline"),
        ("<p>Keep <ins>this</ins>.</p>", "Keep this."),
    ],
)
def test_markup_that_means_something_is_said(markup, reads):
    assert said(html(markup)) == reads


@pytest.mark.parametrize(
    "struck",
    [
        "<p><del>Take 50 mg.</del> Rest.</p>",
        "<p><s>Take <b>50</b> mg.</s> Rest.</p>",
        "<p><strike>Take 50 mg.</strike> Rest.</p>",
        '<p><span style="text-decoration: line-through">Take 50 mg.</span> Rest.</p>',
        "<del><p>Take 50 mg.</p></del><p>Rest.</p>",
        '<div style="text-decoration:line-through"><p>Take 50 mg.</p></div><p>Rest.</p>',
    ],
)
def test_struck_text_is_left_out_and_named_however_it_is_struck(struck):
    article = html(struck)
    assert said(article) == "Rest."
    assert "Struck-out text was left out: “Take 50 mg.”" in article.warnings


def test_text_struck_in_markdown_and_word_is_left_out_and_named():
    word = docx(
        ("Heading1", "A title"),
        ("Normal", "Rest.</w:t></w:r><w:r><w:rPr><w:dstrike/></w:rPr><w:t>Take 50 mg."),
        ("Normal", "Go.</w:t></w:r><w:r><w:rPr><w:strike/></w:rPr><w:t>Take 5 mg."),
        (
            "Normal",
            "10</w:t></w:r><w:r><w:rPr><w:vertAlign "
            "w:val='superscript'/></w:rPr><w:t>9",
        ),
    )
    article = read_article(word, "a.docx")
    assert said(article) == "Rest. | Go. | 10⁹"
    assert "Struck-out text was left out: “Take 50 mg.”" in article.warnings
    assert "Struck-out text was left out: “Take 5 mg.”" in article.warnings
    assert said(markdown("# A title\n\nFirst.\n\n~~Take 50 mg.~~ Rest.")) == "Rest."


def test_a_table_in_a_list_stands_where_it_stood():
    article = html(
        "<ul><li>One<table><tr><th>A</th></tr><tr><td>5</td></tr></table></li>"
        "<li>Two</li></ul>"
    )
    assert said(article) == "One | A | 5 | Two"


def test_points_in_a_cell_stay_apart():
    article = html(
        "<table><tr><th>Before</th></tr>"
        "<tr><td><ul><li>Weigh</li><li>review_status</li></ul></td></tr></table>"
    )
    assert table(article) == (("Before",), ("Weigh; review_status",))


def test_what_is_no_text_is_named():
    article = html("<iframe src='x'></iframe><video></video><ol start='4'><li>a</ol>")
    told = "\n".join(article.warnings)
    for named in ["from another site", "A video", "number 4"]:
        assert named in told


def test_a_title_of_front_matter_stands_once():
    article = markdown("+++\ntitle = 'One'\n+++\n# One\n\nText.\n")
    assert article.title == "One"
    assert [part.heading for part in article.sections] == [""]


def test_a_line_of_dashes_is_no_front_matter():
    article = markdown("---\nSome text: here.\n\nMore.\n")
    assert "Some text: here." in said(article)


def test_points_of_plain_text_that_are_set_in_stay_below_theirs():
    text = "A title\n\nProse here.\n\n- Before\n    1. Stop.\n\t2. Weigh.\n  \n- After\n1. One\n"
    assert items(read_article(text.encode(), "a.txt")) == [
        (0, False, "Before"),
        (1, True, "Stop."),
        (1, True, "Weigh."),
        (0, False, "After"),
        (0, True, "One"),
    ]


def test_a_list_set_in_as_a_whole_has_no_points_inside_others():
    text = "A title\n\nProse here.\n\n  - One\n  - Two\n- Three\n"
    found = items(read_article(text.encode(), "a.txt"))
    assert found == [(0, False, "One"), (0, False, "Two"), (0, False, "Three")]


def test_a_point_whose_sign_changes_is_named():
    inner = "<ul><li>Before<ul><li>Weigh.</li></ul></li></ul>"
    [note] = signs_changed(f"{inner}<ol><li>First.</li><li>Then.</li></ol>")
    assert note.endswith("“First.”")
    assert not signs_changed(f"{inner}<p>Or</p><ol><li>First.</li></ol>")


def signs_changed(markup):
    return [n for n in html(markup).warnings if "marker as the items before it" in n]
