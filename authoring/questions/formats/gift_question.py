"""Read one question of a GIFT file as Moodle does, with backslash escapes."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from authoring.questions.formats import gift_ordering, losses, texts
from authoring.questions.formats.gift_text import (
    LeftOut,
    UnreadableQuestion,
    unescape_gift,
)
from authoring.questions.formats.losses import Losses
from authoring.questions.formats.shapes import SHAPES
from authoring.questions.rules.items import ExchangedItem, read_tags, uuid_in

_TITLE = re.compile(r"\s*::((?>\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_FORMAT = re.compile(rf"\s*\[({'|'.join(texts.FORMATS)})\]", re.IGNORECASE)
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
_GENERAL = re.compile(r"((?>\\.|[^\\#]|#(?!###))*)####(.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class GiftSource:
    """The source of a question, with the tags and id from its comments."""

    text: str
    line: int
    tags: tuple[str, ...]
    id_number: str


def read_gift_question(source: GiftSource, found: Losses) -> ExchangedItem:
    """Return the question, and add its losses to `found`.

    Raises UnreadableQuestion or LeftOut.
    """
    return _GiftQuestionReader(source).item(found)


def name_in(text: str) -> str:
    """Return the title, or the whole text if there is none."""
    title = _TITLE.match(text)
    return unescape_gift(title[1]) if title and title[1].strip() else text


class _GiftQuestionReader:
    def __init__(self, source: GiftSource):
        self.source = source
        self.lost: list[tuple[str, str]] = []
        self.form = texts.MOODLE

    def item(self, found: Losses) -> ExchangedItem:
        head, inside, tail = self.cut()
        title, head = _opening(head)
        stem = f"{head.rstrip()} _____ {tail.strip()}" if tail.strip() else head
        self.form, stem = self.format_of(stem)
        answers, feedback = _general(inside)
        tags = read_tags(self.source.tags)
        self.tagged_kind, self.tagged_unit = tags.kind, tags.unit
        read_answers = self.answers(answers)
        item = ExchangedItem(
            kind=read_answers.kind,
            stem=self.text(stem),
            options=read_answers.options,
            handle=unescape_gift(title),
            key=uuid_in(self.source.id_number),
            feedback=self.text(feedback) or read_answers.feedback,
            critical=tags.critical,
            sources=tags.sources,
            answered_in=tags.answered_in,
            tolerance=read_answers.tolerance,
            unit=read_answers.unit,
            line=self.source.line,
        )
        self.lose_besides(tags.unknown, item.key)
        return losses.item_with_losses(item, tags.review_status, self.lost, found)

    def cut(self):
        """Return what is before, in and after the braces."""
        if gift_ordering.is_ordering(self.source.text):
            parts = gift_ordering.split_ordering(self.source.text)
            if not parts:
                raise UnreadableQuestion(_("End the answers with “}”."))
            return parts
        return _cut(self.source.text)

    def lose_besides(self, tags, key):
        self.lost += [(losses.TAGS, tag) for tag in tags]
        if self.source.id_number and not key:
            self.lost.append((losses.IDS, self.source.id_number))

    # Texts

    def format_of(self, source):
        """Return the format, by the prefix or from the question, and the rest."""
        prefix = _FORMAT.match(source)
        if not prefix:
            return self.form, source
        return prefix[1].lower(), source[prefix.end() :]

    def text(self, source, form=""):
        if not form:
            form, source = self.format_of(source)
        found = texts.plain_text_of(unescape_gift(source), form)
        self.lost += found.lost
        return found.text

    def answers(self, source):
        """Return the answers as read by the first shape that recognises them."""
        if not source.strip():
            raise LeftOut(_("an essay question"))
        tried = (shape.read_gift(source, self) for shape in SHAPES.values())
        return next(filter(None, tried))


def _cut(source):
    braces = [m for m in _BRACE.finditer(source) if m[1]]
    if not braces:
        raise LeftOut(_("text without answers"))
    if [m[1] for m in braces] != ["{", "}"]:
        raise UnreadableQuestion(
            _(
                "Put one “{” and one “}” around the answers, with no blank line "
                "between them. To use a brace in the text, type \\{ or \\}."
            )
        )
    start, end = braces
    inside = source[start.end() : end.start()]
    return source[: start.start()], inside, source[end.end() :]


def _opening(head):
    title = _TITLE.match(head)
    return (title[1], head[title.end() :]) if title else ("", head)


def _general(inside):
    """Return the answers, and the feedback on the question as a whole."""
    found = _GENERAL.match(inside)
    return (found[1], found[2]) if found else (inside, "")
