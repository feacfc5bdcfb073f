"""CSS classes of a page that strike out, raise or lower text. Pure.

Google Docs and Word write only classes: 10⁹ is `10<span class="c4">9</span>`.
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
"""Class names that frameworks and editors use, whose style sheet may be elsewhere."""


def styles_by_class(html: str) -> dict[str, str]:
    """Return class → style for each class that strikes out, raises or lowers text."""
    found = dict(KNOWN)
    for sheet in islice(_sheets(html), _MOST_SHEETS):
        for selectors, body in _rules(sheet):
            meant = ";".join(filter(None, map(_meant, body.split(";"))))
            for selector in selectors.split(",") if meant else ():
                if named := _CLASS.match(selector.strip()):
                    found[named[1]] = meant
    return found


def _sheets(html: str) -> Iterator[str]:
    """Yield the content of each `style` tag without comments, in linear time."""
    lower, here = html.lower(), 0
    while (start := lower.find("<style", here)) >= 0:
        here = lower.find("</style", start)
        if here < 0:
            return
        first, *others = html[start:here].partition(">")[2].split("/*")
        yield " ".join([first, *(other.partition("*/")[2] for other in others)])


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Yield the selectors and declarations of each rule, including those in `@media`."""
    for rule in sheet.split("}"):
        before, _brace, body = rule.rpartition("{")
        yield before.rpartition("{")[2], body


def _meant(declaration: str) -> str:
    """Return the declaration if it strikes out, raises or lowers text, otherwise ""."""
    name, _sign, value = declaration.partition(":")
    name, value = name.strip().lower(), value[:200].strip().lower()
    if name.startswith("text-decoration") and "line-through" in value:
        return STRUCK
    is_raised = name == "vertical-align" and value.startswith(("super", "sub"))
    return f"vertical-align:{value}" if is_raised else ""


def with_classes(
    attributes: dict[str, str | None], styles: Mapping[str, str]
) -> dict[str, str | None]:
    """Return the attributes with the styles of their classes added to `style`."""
    classes = (attributes.get("class") or "").split()
    meant = [styles[name] for name in classes if name in styles]
    if not meant:
        return attributes
    return {**attributes, "style": ";".join([attributes.get("style") or "", *meant])}
