"""The few tags of a lesson's rich text as Markdown."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag

_SPECIAL = re.compile(r"[\\`*_<]|&(?=#?\w+;)|(?<=\])[(:]")
_FIRST = re.compile(r"^(#{1,6}(?=\s|$)|[>+~-]|\d+(?=[.)](\s|$)))")
_BOLD, _ITALICS = {"b", "strong"}, {"i", "em"}
_BREAK = "\x00"  # no text holds one
_LISTS = {"ul": ("-", "*"), "ol": (".", ")")}


def from_html(html: str) -> str:
    """Return the rich text as Markdown; what Markdown lacks is left out."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    return "\n\n".join(_blocks(soup.div))


def _blocks(parent: Tag) -> list[str]:
    """Return paragraphs and lists. Neighbouring lists get unlike signs to stay apart."""
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
    """Return the children, those that share a line of text together."""
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
    return "\\\n".join(_FIRST.sub(_escaped_start, line) for line in lines if line)


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
    mark = _mark(node)
    return _around(inside, mark, mark) if mark else inside or " "


def _mark(node: Tag) -> str:
    """Return the sign around bold text or italics; stars would run together."""
    if node.name in _BOLD:
        return "**"
    near = (node.parent, node.previous_sibling, node.next_sibling)
    beside_bold = any(getattr(other, "name", None) in _BOLD for other in near)
    return ("_" if beside_bold else "*") if node.name in _ITALICS else ""


def _around(inside: str, before: str, after: str) -> str:
    """Return the text between its marks, which may not stand beside a space."""
    words = inside.strip()
    if not words:
        return inside
    start, end = inside.split(words, 1)
    return f"{start}{before}{words}{after}{end}"


def _address(href: str) -> str:
    return f"<{href}>" if re.search(r"[\s()\\*_&]", href) else href
