"""Classes that a page's own style sheet strikes out, raises or lowers. Pure.

Google Docs and Word use classes only: 10⁹ is `10<span class="c4">9</span>` there.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

_CLASS = re.compile(r"(?:[a-z0-9]{1,10})?\.([\w-]{1,80})\Z", re.IGNORECASE)
_MOST_SHEETS = 50
STRUCK = "text-decoration:line-through"
KNOWN = {
    "line-through": STRUCK,
    "strikethrough": STRUCK,
    "superscript": "vertical-align:super",
    "subscript": "vertical-align:sub",
}
"""Classes that frameworks and editors call so, wherever their style sheet is."""


def of_classes(html: str) -> dict[str, str]:
    """Return class → style for each class that has a meaning."""
    found = dict(KNOWN)
    for sheet in islice(_sheets(html), _MOST_SHEETS):
        for selectors, body in _rules(sheet):
            meant = ";".join(filter(None, map(_meant, body.split(";"))))
            for selector in selectors.split(",") if meant else ():
                if named := _CLASS.match(selector.strip()):
                    found[named[1]] = meant
    return found


def _sheets(html: str) -> Iterator[str]:
    """Yield the contents of `style` tags, without comments, in linear time."""
    lower, here = html.lower(), 0
    while (start := lower.find("<style", here)) >= 0:
        here = lower.find("</style", start)
        if here < 0:
            return
        first, *others = html[start:here].partition(">")[2].split("/*")
        yield " ".join([first, *(other.partition("*/")[2] for other in others)])


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield selectors with their declarations, also of rules within `@media`."""
    for rule in sheet.split("}"):
        before, _brace, body = rule.rpartition("{")
        yield before.rpartition("{")[2], body


def _meant(declaration: str) -> str:
    """Return the part of a declaration that changes the meaning of text, or ""."""
    name, _sign, value = declaration.partition(":")
    name, value = name.strip().lower(), value[:200].strip().lower()
    if name.startswith("text-decoration") and "line-through" in value:
        return STRUCK
    is_raised = name == "vertical-align" and value.startswith(("super", "sub"))
    return f"vertical-align:{value}" if is_raised else ""


def with_classes(
    attributes: dict[str, str | None], styles: Mapping[str, str]
) -> dict[str, str | None]:
    """Return the attributes, with the meaning of their classes in `style`."""
    classes = (attributes.get("class") or "").split()
    meant = [styles[name] for name in classes if name in styles]
    if not meant:
        return attributes
    return {**attributes, "style": ";".join([attributes.get("style") or "", *meant])}
