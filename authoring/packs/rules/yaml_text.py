"""Read YAML as authors mean it, and keep the line of each value.

Every scalar stays text. The schema decides what is a number, a date or a boolean, so
that a table cell with `No` does not become False.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

Path = tuple[str | int, ...]

_ADVICE = [
    ("mapping values are not", "Put quotes around text that contains “: ”."),
    (r"found character '\\t'", "Indent with spaces, not tabs."),
    (r"found character '(.)'", r"Put quotes around text that starts with “\1”."),
    (
        "expected alphabetic or numeric character",
        "Put quotes around text that starts with “*” or “&”.",
    ),
    (
        "unexpected end of stream",
        "This text has no closing quotation mark.",
    ),
    (
        "could not find expected ':'",
        "Write a name with a colon here, or indent the text.",
    ),
    (
        "expected ',' or",
        "Close this bracket, or put quotes around text that contains brackets.",
    ),
    (
        "expected <block end>, but found '(<scalar>|<flow sequence start>)'",
        "There is text after a closing quotation mark or bracket, or the indentation "
        "is wrong. Put quotes around the whole text.",
    ),
    (
        "expected <block end>",
        "This line is not aligned with the others. Fix the indentation.",
    ),
    (
        "expected a comment or a line break",
        "Put quotes around text that starts with “|” or “>”, or write it on the "
        "lines below.",
    ),
    (
        "sequence entries are not allowed",
        "Start the list on the next line, each entry with “- ”.",
    ),
]
# What no database stores, and no editor shows. Quoted text can name any of them.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_REMOVE_INVISIBLE = "Remove the invisible character in this text."
_MARKS = {"&": "anchor", "!": "tag"}


class _Composer(yaml.SafeLoader):
    """Rejects aliases, anchors and tags, which YAML would drop without a warning."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _needs_quotes("*", event)
        for sign, attribute in _MARKS.items():
            if getattr(event, attribute, None) is not None:
                raise _needs_quotes(sign, event)
        return super().compose_node(parent, index)


def _needs_quotes(sign: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(
        problem=f"found character '{sign}'", problem_mark=event.start_mark
    )


@dataclass(frozen=True)
class YamlText:
    """The content of a piece of YAML as `data` (dicts, lists, strings) and its lines.

    `lines` has the line of each name, `text_lines` the line where each text starts.
    """

    data: Any
    lines: dict[Path, int]
    text_lines: dict[Path, int]

    def line_of(self, path: Path) -> int:
        """Return the line of a value, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines[path]


def read_yaml(
    text: str, first_line: int, report: Callable[[int, str], None]
) -> YamlText:
    """Return the content of the text; its first line is `first_line` of the file.

    If it cannot be read, the problem is reported with its line, and `data` is None.
    """
    reader = _YamlReader(first_line, report)
    data = None
    try:
        root = yaml.compose(text, Loader=_Composer)
        data = reader.value(root, ()) if root else {}
    except yaml.MarkedYAMLError as error:
        report(first_line + _lines_above(error), _advice(error.problem or ""))
    except yaml.YAMLError:
        report(first_line, _REMOVE_INVISIBLE)
    return YamlText(data, reader.lines | {(): first_line - 1}, reader.text_lines)


def _lines_above(error: yaml.MarkedYAMLError) -> int:
    """Return the lines above the error, or above an unclosed bracket or quote."""
    problem = error.problem or ""
    unclosed = "stream" in problem or problem.startswith("expected ','")
    mark = error.context_mark if unclosed else error.problem_mark
    return mark.line if mark else 0


def _advice(problem: str) -> str:
    for pattern, advice in _ADVICE:
        if match := re.search(pattern, problem):
            return match.expand(advice)
    return f"This is not valid YAML ({problem}). Try putting quotes around the text."


class _YamlReader:
    def __init__(self, first_line: int, report: Callable[[int, str], None]):
        self.first_line = first_line
        self.report = report
        self.lines: dict[Path, int] = {}
        self.text_lines: dict[Path, int] = {}

    def value(self, node: Any, path: Path) -> Any:
        self.lines.setdefault(path, self._line(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(entry, (*path, n)) for n, entry in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        below = 1 if node.style in ("|", ">") else 0
        self.text_lines[path] = self._line(node) + below
        self._check(node)
        return node.value

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in node.value:
            name, line = str(key.value), self._line(key)
            self._check(key)
            if name in found:
                self.report(line, f"“{name}” appears here twice. Keep one of them.")
            self.lines[*path, name] = line
            found[name] = self.value(value, (*path, name))
        return found

    def _check(self, node: yaml.Node) -> None:
        if _INVISIBLE.search(str(node.value)):
            self.report(self._line(node), _REMOVE_INVISIBLE)

    def _line(self, node: yaml.Node) -> int:
        return self.first_line + node.start_mark.line
