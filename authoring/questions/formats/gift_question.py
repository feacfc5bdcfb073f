"""One question of a GIFT file, as Moodle reads it: a backslash escapes."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from authoring.questions.formats import gift_ordering, losses, texts
from authoring.questions.formats.losses import Losses
from authoring.questions.items import (
    MULTIPLE,
    SINGLE,
    TRUE_FALSE,
    Item,
    Option,
    read_tags,
    tidy,
    uuid_in,
)
from quizzes.soundness import ORDERING

_TITLE = re.compile(r"\s*::((?>\\.|[^\\:]|:(?!:))*)::", re.DOTALL)
_FORMAT = re.compile(rf"\s*\[({'|'.join(texts.FORMATS)})\]", re.IGNORECASE)
_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_GENERAL = re.compile(r"((?>\\.|[^\\#]|#(?!###))*)####(.*)\Z", re.DOTALL)
_ANSWER = re.compile(r"([~=])((?>\\.|[^\\~=])*)", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,10})?)%")
_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?:#(.*))?\Z", re.DOTALL | re.IGNORECASE)
_PART = re.compile(r"(?>\\.|[^\\#])*", re.DOTALL)
_FULL = 99.9


class UnreadableQuestion(Exception):
    """The message says what to mend in the question."""


class LeftOut(Exception):
    """The message names what the question is."""


@dataclass(frozen=True)
class Source:
    """A question as it stands in the file, with what its comments say."""

    text: str
    line: int
    tags: tuple[str, ...]
    id_number: str


def read(source: Source, found: Losses) -> Item:
    """Return the question, and add to `found` what is lost of it.

    Raises UnreadableQuestion and LeftOut.
    """
    return _Reader(source).item(found)


def name_in(text: str) -> str:
    """Return the title, or what the question begins with."""
    title = _TITLE.match(text)
    return _unescaped(title[1]) if title and title[1].strip() else text


class _Reader:
    def __init__(self, source: Source):
        self.source = source
        self.lost: list[tuple[str, str]] = []
        self.form = texts.MOODLE

    def item(self, found: Losses) -> Item:
        head, inside, tail = self.cut()
        title, head = _opening(head)
        stem = f"{head.rstrip()} _____ {tail.strip()}" if tail.strip() else head
        self.form, stem = self.format_of(stem)
        answers, feedback = _general(inside)
        tags = read_tags(self.source.tags)
        kind, options = self.answers(answers, tags.kind)
        item = Item(
            kind=kind,
            stem=self.text(stem),
            options=options,
            handle=_unescaped(title),
            key=uuid_in(self.source.id_number),
            feedback=self.text(feedback),
            critical=tags.critical,
            sources=tags.sources,
            answered_in=tags.answered_in,
            line=self.source.line,
        )
        self.lose_besides(tags.unknown, item.key)
        return losses.settled(item, tags.standing, self.lost, found)

    def cut(self):
        """Return what stands before, in and behind the braces."""
        if gift_ordering.is_ordering(self.source.text):
            parts = gift_ordering.cut(self.source.text)
            if not parts:
                raise UnreadableQuestion(_("Close its answers with “}”."))
            return parts
        return _cut(self.source.text)

    def lose_besides(self, tags, key):
        self.lost += [(losses.TAGS, tag) for tag in tags]
        if self.source.id_number and not key:
            self.lost.append((losses.IDS, self.source.id_number))

    # Texts

    def format_of(self, source):
        """Return the format that a prefix names, else the question's, and the rest."""
        prefix = _FORMAT.match(source)
        if not prefix:
            return self.form, source
        return prefix[1].lower(), source[prefix.end() :]

    def text(self, source):
        form, source = self.format_of(source)
        found = texts.read_text(_unescaped(source), form)
        self.lost += found.lost
        return found.text

    # Answers

    def answers(self, source, tagged):
        if gift_ordering.is_steps(source):
            return ORDERING, self.steps(source)
        if truth := _TRUTH.match(source):
            return TRUE_FALSE, self.truths(truth)
        _refuse_other_types(source)
        weighed = [(a[1], *_weighed(a[2], a[1])) for a in _ANSWER.finditer(source)]
        is_single = any(sign == "=" for sign, _weight, _text in weighed)
        options = tuple(self.option(text, w, is_single) for _sign, w, text in weighed)
        if not is_single:
            self.lost += losses.of_weights([w for _sign, w, _text in weighed])
        return tagged or (SINGLE if is_single else MULTIPLE), options

    def steps(self, source):
        steps, shows_all = gift_ordering.steps(source)
        if not shows_all:
            self.lost.append((losses.SUBSET, ""))
        found = [texts.read_text(_unescaped(step), texts.MOODLE) for step in steps]
        self.lost += [loss for step in found for loss in step.lost]
        return tuple(Option(step.text) for step in found)

    def truths(self, truth):
        wrong, _sign, right = _split_feedback(truth[2] or "")
        is_true = truth[1].upper().startswith("T")
        told = {is_true: right, not is_true: wrong}
        return tuple(
            Option(name, value == is_true, self.text(told[value]))
            for name, value in (("True", True), ("False", False))
        )

    def option(self, source, weight, is_single):
        text, _sign, why = _split_feedback(source)
        is_part = 0 < weight < _FULL or weight < 0
        words = self.text(text)
        if is_single and is_part:
            self.lost.append((losses.PART, words))
        is_right = weight >= _FULL if is_single else weight > 0
        return Option(words, is_right, self.text(why))


def _cut(source):
    braces = [m for m in _BRACE.finditer(source) if m[1]]
    if not braces:
        raise LeftOut(_("a text without answers"))
    if [m[1] for m in braces] != ["{", "}"]:
        raise UnreadableQuestion(
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
    return (title[1], head[title.end() :]) if title else ("", head)


def _general(inside):
    """Return the answers and the feedback on the whole question."""
    found = _GENERAL.match(inside)
    return (found[1], found[2]) if found else (inside, "")


def _refuse_other_types(source):
    answers = source.strip()
    signs = {m[1] for m in _ANSWER.finditer(source)}
    if not answers:
        raise LeftOut(_("an essay question"))
    if answers.startswith("#"):
        raise LeftOut(_("a numerical question"))
    if signs == {"="}:
        is_matching = "->" in answers
        raise LeftOut(
            _("a matching question") if is_matching else _("a short answer question")
        )
    if not signs or answers[0] not in "~=":
        raise UnreadableQuestion(
            _("Begin each answer with “=” if it is right, else with “~”.")
        )


def _weighed(source, sign):
    weight = _WEIGHT.match(source)
    if weight:
        return float(weight[1]), source[weight.end() :]
    return (100.0 if sign == "=" else 0.0), source


def _split_feedback(source):
    """Return the text before the first sign for feedback, the sign, and the rest."""
    text = _PART.match(source)[0]
    return text, source[len(text) : len(text) + 1], source[len(text) + 1 :]


def _unescaped(source):
    return tidy(_ESCAPE.sub(lambda m: "\n" if m[1] == "n" else m[1], tidy(source)))
