"""GIFT in, as Moodle reads it: blank lines part questions, a backslash escapes."""

import re

from django.utils.translation import gettext as _

from authoring.questions.formats.moodle_values import from_html
from authoring.questions.items import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    BrokenQuestionsError,
    Item,
    Note,
    Option,
    Parsed,
    Tags,
    lines_of,
    read_tags,
    tidy,
)

_TAG = re.compile(r"\[tag:((?:\\\]|[^\]])*)\]")
_TITLE = re.compile(r"\s*::((?:\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_GENERAL = re.compile(r"((?:\\.|[^\\#]|#(?!###))*)####(.*)\Z", re.DOTALL)
_ANSWER = re.compile(r"([~=])((?:\\.|[^\\~=])*)", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d+(?:\.\d+)?)%")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?\Z", re.DOTALL | re.IGNORECASE)
_PARTS = re.compile(r"(?:\\.|[^\\#])*", re.DOTALL)


def read(text: str) -> Parsed:
    """Return the questions. Raises BrokenQuestionsError."""
    reader = _Reader()
    for number, line in enumerate([*lines_of(text), ""], start=1):
        reader.take(number, line)
    if reader.problems:
        raise BrokenQuestionsError(reader.problems)
    return Parsed(tuple(reader.items), tuple(sorted(reader.notes)))


class _Unreadable(Exception):
    """The message says what to mend in the question."""


class _LeftOut(Exception):
    """The message names what the question is."""


class _Reader:
    def __init__(self):
        self.items: list[Item] = []
        self.notes: list[Note] = []
        self.problems: list[Note] = []
        self.begin()

    def begin(self):
        self.line, self.lines, self.tags = 0, [], []

    def take(self, number, line):
        """Read one line; a blank one ends the question."""
        words = line.strip()
        if words.startswith("//"):
            self.tags += [tag.replace("\\]", "]") for tag in _TAG.findall(words)]
        elif words.startswith("$CATEGORY:"):
            name = words.removeprefix("$CATEGORY:").strip()
            self.note(number, _("The category “%(name)s” is not kept."), name=name)
        elif words:
            self.line = self.line or number
            self.lines.append(line)
        elif self.lines:
            self.question("\n".join(self.lines))
            self.begin()

    def note(self, line, message, **values):
        self.notes.append(Note(line, message % values))

    def question(self, source):
        try:
            self.items.append(self.item(source))
        except _Unreadable as error:
            self.problems.append(Note(self.line, str(error)))
        except _LeftOut as error:
            message = _("%(kind)s is left out: “%(words)s”.")
            words = " ".join(source.split())[:60]
            self.note(self.line, message, kind=error, words=words)

    def item(self, source):
        head, inside, tail = _cut(source)
        title, markup, stem = _opening(head)
        answers, feedback = _general(inside)
        tags = read_tags(self.tags)
        kind, options = self.answers(answers, tags, markup)
        for tag in tags.unknown:
            self.note(self.line, _("The tag “%(tag)s” is not kept."), tag=tag)
        if tail.strip():
            stem = f"{stem.rstrip()} _____ {tail.strip()}"
        return Item(
            kind=kind,
            stem=self.plain(stem, markup),
            options=options,
            handle=_plain(title),
            feedback=self.plain(feedback, markup),
            critical=tags.critical,
            sources=tags.sources,
            answered_in=tags.answered_in,
            standing=tags.standing,
            line=self.line,
        )

    def answers(self, source, tags: Tags, markup):
        if truth := _TRUTH.match(source):
            return TRUE_FALSE, self.truths(truth, markup)
        _refuse_other_types(source)
        found = [(a[1], *_weighed(a[2], a[1])) for a in _ANSWER.finditer(source)]
        is_single = any(sign == "=" for sign, _weight, _text in found)
        options = tuple(
            self.option(text, weight, is_single, markup)
            for _sign, weight, text in found
        )
        return tags.kind or (SINGLE if is_single else MULTIPLE), options

    def truths(self, truth, markup):
        wrong, right = (*_split_feedback(truth[2] or ""), "", "")[:2]
        is_true = truth[1].upper().startswith("T")
        told = {is_true: right, not is_true: wrong}
        return tuple(
            Option(name, value == is_true, self.plain(told[value], markup))
            for name, value in (("True", True), ("False", False))
        )

    def option(self, source, weight, is_single, markup):
        text, *why = _split_feedback(source)
        is_part = 0 < weight < 100 or weight < 0
        if is_single and is_part:
            self.note(self.line, _("Part of a mark is not kept."))
        return Option(
            text=self.plain(text, markup),
            right=weight > 0,
            feedback=self.plain("".join(why[:1]), markup),
        )

    def plain(self, source, markup):
        text = _plain(source)
        if markup != "html":
            return text
        words, lost = from_html(text)
        if lost:
            tags = ", ".join(lost)
            self.note(self.line, _("Markup is not kept: %(tags)s."), tags=tags)
        return words


def _cut(source):
    """Return what stands before, in and behind the braces."""
    braces = [m for m in _BRACE.finditer(source) if m[1]]
    if not braces:
        raise _LeftOut(_("A text without answers"))
    if [m[1] for m in braces] != ["{", "}"]:
        raise _Unreadable(
            _(
                "A question needs one “{” and one “}” around its answers, with no blank "
                "line between them. Write a brace of the text as \\{ or \\}."
            )
        )
    start, end = braces
    inside = source[start.end() : end.start()]
    return source[: start.start()], inside, source[end.end() :]


def _opening(head):
    title = _TITLE.match(head)
    rest = head[title.end() :] if title else head
    markup = _FORMAT.match(rest)
    stem = rest[markup.end() :] if markup else rest
    return title[1] if title else "", markup[1].lower() if markup else "", stem


def _general(inside):
    """Return the answers and the feedback on the whole question."""
    found = _GENERAL.match(inside)
    return (found[1], found[2]) if found else (inside, "")


def _refuse_other_types(source):
    answers = source.strip()
    signs = {m[1] for m in _ANSWER.finditer(source)}
    if not answers:
        raise _LeftOut(_("An essay question"))
    if answers.startswith("#"):
        raise _LeftOut(_("A numerical question"))
    if signs == {"="}:
        is_matching = "->" in answers
        raise _LeftOut(
            _("A matching question") if is_matching else _("A short answer question")
        )
    if not signs:
        raise _Unreadable(
            _("Begin each answer with “=” if it is right, else with “~”.")
        )


def _weighed(source, sign):
    weight = _WEIGHT.match(source)
    if weight:
        return float(weight[1]), source[weight.end() :]
    return (100.0 if sign == "=" else 0.0), source


def _split_feedback(source):
    """Return the parts of the text between the signs for feedback."""
    parts, place = [], 0
    while True:
        part = _PARTS.match(source, place)
        parts.append(part[0])
        place = part.end() + 1
        if place > len(source):
            return parts


def _plain(source):
    text = " ".join(tidy(source).split("\n"))
    return tidy(_ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], text))
