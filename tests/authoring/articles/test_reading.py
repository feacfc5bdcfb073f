"""Articles of every kind are read into one model; nothing is lost or fetched."""

# ruff: noqa: RUF001 -- Turkish has a letter that looks like another.

import io
import zipfile

import pytest

from authoring.articles.readers.reading import UnableToReadArticle, read_article
from authoring.articles.rules import document as d
from tests.authoring.articles import articles


def read_text(text, name="article.txt"):
    return read_article(text.encode(), name)


def headings(document):
    return [section.heading for section in document.sections if not section.set_aside]


def pairs(document):
    return [
        (entry.question, " ".join(d.sentences_of(entry.answer)))
        for entry in document.faq
    ]


def docx(*paragraphs, extra=None):
    """Return a Word document of (style, text) paragraphs."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in paragraphs
    )
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.'
            'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
        )
        archive.writestr(
            "word/document.xml",
            f"<w:document {ns}><w:body>{body}</w:body></w:document>",
        )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return held.getvalue()


def test_plain_text_shows_its_headings_by_their_form():
    document = read_text(articles.TEXT)
    assert document.title == "All About Scalp Widgets"
    assert headings(document) == [
        "",
        "What Are Widgets?",
        "Types of Widgets Used",
        "The Procedure: What to Expect",
        "Risks and Side Effects",
        "Alternatives to Widgets",
    ]
    assert {s.certainty for s in document.sections[1:6]} == {d.Certainty.LIKELY}


def test_a_contact_line_is_set_aside_and_still_there():
    aside = [s for s in read_text(articles.TEXT).sections if s.set_aside]
    assert [s.heading for s in aside] == ["You Might Also Like"]
    assert d.sentences_of(aside[0].blocks) == ("WhatsApp: +1 (555) 010-9999",)


def test_a_page_keeps_lists_tables_pictures_and_four_shapes_of_questions():
    document = read_text(articles.HTML, "page.html")
    assert headings(document) == ["", "Risks"]
    risks = document.sections[1].blocks
    assert [type(block) for block in risks] == [
        d.Paragraph,
        d.ListBlock,
        d.ArticleTable,
        d.Picture,
    ]
    assert risks[1].items[0].html == "Infection is <i>rare</i>."
    assert risks[2].rows == (("Kind", "Price"), ("Round", "Low"))
    assert pairs(document) == [
        ("Does it hurt?", "It can sting."),
        ("Who pays?", "You do."),
        ("How long does it last?", "Nobody knows."),
        ("Is it legal?", "Ask your health authority."),
    ]
    assert any("A round widget" in warning for warning in document.warnings)


def test_scripts_handlers_and_bad_links_are_gone():
    document = read_text(articles.HTML, "page.html")
    everything = repr(document)
    for trace in ("alert", "onclick", "javascript", "<a", "script"):
        assert trace not in everything


def test_what_stands_around_a_page_is_set_aside():
    aside = [s for s in read_text(articles.HTML, "page.html").sections if s.set_aside]
    held = {text for s in aside for text in d.sentences_of(s.blocks)}
    assert held == {"Home", "Tell a friend.", "Copyright us"}


def test_markdown_reads_like_a_page():
    document = read_text(articles.MARKDOWN, "page.md")
    assert document.title == "All About Widgets"
    assert [type(block) for block in document.sections[1].blocks] == [
        d.ListBlock,
        d.ArticleTable,
    ]
    assert pairs(document) == [("Does it hurt?", "It can sting.")]


def test_a_word_document_reads_like_a_page():
    data = docx(
        ("Title", "All About Widgets"),
        ("Heading1", "Risks"),
        ("Normal", "Swelling is a risk."),
    )
    document = read_article(data, "article.docx")
    assert (document.title, headings(document)) == ("All About Widgets", ["Risks"])


@pytest.mark.parametrize(
    ("heading", "question", "answer"),
    [
        ("FAQ", "Q1. Does it hurt?", "A1. Yes."),
        ("Preguntas frecuentes", "Pregunta: ¿Duele?", "Respuesta: Sí."),
        ("Sıkça Sorulan Sorular", "Soru 1: Acıtır mı?", "Cevap: Evet."),
        ("الأسئلة الشائعة", "س: هل يؤلم؟", "ج: نعم."),
        ("Häufige Fragen", "Frage: Tut es weh?", "Antwort: Ja."),
        ("Questions fréquentes", "Q : Ça fait mal ?", "R : Oui."),
    ],
)
def test_questions_are_told_by_their_labels_in_six_languages(heading, question, answer):
    document = read_text(
        f"Title Of All\n\nSome prose here.\n\n{heading}\n\n{question}\n{answer}\n"
    )
    [(asked, said)] = pairs(document)
    assert asked in question
    assert said in answer
    assert ":" not in asked + said


def test_a_question_without_an_answer_is_kept_and_told():
    document = read_text("Big Title\n\nProse.\n\nFAQ\n\nQ: Why?\n\nQ: Who?\nA: You.\n")
    assert pairs(document) == [("Why?", ""), ("Who?", "You.")]
    assert any("“Why?”" in warning for warning in document.warnings)


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("utf-8-sig", "Das Gewebe wächst langsam."),
        ("utf-16", "Das Gewebe wächst langsam."),
        ("latin-1", "Die Größe ändert sich später."),
        ("cp1254", "Şişlik görülür ve çoğu kez geçer."),
        ("cp1256", "هذا علاج جديد ولا نعرف نتائجه بعد."),
    ],
)
def test_letters_are_read_in_whatever_encoding_they_come(encoding, sentence):
    document = read_article(f"Title\r\n\r\n{sentence}\r\n".encode(encoding), "a.txt")
    assert d.sentences_of(document.sections[0].blocks) == (sentence,)


def test_no_headings_and_one_heading_make_a_document_with_a_warning():
    plain = read_text("just one line of words that ends here.\n", "my-notes.txt")
    assert plain.title == "My notes"
    assert any("No headings" in warning for warning in plain.warnings)
    assert read_text("<h1>One</h1><p>Text.</p>", "a.html").title == "One"


def test_a_heading_that_stands_twice_is_told():
    document = read_text("# T\n\n## Cost\n\nA.\n\n## Cost\n\nB.\n", "a.md")
    assert any("“Cost”" in warning for warning in document.warnings)
    assert headings(document) == ["Cost", "Cost"]


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "details"])
def test_two_thousand_tags_inside_each_other_are_read_and_no_more(tag):
    deep = f"<{tag}>" * (1_900 // len(tag.split("><"))) + "Deep down."
    assert "Deep down." in repr(read_text(deep, "a.html"))
    with pytest.raises(UnableToReadArticle, match="nested too deeply"):
        read_text(f"<{tag}>" * 10_000 + "Deep down.", "a.html")


def test_a_page_without_ends_of_its_paragraphs_and_rows_is_not_deep():
    rows = "<tr><td>a<td>b" * 3_000
    page = f"<h1>T</h1><table>{rows}</table>" + "<p>c<br><li>d" * 3_000
    assert read_text(page, "a.html").sections


def test_no_depth_of_quotes_loses_a_sentence_of_markdown():
    assert "Deep down." in repr(read_text("> " * 30 + "Deep down.", "a.md"))


@pytest.mark.parametrize(
    ("data", "name", "advice"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n ", "a.txt", "empty"),
        (b"\x7fELF\x00\x01\x02", "a.txt", "Save it as text"),
        (b"%PDF-1.7", "a.pdf", ".docx, .htm, .html, .md, .txt"),
        (b"x" * 10_000_001, "a.txt", "larger than 10 MB"),
        (b"PK\x03\x04 broken", "a.docx", "Save it again as .docx"),
        (docx(), "a.docx", "no text"),
        (b">" * 10_000 + b" deep", "a.md", "too deeply"),
        (b"<script>x</script>", "a.html", "no text"),
        (docx(("Normal", "x"), extra={"pad": b"0" * 50_000_001}), "a.docx", "50 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_says_what_to_do(data, name, advice):
    with pytest.raises(UnableToReadArticle, match=advice):
        read_article(data, name)
