"""Turn a plan into the blocks and child objects of lesson pages.

Keys and ids are derived from the course's key and the ids of the plan's parts, so the
same article gets the same keys each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby
from typing import Any
from uuid import UUID

import nh3
from django.utils.text import slugify

from authoring.articles.readers import lists
from authoring.articles.rules.document import (
    ArticleTable,
    Block,
    ListBlock,
    Paragraph,
    Words,
    sentences_of,
)
from authoring.articles.rules.flags import flags_in
from authoring.articles.rules.passages import find_passage
from authoring.articles.rules.plan import (
    ArticlePlan,
    PlannedFaq,
    PlannedLesson,
    PlannedSection,
)
from authoring.articles.rules.seeds import (
    OptionCandidate,
    draft_question,
    option_candidates,
)
from authoring.rules.content_keys import key_below
from course.blocks.draftail import normal_form
from course.rules import rich_text
from course.rules.free_names import free_name
from course.rules.rich_text import write_blocks
from quizzes.models.content import ReviewStatus

_LINE = 255
_TAGS = {"p", "ul", "ol", "li", "b", "i", "a", "br", "sup", "sub"}


@dataclass(frozen=True)
class Remark:
    """A comment for the author on a field of the body.

    `position` says which passage of a rich text it is about, as the editor marks it: it
    does not show a comment on a rich text without one.
    """

    path: str
    text: str
    position: str = ""


class LessonContent:
    """One lesson of a plan as stream blocks, FAQ entries, questions and remarks."""

    def __init__(self, plan: ArticlePlan, lesson: PlannedLesson, key: UUID):
        self.plan, self.lesson, self.key = plan, lesson, key
        self.faq = plan.faq_at(lesson.slug)
        self.remarks: list[Remark] = []

    @cached_property
    def body(self) -> list[dict[str, Any]]:
        """The blocks of the body. Reading this fills `remarks`."""
        anchors: set[str] = set()
        blocks = []
        for section in self.plan.sections_at(self.lesson.slug):
            blocks += self._section(section, anchors)
        return blocks

    def _section(self, section: PlannedSection, anchors: set[str]):
        made = []
        title, rest = fit_line(section.heading)
        if title:
            anchor = _free(slugify(title) or "part", anchors)
            made.append(
                {
                    "type": "heading",
                    "id": self._id(section, "heading", "0"),
                    "value": {"title": title, "anchor": anchor},
                }
            )
        blocks = (*([plain_paragraph(rest)] if rest else []), *section.blocks)
        for turn, (is_table, run) in enumerate(
            groupby(blocks, key=lambda block: isinstance(block, ArticleTable)), start=1
        ):
            if is_table:
                made += [
                    self._table(section, f"{turn}-{place}", block)
                    for place, block in enumerate(run, start=1)
                ]
            else:
                made.append(self._text(section, str(turn), list(run)))
        return made

    def _text(self, section, turn, blocks: list[Block]):
        html = html_of(blocks)
        path = self._id(section, "text", turn)
        self.remarks += [
            Remark(path, text, find_passage(html, sentence))
            for sentence, text in _flagged(blocks)
        ]
        return {"type": "text", "id": path, "value": html}

    def _table(self, section, turn, table: ArticleTable):
        head, *rows = table.rows
        value = {
            "caption": "",
            "columns": [{"type": "text", "heading": cell} for cell in head],
            "rows": [{"values": list(row)} for row in rows],
        }
        # The editor has no comments on tables, so they stand at the heading above.
        path = f"{self._id(section, 'heading', '0')}.title"
        self.remarks += [Remark(path, text) for _sentence, text in _flagged([table])]
        return {"type": "table", "id": self._id(section, "table", turn), "value": value}

    def _id(self, section, name, turn):
        return str(key_below(self.key, "body", section.id, name, turn))

    @cached_property
    def faq_entries(self) -> list[dict[str, Any]]:
        """The fields of the FAQ entries, in order."""
        taken: set[str] = set()
        return [self._entry(entry, taken) for entry in self.faq]

    def _entry(self, entry: PlannedFaq, taken: set[str]):
        question, whole = fit_line(entry.question)
        before = [plain_paragraph(whole)] if whole else []
        return {
            "translation_key": key_below(self.key, "faq", entry.id),
            "handle": _free(slugify(question)[:60].strip("-") or "question", taken),
            "question": question,
            "answer": html_of([*before, *entry.answer]),
        }

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The fields of a draft question for each FAQ entry, with the status “to check”."""
        pairs = zip(self.faq, self.faq_entries, strict=True)
        return [self._question(entry, fields) for entry, fields in pairs]

    @cached_property
    def _pools(self) -> list[list[OptionCandidate]]:
        """Sentences for wrong options: first from the answers, then from the lesson."""
        answers = (
            text for other in self.plan.faq for text in sentences_of(other.answer)
        )
        sections = self.plan.sections_at(self.lesson.slug)
        bodies = (text for section in sections for text in section.sentences)
        return [option_candidates(answers), option_candidates(bodies)]

    def _question(self, entry: PlannedFaq, fields: dict[str, Any]):
        grown = draft_question(entry.question, sentences_of(entry.answer), self._pools)
        key = key_below(self.key, "question", entry.id)
        texts = [grown.key, *grown.distractors] if grown.key else []
        return {
            "translation_key": key,
            "handle": fields["handle"],
            "kind": "single_choice",
            "stem": grown.stem,
            "answered_in": f"faq:{fields['handle']}",
            "review_status": ReviewStatus.TO_CHECK,
            "options": [
                {
                    "type": "option",
                    "id": str(key_below(key, "option", str(place))),
                    "value": {"text": text, "right": place == 0, "feedback": ""},
                }
                for place, text in enumerate(texts)
            ],
        }


def fit_line(text: str) -> tuple[str, str]:
    """Return the text cut to 255 characters, and the whole text if it was cut."""
    if len(text) <= _LINE:
        return text, ""
    return text[: _LINE - 1].rsplit(None, 1)[0] + "…", text


def plain_paragraph(text: str) -> Paragraph:
    """Return a paragraph with the text."""
    return Paragraph(Words(text, escape(text, quote=False)))


def _flagged(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """Yield each sentence to check, and what to say about it."""
    for sentence in sentences_of(blocks):
        for kind, why in flags_in(sentence):
            yield sentence, f"{kind}: “{sentence}” {why}"


def html_of(blocks: list[Block]) -> str:
    """Return the blocks as rich text. The rows of a table become list items."""
    html = "".join(_html(block) for block in blocks)
    return normal_form(
        nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, link_rel=None)
    )


def _html(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "".join(f"<p>{line}</p>" for line in block.words.html.splitlines())
    if isinstance(block, ListBlock):
        return write_blocks(lists.list_row(item, block) for item in block.items)
    if isinstance(block, ArticleTable):
        return write_blocks(
            rich_text.HtmlBlock("ul", inner=row) for row in _rows(block)
        )
    return "".join(f"<p><i>{escape(line, quote=False)}</i></p>" for line in block.lines)


def _rows(table: ArticleTable) -> Iterator[str]:
    """Yield each row as one line, with the column's heading before each value."""
    heads, *rows = table.rows
    for row in rows or [heads]:
        pairs = zip(heads[1:], row[1:], strict=True)
        cells = (f"{head}: {cell}" if head else cell for head, cell in pairs if cell)
        parts = [row[0], *cells] if rows else row
        yield escape("; ".join(filter(None, parts)), quote=False)


def _free(name: str, taken: set[str]) -> str:
    free = free_name(name, taken, longest=_LINE)
    taken.add(free)
    return free
