"""What cannot be kept from a file: a note per kind of loss, with its questions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from authoring.questions.rules.items import ExchangedItem, FormatNote

STRUCK, LAYOUT, PICTURES, FORMULA = "struck", "layout", "pictures", "formula"
ODD_TAGS, MARKUP, PART, WEIGHTS = "odd tags", "markup", "part", "weights"
COMBINED, TAGS, IDS, SETTINGS = "combined", "tags", "ids", "settings"
ORDER = "order"
ANSWERS, ON_ANSWERS, WILDCARD, CAPITALS = (
    "answers",
    "on answers",
    "wildcard",
    "capitals",
)
UNITS = "units"
TYPES, CATEGORIES, PARTS, SUBSET = "types", "categories", "parts", "subset"

_WORDS = {
    TYPES: _("Kinds of question that Anteroom does not support are left out"),
    PART: _("Part marks are not kept, so the option counts as wrong"),
    ANSWERS: _("Answers worth less than full marks are not kept"),
    ON_ANSWERS: _("Feedback on individual answers is not kept"),
    WILDCARD: _("In Moodle “*” matches any text, but here it is just an asterisk"),
    CAPITALS: _("Capital letters matter in Moodle, but not here"),
    UNITS: _("Only one unit is kept"),
    STRUCK: _("Struck-out text is left out"),
    LAYOUT: _("Tables and lists are converted to lines of text"),
    FORMULA: _("Formulas are kept as typed"),
    PICTURES: _("Pictures and files are not kept"),
    ODD_TAGS: _("Text that only looks like markup is kept as text"),
    MARKUP: _("Markup is not kept"),
    WEIGHTS: _(
        "Weights of options are not kept: learners must choose all right options and "
        "no others"
    ),
    ORDER: _("The numbers of the steps do not match their order, which is kept"),
    SUBSET: _("Moodle shows only some of the steps, but Anteroom shows them all"),
    COMBINED: _(
        "Moodle's combined feedback for right, partly right and wrong answers "
        "is not kept"
    ),
    PARTS: _("Parts of questions are not kept"),
    TAGS: _("Tags are not kept"),
    IDS: _("ID numbers are not kept"),
    CATEGORIES: _("Categories are not kept"),
    SETTINGS: _("Moodle's settings for display and grading are not kept"),
}
_CHANGE_WORDING = (STRUCK, LAYOUT, FORMULA, PICTURES, ODD_TAGS)
_CHANGE_KEY = (PART, ORDER, ANSWERS, WILDCARD, CAPITALS, UNITS)
Lost = Sequence[tuple[str, str]]
"""Kinds of loss, each with a detail, which may be ""."""

_MOST_NAMED = 50
_MOST_DETAILS = 12


class Losses:
    """Collects what is lost from each question, in order."""

    def __init__(self):
        self._found: dict[str, dict[tuple[int, str], dict[str, None]]] = {}

    def add(self, loss: str, line: int, name: str, details: Iterable[str] = ()):
        """Record a loss. `name` is the question's, or "" for the whole file."""
        of_kind = self._found.setdefault(loss, {})
        known = next(iter(of_kind), (line, name))
        place = (line, name) if name or known[1] else known
        of_kind.setdefault(place, {}).update(dict.fromkeys(details))

    def notes(self) -> list[FormatNote]:
        """Return a note for each kind of loss, at the first line where it occurs."""
        return sorted(
            FormatNote(min(of_kind)[0], f"{_WORDS[loss]}: {_listed(of_kind)}.")
            for loss, of_kind in self._found.items()
        )


def _listed(of_kind):
    listed = [_named(name, details) for (_line, name), details in of_kind.items()]
    return _cut_to(listed, _MOST_NAMED)


def _named(name, details):
    words = _cut_to(list(details), _MOST_DETAILS)
    if name and words:
        return f"“{name}” ({words})"
    return f"“{name}”" if name else words


def _cut_to(words, most):
    listed = ", ".join(words[:most])
    more = len(words) - most
    if more <= 0:
        return listed
    return ngettext(
        "%(listed)s and %(more)d more", "%(listed)s and %(more)d more", more
    ) % {"listed": listed, "more": more}


def of_weights(weights: Sequence[float]) -> list[tuple[str, str]]:
    """Return the loss if options of a multiple response have different weights."""
    right = {weight for weight in weights if weight > 0}
    wrong = {weight for weight in weights if weight <= 0}
    if len(right) < 2 and wrong <= {0.0, -100.0}:
        return []
    return [(WEIGHTS, ", ".join(f"{weight:g} %" for weight in weights))]


def item_with_losses(
    item: ExchangedItem, tagged: str, lost: Lost, found: Losses
) -> ExchangedItem:
    """Return the item with its review status and changes. Add its losses to `found`.

    `tagged` is the review status given in the file.
    """
    for loss, detail in lost:
        name = "" if loss == SETTINGS else first_words(item.handle or item.stem)
        found.add(loss, item.line, name, [detail] if detail else [])
    return replace(
        item, review_status=_review_status(tagged, lost), changes=_changes(lost)
    )


def first_words(words: str) -> str:
    """Return the first 60 characters, on one line."""
    line = " ".join(words[:400].split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _review_status(tagged, lost):
    kinds = {loss for loss, _detail in lost}
    if tagged == "left_out":
        return tagged
    if kinds.intersection(_CHANGE_WORDING):
        return "check_wording"
    return "to_check" if kinds.intersection(_CHANGE_KEY) else tagged


def _changes(lost):
    listed: dict[str, dict[str, None]] = {}
    for loss, detail in lost:
        if loss in _CHANGE_WORDING + _CHANGE_KEY:
            listed.setdefault(loss, {}).update({detail: None} if detail else {})
    return tuple(_in_words(loss, details) for loss, details in listed.items())


def _in_words(loss, details):
    words = _cut_to(list(details), _MOST_DETAILS)
    return f"{_WORDS[loss]}: {words}." if words else f"{_WORDS[loss]}."
