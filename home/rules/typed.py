"""What somebody typed into a form that could not be taken. Pure."""

from collections.abc import Iterable

# Who typed less types it again; codes, dates and what a page hides are left out, too.
FEWEST_WORDS = 3
HIDDEN = ("password", "csrfmiddlewaretoken")


def typed_words(fields: Iterable[tuple[str, list[str]]]) -> list[str]:
    """Return the texts of a form that take a while to type again, and no passphrase.

    `fields` are the names of fields with their values.
    """
    return [
        value.strip()
        for name, values in fields
        if not any(hidden in name for hidden in HIDDEN)
        for value in values
        # What the editor sends as JSON, nobody typed like that.
        if len(value.split()) >= FEWEST_WORDS and value.lstrip()[0] not in "{["
    ]
