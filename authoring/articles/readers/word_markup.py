"""Rewrite what mammoth ignores in Word documents, so that it is read or noted. Pure.

mammoth 1.13 silently drops equations, fields, ruby and text in another direction, and
reads hidden text and text with a double strikethrough as normal text.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

_HIDDEN = re.compile(rb"<w:vanish\s*/>")
_DELETED = re.compile(rb"<w:delText[^>]*>([^<]*)</w:delText>")
_EQUATION = re.compile(rb"<m:oMath(?=[\s>])[^>]*>(.*?)</m:oMath>", re.DOTALL)
_RUBY = re.compile(
    rb"<w:ruby>.*?<w:rt>(.*?)</w:rt>\s*<w:rubyBase>(.*?)</w:rubyBase>\s*</w:ruby>",
    re.DOTALL,
)
# The base text, then the ruby text in brackets.
_RUBY_IN_BRACKETS = (
    rb'\2<w:r><w:t xml:space="preserve"> (</w:t></w:r>\1<w:r><w:t>)</w:t></w:r>'
)
_REPLACED = (
    (re.compile(rb"<w:dstrike\b"), rb"<w:strike"),
    (_HIDDEN, rb"<w:strike/>"),
    (re.compile(rb"</?(?:w:fldSimple|w:dir|w:bdo|m:oMathPara)(?=[\s>])[^>]*>"), rb""),
    (re.compile(rb"<w:cr\s*/>"), rb"<w:br/>"),
    (re.compile(rb"<w:ptab\b[^>]*/>"), rb"<w:tab/>"),
    (_RUBY, _RUBY_IN_BRACKETS),
)
_PART = re.compile(r"<(/?)m:(\w+)((?:\s[^>]*?)?)(/?)>|<[^>]*>|([^<]+)")
_MATHML = {
    "sSup": "msup",
    "sSub": "msub",
    "sSubSup": "msubsup",
    "f": "mfrac",
    "rad": "msqrt",
    "d": "mfenced",
    "t": "mtext",
}
_GROUPS = {"e", "num", "den", "sup", "sub", "deg"}
_ALONE = re.compile(r"<mrow>(<mtext>[^<]*</mtext>)</mrow>")
_SIGN = re.compile(r'm:val="([^"]{1,8})"')
_PLACE = re.compile("\ue000([0-9]{1,7})\ue001")
_MOST_NAMED = 200
HIDDEN = "The document has hidden text. It is listed below as struck-out text."


@dataclass(frozen=True)
class PreparedWord:
    """The main part of a document, ready for mammoth. `formulas` are in MathML."""

    main: bytes
    formulas: tuple[str, ...]
    notes: tuple[str, ...]

    def with_formulas(self, page: str) -> str:
        """Return the HTML with each placeholder replaced by its formula."""
        return _PLACE.sub(lambda found: self.formulas[int(found[1])], page)


def prepare_word(main: bytes) -> PreparedWord:
    """Return the main part, changed so that mammoth reads all that Word shows."""
    notes = tuple(_notes(main))
    main = re.sub("[\ue000\ue001]".encode(), b"", main)
    formulas: list[str] = []

    def placeholder_for(found: re.Match[bytes]) -> bytes:
        formulas.append(f"<math>{_in_mathml(found[1].decode(errors='replace'))}</math>")
        place = f"\ue000{len(formulas) - 1}\ue001"
        return f"<w:r><w:t>{place}</w:t></w:r>".encode()

    main = _EQUATION.sub(placeholder_for, main)
    for pattern, instead in _REPLACED:
        main = pattern.sub(instead, main)
    return PreparedWord(main, tuple(formulas), notes)


def _notes(main: bytes) -> Iterator[str]:
    deleted = b"".join(match[1] for match in _DELETED.finditer(main))
    if deleted:
        words = html.unescape(deleted.decode(errors="replace"))
        yield f"Deleted text was left out: “{words[:_MOST_NAMED]}”"
    if _HIDDEN.search(main):
        yield HIDDEN
    if b"<w:commentReference" in main:
        yield "Comments in the document were left out."
    if b"<c:chart" in main or b"<dgm:relIds" in main:
        yield "A chart or diagram was left out. Add it by hand."


def _in_mathml(equation: str) -> str:
    """Return a Word equation as MathML, which `formulas` writes on one line."""
    mathml: list[str] = []
    for part in _PART.finditer(equation):
        end, name, attributes, is_empty, text = part.groups()
        tag = "mrow" if name in _GROUPS else _MATHML.get(name or "")
        if text and text.strip():
            mathml.append(text)
        elif name == "chr" and (sign := _SIGN.search(attributes)):
            mathml.append(sign[1])
        elif tag and is_empty:
            mathml.append(f"<{tag}></{tag}>")
        elif tag:
            mathml.append(f"<{end}{tag}>")
    # A single number needs no brackets: 1/2, not (1)/(2).
    return _ALONE.sub(r"\1", "".join(mathml))
