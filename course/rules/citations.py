"""Show which sources a text cites: one superscript for each paragraph. Pure.

Where a claim about benefit says on which rung of the ladder of evidence it stands, the
sign of the ladder follows.
"""

import re
from collections.abc import Callable, Iterable
from html import escape

from course.rules.markers import MARKER, cited_by

# A marker with the space before it, or a tag at which a paragraph or cell ends.
_PARTS = re.compile(rf"\s*{MARKER.pattern}|(?=</(?:p|li|td|th|dd|dt)>|<[uo]l\b)")
_LINK = re.compile(r'<a href="#source-([A-Z]+\d+)">')
_BACK = re.compile(r'<a class="app-back" href="#cited-([A-Z]+\d+)".*?</a>', re.DOTALL)


def gather_citations(html: str, sign_of: Callable[[int], str]) -> str:
    """Return the HTML with the markers of each paragraph as one superscript at its end.

    The superscript links to `#source-` and the id of each source. `sign_of` returns the
    HTML for a rung, which follows.
    """
    markers: list[re.Match[str]] = []
    pieces, start = [], 0
    for match in _PARTS.finditer(html):
        pieces.append(html[start : match.start()])
        start = match.end()
        if match["ids"]:
            markers.append(match)
        else:
            pieces.append(_end_of_paragraph(markers, sign_of))
            markers = []
    return "".join(pieces) + html[start:] + _end_of_paragraph(markers, sign_of)


def _end_of_paragraph(
    markers: Iterable[re.Match[str]], sign_of: Callable[[int], str]
) -> str:
    cited = dict.fromkeys(handle for marker in markers for handle in cited_by(marker))
    rungs = dict.fromkeys(int(m["rung"]) for m in markers if m["rung"])
    return (_superscript(cited) if cited else "") + "".join(map(sign_of, rungs))


def _superscript(handles: Iterable[str]) -> str:
    names = map(escape, handles)
    links = ", ".join(f'<a href="#source-{name}">{name}</a>' for name in names)
    return f'<sup class="app-cite">{links}</sup>'


def link_back(html: str) -> str:
    """Return a page on which each listed source links back to where it is cited first.

    A link back is left out if nothing on the page cites the source.
    """
    cited: set[str] = set()

    def anchored(match: re.Match[str]) -> str:
        handle = match[1]
        if handle in cited:
            return match[0]
        cited.add(handle)
        return f'<a id="cited-{handle}" href="#source-{handle}">'

    html = _LINK.sub(anchored, html)
    return _BACK.sub(lambda match: match[0] if match[1] in cited else "", html)
