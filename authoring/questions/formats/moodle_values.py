"""What Moodle and GIFT share: marks in per cent, and HTML brought down to text."""

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from authoring.questions.items import Item, tidy

# More right options than this, and Moodle has no mark for each.
MOST_RIGHT = 10


def share(item: Item) -> str:
    """Return the per cent that Moodle gives for each right option."""
    right = sum(option.right for option in item.options) or 1
    return f"{100 / right:.5f}".rstrip("0").rstrip(".")


def multiple_note(item: Item) -> str:
    """Return what is lost of a multiple response question."""
    return _(
        "“%(handle)s”: here only all right options and no other count; Moodle gives "
        "part of the marks."
    ) % {"handle": item.handle}


def labels_note(item: Item) -> str:
    """Return what is lost of a true or false question with labels of its own."""
    return _("“%(handle)s”: Moodle shows it as a single choice question.") % {
        "handle": item.handle
    }


def too_many_note(item: Item) -> str:
    """Return why a question with so many right options is left out."""
    return _(
        "“%(handle)s” is left out: it has more than ten right options, for which "
        "Moodle has no marks."
    ) % {"handle": item.handle}


def from_html(html: str) -> tuple[str, list[str]]:
    """Return the words of the HTML, and the names of the tags that were lost."""
    soup = BeautifulSoup(f"<div>{html}</div>", "html.parser")
    plain = ("p", "br", "span", "div")
    lost = sorted({tag.name for tag in soup.find_all() if tag.name not in plain})
    for tag in soup(["script", "style"]):
        tag.decompose()
    for tag in soup(["br", "p", "div", "li"]):
        tag.insert_after("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().splitlines())
    return tidy("\n".join(line for line in lines if line)), lost
