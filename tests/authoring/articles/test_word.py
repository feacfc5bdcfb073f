"""Word documents: whatever a reader of Word sees is read, or named."""

import io
import zipfile

import pytest

from authoring.articles.readers.reading import read_article
from tests.authoring.articles.test_meaning import said
from tests.authoring.articles.test_reading import docx


def word(xml):
    """Return the article of a document with this markup beside its words."""
    math = "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"
    inner = f"So</w:t></w:r>{xml}<w:r><w:t>so."
    data = docx(("Heading1", "A title"), ("Normal", "First."), ("Normal", inner))
    return read_article(_declared(data, math), "a.docx")


def _declared(data, namespace):
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(
                name, content.replace("<w:document ", f"<w:document {namespace} ")
            )
    return held.getvalue()


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def maths(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


POWER = (
    f"<m:sSup><m:sSupPr/><m:e>{maths('10')}</m:e><m:sup>{maths('9')}</m:sup></m:sSup>"
)
FRACTION = f"<m:f><m:num>{maths('1')}</m:num><m:den>{maths('2')}</m:den></m:f>"


@pytest.mark.parametrize(
    ("equation", "reads"),
    [
        (f"<m:oMath>{POWER}</m:oMath>", "10⁹"),
        (f"<m:oMathPara><m:oMath>{FRACTION}</m:oMath></m:oMathPara>", "1/2"),
        (f"<m:oMath><m:rad><m:e>{maths('4')}</m:e></m:rad></m:oMath>", "√(4)"),
        (f"<m:oMath>{maths('a &lt; b')}</m:oMath>", "a < b"),
    ],
)
def test_an_equation_of_word_is_said_in_a_line_and_named(equation, reads):
    article = word(equation)
    assert said(article).replace(" ", "") == f"So{reads}so.".replace(" ", "")
    assert any("Check this formula" in told for told in article.warnings)


@pytest.mark.parametrize(
    ("xml", "reads"),
    [
        (
            f"<w:fldSimple w:instr='REF x'>{run(' Table 1 ')}</w:fldSimple>",
            "So Table 1 so.",
        ),
        (f"<w:dir w:val='rtl'>{run(' מינון ')}</w:dir>", "So מינון so."),
        ("<w:r><w:cr/></w:r>", "So | so."),
        ("<w:r><w:ptab/></w:r>", "So so."),
        (
            f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('kusuri')}</w:rt>"
            f"<w:rubyBase>{run('薬')}</w:rubyBase></w:ruby></w:r>",
            "So薬 (kusuri)so.",
        ),
    ],
)
def test_what_word_shows_is_read(xml, reads):
    assert said(word(xml)) == reads


def test_hidden_text_is_left_out_and_named():
    article = word("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Take 50 mg.</w:t></w:r>")
    assert said(article) == "Soso."
    assert "Struck-out text was left out: “Take 50 mg.”" in article.warnings
    assert any("hidden text" in told for told in article.warnings)


@pytest.mark.parametrize(
    ("xml", "note"),
    [
        ("<w:r><w:commentReference w:id='1'/></w:r>", "Comments"),
        ("<c:chart xmlns:c='urn:c'/>", "A chart or diagram"),
    ],
)
def test_what_stands_beside_the_text_is_named(xml, note):
    assert any(told.startswith(note) for told in word(xml).warnings)
