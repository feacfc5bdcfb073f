"""One question of a Moodle XML file."""

from dataclasses import replace
from xml.etree.ElementTree import Element  # Only the type.

from django.utils.translation import gettext as _

from authoring.questions.formats import losses, texts
from authoring.questions.formats.moodle_values import COMBINED_FEEDBACK
from authoring.questions.formats.xml_tree import inner_html
from authoring.questions.items import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    Item,
    Option,
    read_tags,
    tidy,
    uuid_in,
)
from quizzes.soundness import ORDERING

TYPES = ("multichoice", "truefalse", "ordering")
_READ = {"name", "questiontext", "generalfeedback", "idnumber", "answer", "tags"}
_READ |= {"single"}
_FORMATS = {
    "html": texts.HTML,
    "moodle_auto_format": texts.MOODLE,
    "plain_text": texts.PLAIN,
    "markdown": texts.MARKDOWN,
}
_FULL = 99.9


class UnreadableQuestion(Exception):
    """The message says what to mend in the question."""


def read(element: Element) -> tuple[Item, str, list[tuple[str, str]]]:
    """Return the question, how far its tags say it is checked, and what is lost of it.

    Raises UnreadableQuestion.
    """
    reader = _Reader(element)
    return reader.item(), reader.tags.standing, reader.lost


class _Reader:
    def __init__(self, element: Element):
        self.element = element
        self.lost: list[tuple[str, str]] = []
        texts_of_tags = [
            tidy(t.findtext("text", "")) for t in element.iterfind("tags/tag")
        ]
        self.tags = read_tags(filter(None, texts_of_tags))
        asked = element.find("questiontext")
        self.form = "html" if asked is None else asked.get("format", "html")

    def item(self) -> Item:
        kind = self.kind()
        item = Item(
            kind=kind,
            stem=self.text(self.element.find("questiontext")),
            options=self.options(kind),
            handle=tidy(self.element.findtext("name/text", "")),
            key=uuid_in(self.element.findtext("idnumber", "")),
            feedback=self.text(self.element.find("generalfeedback")),
            critical=self.tags.critical,
            sources=self.tags.sources,
            answered_in=self.tags.answered_in,
        )
        self.lose_besides(item.key)
        return item

    def kind(self):
        moodles = self.element.get("type", "")
        if moodles == "truefalse":
            return TRUE_FALSE
        if moodles == "ordering":
            return ORDERING
        single = self.element.findtext("single", "true").strip().lower()
        return self.tags.kind or (SINGLE if single in ("true", "1") else MULTIPLE)

    def options(self, kind):
        answers = self.element.findall("answer")
        weights = [_weight(answer) for answer in answers]
        if kind == MULTIPLE:
            self.lost += losses.of_weights(weights)
        if kind == ORDERING and weights != sorted(weights):
            # Moodle goes by the places; whoever wrote the numbers may mean them.
            numbers = ", ".join(f"{weight:g}" for weight in weights)
            self.lost.append((losses.ORDER, numbers))
        pairs = zip(answers, weights, strict=True)
        options = tuple(self.option(answer, kind, weight) for answer, weight in pairs)
        if self.element.get("type") == "truefalse":
            return tuple(replace(o, text=o.text.capitalize()) for o in options)
        return options

    def option(self, answer, kind, weight):
        words = self.text(answer)
        is_part = 0 < weight < _FULL or weight < 0
        if kind in (SINGLE, TRUE_FALSE) and is_part:
            self.lost.append((losses.PART, words))
        is_right = weight > 0 if kind == MULTIPLE else weight >= _FULL
        return Option(
            text=words,
            right=kind != ORDERING and is_right,
            feedback=self.text(answer.find("feedback")),
        )

    def text(self, holder: Element | None) -> str:
        """Return the words of what holds a `text`; what names no format has the stem's."""
        if holder is None:
            return ""
        if holder.find("file") is not None:
            self.lost.append((losses.PICTURES, ""))
        held = holder.find("text")
        source = "" if held is None else inner_html(held)
        form = _FORMATS.get(holder.get("format", self.form), texts.HTML)
        found = texts.read_text(source, form)
        self.lost += found.lost
        return found.text

    def lose_besides(self, key):
        """Name what the question holds besides; settings have no words."""
        self.lost += [(losses.TAGS, tag) for tag in self.tags.unknown]
        id_number = tidy(self.element.findtext("idnumber", ""))
        if id_number and not key:
            self.lost.append((losses.IDS, id_number))
        for child in self.element:
            if child.tag not in _READ:
                self.lose_part(child)

    def lose_part(self, child):
        held = child.find("text")
        if held is None and len(child) == 0:
            self.lost.append((losses.SETTINGS, child.tag))
        elif held is None or inner_html(held).strip():
            is_combined = child.tag in COMBINED_FEEDBACK
            loss = losses.COMBINED if is_combined else losses.PARTS
            self.lost.append((loss, "" if is_combined else child.tag))


def _weight(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError as error:
        message = _("“fraction” of an answer must be a number.")
        raise UnreadableQuestion(message) from error
