"""Compare a question with the one in a file that has the same key. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from authoring.questions.rules.items import ExchangedItem, ExchangedOption
from course.rules.digests import digest_text


@dataclass(frozen=True)
class WordingDifference:
    """One part of a question in the lesson and in the file."""

    part: str
    before: str
    after: str


@dataclass(frozen=True)
class Rewording:
    """The question in the lesson and its new wording in the file.

    `seen` is the digest of the lesson's wording.
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
    """Return the rewording. What the file leaves out stays as it is in the question.

    The question keeps its id and stays critical, because a file that lost its tags must
    not make the quiz easier to pass.
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
    """Return the id of each new option, or None if it replaces no earlier option.

    An option with the same text keeps its id. Otherwise, an option counts as a new
    wording of the one in its place if both are right or both wrong and the number of
    options is the same.
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
    """Remove the option with this text from `free` and return its id."""
    for entry in free:
        if entry[1].text == option.text:
            free.remove(entry)
            return entry[0]
    return None
