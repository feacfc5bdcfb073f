"""Convert the few tags of a lesson's rich text to Markdown."""

import re
import unicodedata
from string import punctuation

from bs4 import BeautifulSoup, NavigableString, Tag

_SPECIAL = re.compile(r"[\\`*_<]|&(?=#?\w+;)|(?<=\])[(:]")
_FIRST = re.compile(r"^(#{1,6}(?=\s|$)|[>+~-]|\d+(?=[.)](\s|$)))")
_BOLD, _ITALICS = {"b", "strong"}, {"i", "em"}
_BREAK = "\x00"  # never occurs in text
_SIGNS = {
    "\x01": "**",
    "\x02": "*",
    "\x03": "_",
    "\x04": "**",
    "\x05": "*",
    "\x06": "_",
}
"""Placeholders for opening and closing marks while a line is written.

These never occur in text either.
"""
_NEIGHBOUR = re.compile(
    r"[^\s\x00-\x06](?=\x03|[\x01\x02][\W_])"
    r"|(?<=\x06)[^\s\x00-\x06]|(?<=[\W_][\x04\x05])[^\s\x00-\x06]"
)
_LISTS = {"ul": ("-", "*"), "ol": (".", ")")}


def html_to_markdown(html: str) -> str:
    """Return the rich text as Markdown, without what Markdown cannot express."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    return "\n\n".join(_blocks(soup.div))


def _blocks(parent: Tag) -> list[str]:
    """Return paragraphs and lists. Adjacent lists get different markers."""
    blocks: list[str] = []
    turn, before = 0, ""
    for run in _runs(parent):
        name = run[0].name or ""
        if name in _LISTS:
            turn = 1 - turn if name == before else 0
            blocks.append(_list(run[0], _LISTS[name][turn]))
        else:
            blocks.append(_paragraph(run))
        before = name
    return [block for block in blocks if block]


def _runs(parent: Tag) -> list[list]:
    """Return the children, grouping those that share a line of text."""
    runs: list[list] = []
    loose = False
    for child in parent.children:
        is_block = child.name in ("p", *_LISTS)
        if loose and not is_block:
            runs[-1].append(child)
        else:
            runs.append([child])
        loose = not is_block
    return runs


def _paragraph(run: list) -> str:
    inside = "".join(_inline(node) for node in run).split(_BREAK)
    lines = (re.sub(r"\s*\n\s*", " ", part).strip() for part in inside)
    lines = [_marked(_FIRST.sub(_escaped_start, line)) for line in lines if line]
    return "\\\n".join(lines)


def _marked(line: str) -> str:
    """Write the marks, with letters that would disable a mark written as numbers.

    CommonMark reads `6**(x)**` as text, because a mark inside a word does not count
    next to punctuation. `&#54;**(x)**` is read as bold (section 6.2, delimiter runs).
    """
    numbered = _NEIGHBOUR.sub(_numbered, line)
    while numbered != line:  # A number itself begins and ends with punctuation.
        line, numbered = numbered, _NEIGHBOUR.sub(_numbered, numbered)
    return "".join(_SIGNS.get(letter, letter) for letter in line)


def _numbered(match):
    letter = match[0]
    is_sign = letter in punctuation or unicodedata.category(letter).startswith("P")
    return letter if is_sign else f"&#{ord(letter)};"


def _escaped_start(match):
    return f"{match[1]}\\" if match[1].isdecimal() else f"\\{match[1]}"


def _list(tag: Tag, sign: str) -> str:
    items = tag.find_all("li", recursive=False)
    lines = []
    for number, item in enumerate(items, start=1):
        lead = f"{number}{sign} " if tag.name == "ol" else f"{sign} "
        inside = "\n".join(_blocks(item)).replace("\n", "\n" + " " * len(lead))
        lines.append(f"{lead}{inside}")
    return "\n".join(lines)


def _inline(node) -> str:
    if isinstance(node, NavigableString):
        return _SPECIAL.sub(r"\\\g<0>", str(node))
    if node.name == "br":
        return _BREAK
    inside = "".join(_inline(child) for child in node.children)
    if node.name == "a" and node.get("href"):
        return _around(inside, "[", f"]({_address(node['href'])})")
    if node.name in ("sup", "sub"):
        return _around(inside, f"<{node.name}>", f"</{node.name}>")
    if marks := _marks(node):
        return _around(inside, *marks)
    return inside or " "


def _marks(node: Tag) -> tuple[str, str] | None:
    """Return the marks for bold or italics, so that no asterisks run together."""
    if node.name in _BOLD:
        return "\x01", "\x04"
    if node.name not in _ITALICS:
        return None
    near = (node.parent, node.previous_sibling, node.next_sibling)
    beside_bold = any(getattr(other, "name", None) in _BOLD for other in near)
    return ("\x03", "\x06") if beside_bold else ("\x02", "\x05")


def _around(inside: str, before: str, after: str) -> str:
    """Return the text between its marks, which must not be next to a space."""
    words = inside.strip()
    if not words:
        return inside
    start, end = inside.split(words, 1)
    return f"{start}{before}{words}{after}{end}"


def _address(href: str) -> str:
    return f"<{href}>" if re.search(r"[\s()\\*_&]", href) else href
