"""Find the sections and FAQ pairs of an article, and set boilerplate aside. Pure.

FAQ pairs may be labelled (“Q: … A: …”), headings or bold questions below an FAQ
heading, definition lists, or `details` elements.
"""

from collections.abc import Iterator
from html import escape

from authoring.articles.readers import formulas
from authoring.articles.readers.lists import notes_of_joined_lists
from authoring.articles.rules import labels
from authoring.articles.rules.document import (
    ArticleFaq,
    ArticleHeading,
    ArticleSection,
    Aside,
    Block,
    Certainty,
    Document,
    Element,
    FaqPair,
    FoundElements,
    Paragraph,
    Words,
)

BOILERPLATE = "looks like links to other pages"
CONTACT = "contact details"
AROUND = "is not part of the article, such as a menu"


def shape_document(found: FoundElements, *, name: str) -> Document:
    """Return the document made of the elements.

    `name` is used as the title if the article has none.
    """
    title = _title(found.elements)
    shaper = _Shaper()
    if found.title and title and _plainly(title.text) != _plainly(found.title):
        title = None
    for element in found.elements:
        if element is not title:
            shaper.take(element)
    shaper.title = found.title or (title.text if title else "")
    notes = dict.fromkeys(
        (
            *notes_of_joined_lists(found.elements),
            *formulas.name_formulas(found.elements),
        )
    )
    return shaper.finished(name, (*found.notes, *notes))


def _plainly(text: str) -> str:
    return " ".join(text.split()).casefold()


def _title(elements: list[Element]) -> ArticleHeading | None:
    """Return the heading that is the title: the only one of its level, or the first line."""
    headings = [element for element in elements if isinstance(element, ArticleHeading)]
    if not headings or labels.is_faq_heading(headings[0].text):
        return None
    first = headings[0]
    if first.certainty == Certainty.SURE:
        others = (heading.level for heading in headings[1:])
        return first if all(first.level < level for level in others) else None
    return first if elements[0] is first else None


class _Shaper:
    def __init__(self) -> None:
        self.title = ""
        self.sections: list[_Open] = []
        self.aside: list[_Open] = []
        self.faq: list[_OpenFaq] = []
        self.faq_level = 0
        """The level of the FAQ heading that we are below, or 0."""
        self.asking = False
        """Whether the next paragraph belongs to the answer of the last question."""

    def take(self, element: Element) -> None:
        if isinstance(element, ArticleHeading):
            self._heading(element)
        elif isinstance(element, FaqPair):
            self._pair(element)
        elif isinstance(element, Aside):
            self._set_aside(element.blocks, AROUND)
        elif isinstance(element, Paragraph):
            self._paragraph(element)
        else:
            self._block(element)

    def _heading(self, heading: ArticleHeading) -> None:
        if self.faq_level and self._asks(heading):
            self._ask(heading.text, heading.certainty)
            return
        self.asking, self.faq_level = False, 0
        if labels.is_faq_heading(heading.text):
            self.faq_level = heading.level
        else:
            is_around = labels.is_boilerplate_heading(heading.text)
            self._open(heading, BOILERPLATE if is_around else "")

    def _asks(self, heading: ArticleHeading) -> bool:
        deeper = heading.level > self.faq_level
        plain_text = heading.certainty != Certainty.SURE
        return deeper or (plain_text and labels.is_question(heading.text))

    def _pair(self, pair: FaqPair) -> None:
        if self.faq_level or labels.is_question(pair.question):
            question = labels.after_question_label(pair.question) or pair.question
            self.faq.append(_OpenFaq(question, Certainty.SURE, list(pair.answer)))
            return
        self._block(_bold(pair.question))
        for block in pair.answer:
            self._block(block)

    def _paragraph(self, paragraph: Paragraph) -> None:
        if labels.is_contact_line(paragraph.words.text):
            self._set_aside((paragraph,), CONTACT)
            return
        for part in _lines_with_labels(paragraph):
            self._line(part)

    def _line(self, part: Paragraph) -> None:
        text = part.words.text
        asked = labels.after_question_label(text)
        if asked and (labels.is_question(asked) or self.faq_level):
            self._ask(asked, Certainty.SURE)
            return
        answered = labels.after_answer_label(text) if self.asking else None
        if answered is not None:
            cut = len(text) - len(answered)
            self.faq[-1].answer.append(_without_start(part, cut))
            return
        bold = _bold_question(part) if self.faq_level else None
        if bold:
            self._ask(bold.question, Certainty.LIKELY)
            self.faq[-1].answer += bold.answer
        else:
            self._block(part)

    def _block(self, block: Block) -> None:
        if self.asking:
            self.faq[-1].answer.append(block)
            return
        if not self.sections:
            self._open(ArticleHeading(1, "", Certainty.SURE), "")
        self.sections[-1].blocks.append(block)

    def _ask(self, question: str, certainty: Certainty) -> None:
        question = labels.after_question_label(question) or question
        self.faq.append(_OpenFaq(question, certainty, []))
        self.asking = True

    def _open(self, heading: ArticleHeading, set_aside: str) -> None:
        self.sections.append(_Open(heading, [], set_aside))

    def _set_aside(self, blocks: tuple[Block, ...], why: str) -> None:
        if self.sections and self.sections[-1].set_aside and not self.asking:
            self.sections[-1].blocks += blocks
        else:
            self.aside.append(_Open(ArticleHeading(2, ""), list(blocks), why))

    def finished(self, name: str, notes: tuple[str, ...]) -> Document:
        sections = [*self.sections, *self.aside]
        return Document(
            title=self.title or name,
            sections=tuple(part.closed(n) for n, part in enumerate(sections, 1)),
            faq=tuple(entry.closed(n) for n, entry in enumerate(self.faq, 1)),
            warnings=(*self._warnings(), *notes),
        )

    def _warnings(self) -> Iterator[str]:
        if not any(part.heading.text for part in self.sections):
            yield "No headings were found, so everything is in one section."
        if not self.faq:
            yield "No questions and answers were found: the quizzes start empty."
        for entry in self.faq:
            if not entry.answer:
                yield f"This question has no answer in the article: “{entry.question}”"
        names = [part.heading.text for part in self.sections if part.heading.text]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            yield f"This heading appears more than once: “{name}”"


class _Open:
    """A section while it is being read."""

    def __init__(self, heading: ArticleHeading, blocks: list[Block], set_aside: str):
        self.heading, self.blocks, self.set_aside = heading, blocks, set_aside

    def closed(self, number: int) -> ArticleSection:
        return ArticleSection(
            id=f"s{number}",
            heading=self.heading.text,
            level=self.heading.level,
            blocks=tuple(self.blocks),
            certainty=self.heading.certainty,
            set_aside=self.set_aside,
        )


class _OpenFaq:
    def __init__(self, question: str, certainty: Certainty, answer: list[Block]):
        self.question, self.certainty, self.answer = question, certainty, answer

    def closed(self, number: int) -> ArticleFaq:
        return ArticleFaq(
            f"q{number}", self.question, tuple(self.answer), self.certainty
        )


def _lines_with_labels(paragraph: Paragraph) -> list[Paragraph]:
    """Return the paragraph split into parts, a new one where a line starts with a label."""
    texts = paragraph.words.text.split("\n")
    htmls = paragraph.words.html.split("\n")
    if len(texts) == 1 or len(texts) != len(htmls):
        return [paragraph]
    parts: list[list[tuple[str, str]]] = [[]]
    for text, html in zip(texts, htmls, strict=True):
        labelled = labels.after_question_label(text) or labels.after_answer_label(text)
        if labelled and parts[-1]:
            parts.append([])
        parts[-1].append((text, html))
    return [
        Paragraph(Words("\n".join(t for t, _ in part), "\n".join(h for _, h in part)))
        for part in parts
    ]


def _without_start(paragraph: Paragraph, length: int) -> Paragraph:
    """Return the paragraph without its first `length` characters, which are a label."""
    start = escape(paragraph.words.text[:length], quote=False)
    text, html = paragraph.words.text[length:], paragraph.words.html
    html = (
        html.removeprefix(start)
        if html.startswith(start)
        else escape(text, quote=False)
    )
    return Paragraph(Words(text, html))


def _bold(text: str) -> Paragraph:
    return Paragraph(Words(text, f"<b>{escape(text, quote=False)}</b>"))


def _bold_question(paragraph: Paragraph) -> FaqPair | None:
    """Return the bold question at the start of the paragraph, with the rest as answer."""
    html = paragraph.words.html
    if not html.startswith("<b>") or "</b>" not in html:
        return None
    inner, _, rest = html.removeprefix("<b>").partition("</b>")
    length = len(_unescaped(inner))
    question = paragraph.words.text[:length]
    if not labels.is_question(question):
        return None
    text = paragraph.words.text[length:].strip()
    answer = (Paragraph(Words(text, rest.strip())),) if text else ()
    return FaqPair(question.strip(), answer)


def _unescaped(html: str) -> str:
    for sign, name in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
        html = html.replace(name, sign)
    return html
