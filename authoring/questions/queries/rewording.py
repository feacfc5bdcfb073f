"""Compare a question with the one of the same key in a file. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from authoring.questions.rules.items import ExchangedItem, ExchangedOption
from course.rules.digests import digest_text


@dataclass(frozen=True)
class WordingDifference:
    """One part of a question as the lesson has it, and as the file has it."""

    part: str
    before: str
    after: str


@dataclass(frozen=True)
class Rewording:
    """The question in the lesson, and its new wording in the file.

    `seen` is the digest of the lesson's wording that was shown.
    """

    before: ExchangedItem
    after: ExchangedItem

    @property
    def seen(self) -> str:
        shown = repr((self.before.key, self.before.content))
        return digest_text(shown)[:32]

    @property
    def differences(self) -> list[WordingDifference]:
        return [d for d in _parts(self.before, self.after) if d.before != d.after]


def compare_wordings(before: ExchangedItem, after: ExchangedItem) -> Rewording:
    """Return the rewording; where the file says nothing, the question stays as it is.

    Its id stays, and so does that it is critical: a file that lost its tags must not
    make a question easier to pass by.
    """
    return Rewording(
        before,
        replace(
            after,
            handle=before.handle,
            critical=after.critical or before.critical,
            sources=after.sources or before.sources,
            answered_in=after.answered_in or before.answered_in,
            review_status=after.review_status or before.review_status,
        ),
    )


def _parts(before: ExchangedItem, after: ExchangedItem) -> Iterator[WordingDifference]:
    yield WordingDifference(_("Kind"), before.kind, after.kind)
    yield WordingDifference(_("Question"), before.stem, after.stem)
    for place in range(max(len(before.options), len(after.options))):
        part = _("Option %(number)d") % {"number": place + 1}
        was, will = (
            _option_text(before.options, place),
            _option_text(after.options, place),
        )
        yield WordingDifference(part, was, will)
    yield WordingDifference(_("Tolerance"), before.tolerance, after.tolerance)
    yield WordingDifference(_("Unit"), before.unit, after.unit)
    yield WordingDifference(_("Feedback"), before.feedback, after.feedback)


def _option_text(options: Sequence[ExchangedOption], place: int) -> str:
    if place >= len(options):
        return ""
    option = options[place]
    why = f" ({option.feedback})" if option.feedback else ""
    words = f"{option.text} → {option.match}" if option.match else option.text
    return f"✓ {words}{why}" if option.right else f"{words}{why}"


def kept_ids(
    before: Sequence[tuple[str, ExchangedOption]], after: Sequence[ExchangedOption]
) -> list[str | None]:
    """Return the id of each new option; None for one that no option was before.

    The same text keeps its id. What is left is taken for a new wording of the option in
    its place, as long as there are as many options and it is as right as that one.
    """
    free = list(before)
    ids: list[str | None] = [_taken(free, option) for option in after]
    if len(before) != len(after):
        return ids
    left = {option_id for option_id, _option in free}
    for place, (option_id, option) in enumerate(before):
        is_free = ids[place] is None and option_id in left
        if is_free and option.right == after[place].right:
            ids[place] = option_id
    return ids


def _taken(
    free: list[tuple[str, ExchangedOption]], option: ExchangedOption
) -> str | None:
    """Take from `free` the id of the option with that text."""
    for entry in free:
        if entry[1].text == option.text:
            free.remove(entry)
            return entry[0]
    return None
