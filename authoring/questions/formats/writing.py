"""Tags and notes on losses, shared by the writers of Moodle XML and GIFT."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from authoring.questions.formats.shapes import shape_of
from authoring.questions.rules.items import ExchangedItem

# TAG_MAX_LENGTH in Moodle's tag/classes/tag.php.
LONGEST_TAG = 50


def tags_of(item: ExchangedItem) -> list[str]:
    """Return the properties that only Anteroom has, as tags."""
    return [
        *(["critical"] if item.critical else []),
        *(f"source:{source}" for source in item.sources),
        *([f"answered-in:{item.answered_in}"] if item.answered_in else []),
        *(
            [f"review_status:{item.review_status.replace('_', '-')}"]
            if item.review_status
            else []
        ),
        *shape_of(item).tags(item),
    ]


def losses_in_moodle(item: ExchangedItem) -> Iterator[str]:
    """Yield what a question loses in Moodle with any format."""
    yield from shape_of(item).losses(item)
    if any(len(tag) > LONGEST_TAG for tag in tags_of(item)):
        yield _("Moodle cuts off tags after 50 characters, so “answered in” is lost")


def notes_of_losses(lost: Iterable[tuple[ExchangedItem, str]]) -> list[str]:
    """Return a note for each kind of loss, listing its questions."""
    named: dict[str, list[str]] = {}
    for item, loss in lost:
        named.setdefault(loss, []).append(f"“{item.handle}”")
    return [f"{loss}: {', '.join(handles)}." for loss, handles in named.items()]
