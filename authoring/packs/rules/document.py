"""Split a Markdown file into its pieces: front matter, headings, prose and fences."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

Report = Callable[[int, str], None]

_HEADING = re.compile(r"(?P<title>.*?)\s*\{#(?P<anchor>[^}]*)\}\s*\Z")
_ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@dataclass(frozen=True)
class PackHeading:
    """A heading, or the title of a fold if `folds` is true."""

    line: int
    title: str
    anchor: str
    folds: bool = False


@dataclass(frozen=True)
class Prose:
    line: int
    markdown: str


@dataclass(frozen=True)
class Fence:
    """A block: its name, and the YAML inside it, which starts on the next line."""

    line: int
    name: str
    yaml: str


Piece = PackHeading | Prose | Fence


def split_front_matter(text: str, report: Report) -> tuple[str | None, str, int]:
    """Return the front matter, what follows it, and the line where that begins.

    If there is no front matter, this is reported and the front matter is None.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        report(1, "Start the file with a line of “---”, followed by the front matter.")
        return None, text, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            front, body = lines[1:number], lines[number + 1 :]
            return "\n".join(front), "\n".join(body), number + 2
    report(1, "The front matter does not end. Add a line of “---” below it.")
    return None, "", len(lines)


def split_body(body: str, first_line: int, report: Report) -> Iterator[Piece]:
    """Yield the pieces of the body in order, each with its line."""
    lines = body.split("\n")
    prose_from = 0
    for token in _top_level(body):
        start, end = token.map or (0, 0)
        yield from _prose(lines, prose_from, start, first_line)
        if token.type == "fence":
            yield _fence(token, lines, first_line, report)
        else:
            yield from _heading(token, lines[start], first_line + start, report)
        prose_from = end
    yield from _prose(lines, prose_from, len(lines), first_line)


def _top_level(body: str) -> list[Token]:
    return [
        token
        for token in MarkdownIt("commonmark").parse(body)
        if token.level == 0 and token.type in ("fence", "heading_open")
    ]


def _prose(lines: list[str], start: int, end: int, first_line: int) -> Iterator[Prose]:
    while start < end and not lines[start].strip():
        start += 1
    if start < end:
        yield Prose(first_line + start, "\n".join(lines[start:end]).rstrip())


def _fence(token: Token, lines: list[str], first_line: int, report: Report) -> Fence:
    start, end = token.map or (0, 0)
    if end - start < 2 or not lines[end - 1].strip().startswith(token.markup):
        report(first_line + start, "This block does not end. Add “```” below it.")
    return Fence(first_line + start, token.info.strip(), token.content)


def _heading(
    token: Token, source: str, line: int, report: Report
) -> Iterator[PackHeading]:
    if token.tag not in ("h2", "h3") or not token.markup.startswith("#"):
        report(line, "Start headings with “## ” and folds with “### ”.")
        return
    named = _HEADING.match(source.lstrip().removeprefix(token.markup).strip())
    if not named or not _ANCHOR.match(named["anchor"]) or not named["title"]:
        report(
            line,
            "End the heading with its anchor in braces, such as “## How it works "
            "{#how-it-works}”. Use lower-case letters, digits and hyphens.",
        )
        return
    folds = token.tag == "h3"
    yield PackHeading(line, named["title"], named["anchor"], folds)
