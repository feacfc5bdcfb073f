"""Split a paragraph into a question and what follows it. Pure."""

# ruff: noqa: RUF001 -- question marks of other scripts look like other signs.

import re
from dataclasses import dataclass
from html import escape, unescape

from authoring.articles.rules import labels
from authoring.articles.rules.document import Paragraph, Words
from authoring.articles.rules.questions.marks import is_question, without_number

_BOLD = re.compile(r"(?:<(?:i|sup|a [^>]*)>)*<b>(.*?)</b>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_AFTER_MARK = re.compile(r"[?؟？](?:</b>)?\s+(?=(?:<b>)?\w{1,12}\s?[:.])")
_MOST_WORDS = 40
"""Words: a longer line is prose that ends with a question."""


@dataclass(frozen=True)
class SplitLine:
    """The first words of a paragraph, and the rest of it, which may be None."""

    first: str
    rest: Paragraph | None


def split_at_labels(paragraph: Paragraph) -> list[Paragraph]:
    """Return the paragraph in parts, a new one where a line starts with a label.

    An answer's label may also follow its question on the same line.
    """
    texts, htmls = _lines(_with_answers_apart(paragraph.words))
    if len(texts) == 1 or len(texts) != len(htmls):
        return [paragraph]
    parts: list[list[int]] = [[]]
    for place, text in enumerate(texts):
        labelled = labels.after_question_label(text) or labels.after_answer_label(text)
        if labelled and parts[-1]:
            parts.append([])
        parts[-1].append(place)
    return [_joined(texts, htmls, part) for part in parts]


def split_after_bold(words: Words) -> SplitLine | None:
    """Return the bold words at the start, or None if there are none."""
    found = _BOLD.match(words.html)
    if not found:
        return None
    length = len(unescape(_TAG.sub("", found[0])))
    first, text = words.text[:length], words.text[length:]
    html = words.html[found.end() :]
    sign = re.match(r"\s*[?:؟？;]", text)
    if sign and not is_question(first):
        first, text = first + sign[0], text[sign.end() :]
        html = (
            html[sign.end() :]
            if html.startswith(sign[0])
            else escape(text, quote=False)
        )
    return SplitLine(first.strip(), _paragraph(text, html))


def split_after_line(words: Words) -> SplitLine | None:
    """Return the first line if it is a question, or None."""
    texts, htmls = _lines(words)
    first = texts[0].strip()
    if not is_question(first) or len(first.split()) > _MOST_WORDS or _is_prose(first):
        return None
    if len(texts) == 1:
        return SplitLine(first, None)
    if len(texts) != len(htmls):
        return SplitLine(first, _paragraph("\n".join(texts[1:]), ""))
    return SplitLine(first, _joined(texts, htmls, list(range(1, len(texts)))))


def without_label(paragraph: Paragraph) -> Paragraph:
    """Return the paragraph without a label such as “A:” at its start."""
    text = paragraph.words.text
    answered = labels.after_answer_label(text)
    if answered is None:
        return paragraph
    start = escape(text[: len(text) - len(answered)], quote=False)
    html = paragraph.words.html
    has_same = html.startswith(start)
    rest = html.removeprefix(start) if has_same else escape(answered, quote=False)
    return Paragraph(Words(answered, rest))


def _with_answers_apart(words: Words) -> Words:
    """Return the words with a line break before an answer's label in mid-line."""
    if labels.after_question_label(words.text) is None:
        return words
    return Words(_broken(words.text), _broken(words.html))


def _broken(text: str) -> str:
    for found in list(_AFTER_MARK.finditer(text))[::-1]:
        rest = text[found.end() :]
        if labels.after_answer_label(_TAG.sub("", rest)) is not None:
            return f"{text[: found.end()].rstrip()}\n{rest}"
    return text


def _is_prose(line: str) -> bool:
    """Return whether the question is the end of a text of several sentences."""
    return bool(re.search(r"[.!…。]\s+\S", without_number(line)))


def _lines(words: Words) -> tuple[list[str], list[str]]:
    return words.text.split("\n"), words.html.split("\n")


def _joined(texts: list[str], htmls: list[str], places: list[int]) -> Paragraph:
    return Paragraph(
        Words("\n".join(texts[n] for n in places), "\n".join(htmls[n] for n in places))
    )


def _paragraph(text: str, html: str) -> Paragraph | None:
    text = text.strip()
    if not text:
        return None
    is_whole = _TAG.sub("", html).strip() and html.count("<b>") == html.count("</b>")
    return Paragraph(
        Words(text, html.strip() if is_whole else escape(text, quote=False))
    )
