"""Add elements to Moodle XML."""

# Only used for writing. Uploaded files are read with defusedxml.
from xml.etree.ElementTree import Element, SubElement

# Characters that XML cannot represent, even escaped.
_UNSAYABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_UNSAYABLE |= dict.fromkeys(range(0xD800, 0xE000))


def xml_safe(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return text.translate(_UNSAYABLE)


def add_text(parent: Element, name: str, text: str, **attributes: str) -> Element:
    """Add an element with a nested text, as Moodle does. Return the element."""
    element = SubElement(parent, name, attributes)
    SubElement(element, "text").text = xml_safe(text)
    return element


def add_value(parent: Element, name: str, value: str) -> None:
    """Add an element with a single value, such as a setting."""
    SubElement(parent, name).text = xml_safe(value)


def add_answer(parent: Element, fraction: str, text: str, feedback: str) -> Element:
    """Add an answer with its percentage of the marks. Return the element."""
    answer = SubElement(parent, "answer", fraction=fraction, format="plain_text")
    SubElement(answer, "text").text = xml_safe(text)
    add_text(answer, "feedback", feedback, format="plain_text")
    return answer
