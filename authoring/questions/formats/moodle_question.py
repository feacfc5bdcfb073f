"""Read one question of a Moodle XML file."""

from xml.etree.ElementTree import Element  # Only the type.

from authoring.questions.formats import losses, texts
from authoring.questions.formats.moodle_values import COMBINED_FEEDBACK
from authoring.questions.formats.shapes import MOODLE_TYPES
from authoring.questions.formats.xml_tree import inner_html
from authoring.questions.rules.items import ExchangedItem, read_tags, tidy_text, uuid_in

_READ = {"name", "questiontext", "generalfeedback", "idnumber", "answer", "tags"}
_FORMATS = {
    "html": texts.HTML,
    "moodle_auto_format": texts.MOODLE,
    "plain_text": texts.PLAIN,
    "markdown": texts.MARKDOWN,
}


def read_moodle_question(
    element: Element,
) -> tuple[ExchangedItem, str, list[tuple[str, str]]]:
    """Return the question, the review status in its tags, and its losses.

    Raises UnreadableQuestion.
    """
    reader = _MoodleQuestionReader(element)
    return reader.item(), reader.tags.review_status, reader.lost


class _MoodleQuestionReader:
    def __init__(self, element: Element):
        self.element = element
        self.lost: list[tuple[str, str]] = []
        texts_of_tags = [
            tidy_text(t.findtext("text", "")) for t in element.iterfind("tags/tag")
        ]
        self.shape = MOODLE_TYPES[element.get("type", "")]
        self.tags = read_tags(filter(None, texts_of_tags))
        self.tagged_kind, self.tagged_unit = self.tags.kind, self.tags.unit
        asked = element.find("questiontext")
        self.form = "html" if asked is None else asked.get("format", "html")

    def item(self) -> ExchangedItem:
        stem = self.text(self.element.find("questiontext"))
        answers = self.shape.read_xml(self.element, self)
        item = ExchangedItem(
            kind=answers.kind,
            stem=stem,
            options=answers.options,
            handle=tidy_text(self.element.findtext("name/text", "")),
            key=uuid_in(self.element.findtext("idnumber", "")),
            feedback=self.text(self.element.find("generalfeedback"))
            or answers.feedback,
            critical=self.tags.critical,
            sources=self.tags.sources,
            answered_in=self.tags.answered_in,
            tolerance=answers.tolerance,
            unit=answers.unit,
        )
        self.lose_besides(item.key)
        return item

    def text(self, holder: Element | None, form: str = "") -> str:
        """Return the text of an element. Its format defaults to the stem's."""
        if holder is None:
            return ""
        if holder.find("file") is not None:
            self.lost.append((losses.PICTURES, ""))
        held = holder.find("text")
        source = "" if held is None else inner_html(held)
        form = form or _FORMATS.get(holder.get("format", self.form), texts.HTML)
        found = texts.plain_text_of(source, form)
        self.lost += found.lost
        return found.text

    def lose_besides(self, key):
        """Record as lost all else that the question contains."""
        self.lost += [(losses.TAGS, tag) for tag in self.tags.unknown]
        id_number = tidy_text(self.element.findtext("idnumber", ""))
        if id_number and not key:
            self.lost.append((losses.IDS, id_number))
        for child in self.element:
            if child.tag not in _READ | self.shape.moodle_parts:
                self.lose_part(child)

    def lose_part(self, child):
        held = child.find("text")
        if held is None and len(child) == 0:
            self.lost.append((losses.SETTINGS, child.tag))
        elif held is None or inner_html(held).strip():
            is_combined = child.tag in COMBINED_FEEDBACK
            loss = losses.COMBINED if is_combined else losses.PARTS
            self.lost.append((loss, "" if is_combined else child.tag))
