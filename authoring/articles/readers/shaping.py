"""Find the sections of an article, and set boilerplate aside. Pure.

`rules.questions` finds the questions and their answers first.
"""

from collections.abc import Iterator
from dataclasses import replace

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
    sentences_of,
)
from authoring.articles.rules.languages import language_of
from authoring.articles.rules.questions.finding import find_pairs

BOILERPLATE = "looks like links to other pages"
CONTACT = "contact details"
AROUND = "is not part of the article, such as a menu"


def shape_document(found: FoundElements, *, name: str) -> Document:
    """Return the document made of the elements.

    `name` is used as the title if the article has none.
    """
    title = _title(found.elements)
    if found.title and title and _plainly(title.text) != _plainly(found.title):
        title = None
    named = found.title or (title.text if title else "")
    body = [element for element in found.elements if element is not title]
    pairs = find_pairs(body, title=named, declared=found.declared)
    shaper = _Shaper()
    for element in pairs.elements:
        shaper.take(element)
    shaper.title = named
    notes = dict.fromkeys(
        (
            *pairs.notes,
            *notes_of_joined_lists(pairs.elements),
            *formulas.name_formulas(pairs.elements),
        )
    )
    document = shaper.finished(name, (*found.notes, *notes))
    return replace(document, language=found.language or _language(document))


def _language(document: Document) -> str:
    parts = (
        *(part.blocks for part in document.sections),
        *(e.answer for e in document.faq),
    )
    headings = (part.heading for part in document.sections)
    text = " ".join(text for blocks in parts for text in sentences_of(blocks))
    return language_of(" ".join((document.title, *headings, text)))


def _plainly(text: str) -> str:
    return " ".join(text.split()).casefold()


def _title(elements: list[Element]) -> ArticleHeading | None:
    """Return the heading that is the title: the only one of its level, or the first line."""
    headings = [element for element in elements if isinstance(element, ArticleHeading)]
    if not headings:
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
        self.faq: list[FaqPair] = []

    def take(self, element: Element) -> None:
        if isinstance(element, ArticleHeading):
            is_around = labels.is_boilerplate_heading(element.text)
            self._open(element, BOILERPLATE if is_around else "")
        elif isinstance(element, FaqPair):
            self.faq.append(element)
        elif isinstance(element, Aside):
            self._set_aside(element.blocks, AROUND)
        elif _is_contact(element):
            self._set_aside((element,), CONTACT)
        else:
            self._block(element)

    def _block(self, block: Block) -> None:
        if not self.sections:
            self._open(ArticleHeading(1, "", Certainty.SURE), "")
        self.sections[-1].blocks.append(block)

    def _open(self, heading: ArticleHeading, set_aside: str) -> None:
        self.sections.append(_Open(heading, [], set_aside))

    def _set_aside(self, blocks: tuple[Block, ...], why: str) -> None:
        if self.sections and self.sections[-1].set_aside:
            self.sections[-1].blocks += blocks
        else:
            self.aside.append(_Open(ArticleHeading(2, ""), list(blocks), why))

    def finished(self, name: str, notes: tuple[str, ...]) -> Document:
        sections = [*self.sections, *self.aside]
        return Document(
            title=self.title or name,
            sections=tuple(part.closed(n) for n, part in enumerate(sections, 1)),
            faq=tuple(_asked(n, pair) for n, pair in enumerate(self.faq, 1)),
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


def _asked(number: int, pair: FaqPair) -> ArticleFaq:
    return ArticleFaq(f"q{number}", pair.question, pair.answer, pair.certainty)


def _is_contact(block: Block) -> bool:
    return isinstance(block, Paragraph) and labels.is_contact_line(block.words.text)
