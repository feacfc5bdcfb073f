"""Convert HTML to text with the same meaning, leaving out what is struck out."""

from collections.abc import Iterator
from dataclasses import dataclass

from authoring.questions.formats import losses
from authoring.questions.formats.html_tokens import Tag, html_tokens, is_likely
from authoring.questions.formats.tables import MOST_ROWS, Grid
from authoring.questions.rules.items import tidy_text
from course.rules.raised import to_subscript, to_superscript

_STRUCK = {"s", "strike", "del"}
_RAISED = {"sup": ("^", to_superscript), "sub": ("_", to_subscript)}
_PICTURES = {"img", "audio", "video", "iframe", "object", "embed", "svg", "canvas"}
_PICTURES |= {"source", "map", "picture"}
_UNREMARKABLE = {"p", "br", "span", "div", "ins", "html", "body", "head", "tbody"}
_UNREMARKABLE |= {"thead", "tfoot", "tr", "td", "th", "li", "sup", "sub", "caption"}
_LAYOUT = {"table", "ul", "ol", "dl", "menu"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "hr"}
_BLOCKS |= {"dt", "dd", "section", "article", "header", "footer", "aside", "figure"}
_BLOCKS |= {"figcaption", "address", "details", "summary", "fieldset", "legend"}
_BLOCKS |= {"form", "center", "main", "nav", "option", "select", "caption"} | _LAYOUT
_INLINE = {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code"}
_INLINE |= {"data", "dfn", "em", "font", "i", "input", "kbd", "label", "mark", "math"}
_INLINE |= {"mfrac", "mi", "mn", "mo", "mrow", "msub", "msup", "nobr", "q", "samp"}
_INLINE |= {"small", "strong", "textarea", "time", "tt", "u", "var", "wbr", "link"}
_INLINE |= {"meta", "script", "style", "template", "title", "noscript", "col", "param"}
_INLINE |= {"colgroup", "track", "area", "ruby", "rt", "rp", "semantics", "annotation"}
_KNOWN = _BLOCKS | _INLINE | _STRUCK | _PICTURES | _UNREMARKABLE
_EMPTY = {"br", "hr", "img", "input", "wbr", "link", "meta", "col", "param", "source"}
_EMPTY |= {"embed", "track", "area"}
_OF_TABLES = {"table", "thead", "tbody", "tfoot", "tr", "td", "th"}
_INDENT = "\x01"
_DEEPEST = 6


@dataclass(frozen=True)
class PlainText:
    """A text, and what was lost in the conversion: kinds of loss with their details."""

    text: str
    lost: tuple[tuple[str, str], ...] = ()


def html_to_plain_text(html: str, *, keeps_lines: bool = False) -> PlainText:
    """Return the HTML as text. `keeps_lines` keeps its line breaks."""
    reader = _MarkupReader(keeps_lines)
    for token in html_tokens(html):
        reader.take(token)
    return reader.finished()


class _MarkupReader:
    def __init__(self, keeps_lines):
        self.keeps_lines = keeps_lines
        self.lost: dict[tuple[str, str], None] = {}
        self.sinks: list[list[str]] = [[]]
        self.open: list[str] = []
        self.count: dict[str, int] = {}
        self.lists: list[int | None] = []
        self.struck: list[str] = []
        self.raised: list[str] = []
        self.is_raised_inside = False
        self.grid: Grid | None = None

    # What is read

    def take(self, token: Tag | str):
        if isinstance(token, str):
            self.words(token)
        elif self.is_odd(token):
            self.lose(losses.ODD_TAGS, losses.first_words(token.source))
            self.words(token.source)
        elif token.is_end:
            self.end(token.name)
        else:
            self.start(token)

    def is_odd(self, tag):
        if ":" in tag.name or self.count.get("math"):
            return False
        return tag.name not in _KNOWN or not is_likely(tag)

    def words(self, text):
        text = text.replace(_INDENT, "")
        if self.is_struck:
            self.struck.append(text)
        elif not (self.keeps_lines or self.count.get("pre")):
            self.put(text.replace("\n", " "))
        else:
            self.put(text)

    def put(self, text):
        if not self.is_struck:
            self.sinks[-1].append(text)

    def lose(self, loss, detail=""):
        self.lost[loss, detail] = None

    @property
    def is_struck(self):
        return bool(self.count.get("struck"))

    # Tags

    def start(self, tag: Tag):
        name = tag.name
        self.name_loss(tag)
        if name in _BLOCKS or name == "br":
            self.put("\n")
        elif self.count.get("math"):
            self.put(" ")
        if name in ("ul", "ol", "menu"):
            self.lists.append(None if name != "ol" else _number(tag, "start") - 1)
        elif name == "li":
            self.item()
        elif name in _OF_TABLES:
            self.table(tag)
        elif name == "q":
            self.put("“")
        if name not in _EMPTY and not tag.source.endswith("/>"):
            self.push(name, _means(tag))

    def name_loss(self, tag):
        if tag.name in _LAYOUT:
            self.lose(losses.LAYOUT)
        elif tag.name in _PICTURES:
            self.lose(
                losses.PICTURES, losses.first_words(tag.attributes.get("alt", ""))
            )
        elif tag.name == "math":
            self.lose(losses.FORMULA)
        elif tag.name not in _STRUCK | _UNREMARKABLE:
            self.lose(losses.MARKUP, tag.name)

    def push(self, name, meaning):
        """Remember the open element. Raised text is not raised again.

        A cell outside a table is none, and may not close the table that it holds.
        """
        if name in _OF_TABLES and name != "table" and not self.grid:
            return
        if meaning in self.raised:
            meaning = ""
        elif meaning in _RAISED:
            self.raised.append(meaning)
            self.sinks.append([])
            meaning = "raised"
        self.open.append(f"{name} {meaning}")
        for part in (name, meaning):
            self.count[part] = self.count.get(part, 0) + 1

    def end(self, name):
        """Close the innermost element of this name and all that are open inside it."""
        while self.count.get(name):
            self.pop()
            if self.popped == name:
                break
        if name in _BLOCKS or name in ("li", "tr"):
            self.put("\n")

    def pop(self):
        name, meaning = self.open.pop().split(" ")
        self.popped = name
        for part in (name, meaning):
            self.count[part] -= 1
        if meaning == "raised":
            self.end_raised("".join(self.sinks.pop()))
        if meaning == "struck" and not self.is_struck:
            self.lose(losses.STRUCK, losses.first_words("".join(self.struck)))
            self.struck = []
        if name in ("ul", "ol", "menu") and self.lists:
            self.lists.pop()
        elif name == "q":
            self.put("”")
        elif self.grid and name in ("td", "th"):
            self.end_cell()
        elif self.grid and name == "table":
            self.end_table()

    def end_raised(self, text):
        """Write superscript or subscript text, using brackets if they are nested."""
        sign, say = _RAISED[self.raised.pop()]
        is_both, self.is_raised_inside = self.is_raised_inside, bool(self.raised)
        self.put(f"{sign}({text.strip()})" if is_both else say(text))

    # Lists and tables

    def item(self):
        self.put("\n" + _INDENT * min(max(len(self.lists) - 1, 0), _DEEPEST))
        if self.lists and self.lists[-1] is not None:
            self.lists[-1] += 1
            self.put(f"{self.lists[-1]}. ")
        else:
            self.put("- ")

    def table(self, tag):
        """Fill the outermost table. A table within a cell becomes lines of the cell."""
        if tag.name == "table":
            if not self.grid and not self.raised:
                self.grid, self.tables = Grid(), 1
            elif self.grid:
                self.tables += 1
        elif self.grid and self.tables == 1:
            self.part_of_table(tag)
        else:
            self.put("\n")

    def part_of_table(self, tag):
        self.end("td")
        self.end("th")
        if tag.name == "tr":
            self.grid.row()
        elif tag.name not in ("td", "th"):
            self.grid.group()
        else:
            down = _number(tag, "rowspan") or MOST_ROWS
            self.cell = max(_number(tag, "colspan"), 1), down
            self.sinks.append([])

    def end_cell(self):
        if self.tables == 1:
            lines = _tidied("".join(self.sinks.pop())).split("\n")
            self.grid.cell("; ".join(line.strip() for line in lines), *self.cell)

    def end_table(self):
        self.tables -= 1
        if not self.tables:
            lines, self.grid = self.grid.lines(), None
            self.put("\n" + "\n".join(lines) + "\n")

    def finished(self) -> PlainText:
        while self.open:
            self.pop()
        return PlainText(_tidied("".join(self.sinks[0])), tuple(self.lost))


def _means(tag: Tag) -> str:
    style = "".join(tag.attributes.get("style", "").lower().split())
    if tag.name in _STRUCK or "line-through" in style:
        return "struck"
    if tag.name in _RAISED:
        return tag.name
    if "vertical-align:super" in style:
        return "sup"
    return "sub" if "vertical-align:sub" in style else ""


def _number(tag: Tag, name: str) -> int:
    """Return the number in an attribute, or 1 if there is none."""
    value = tag.attributes.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 5 else 1


def _tidied(text: str) -> str:
    return tidy_text("\n".join(_lines(text))).replace(_INDENT, "  ")


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        words = " ".join(line.split())
        if words.strip(_INDENT):
            yield words
