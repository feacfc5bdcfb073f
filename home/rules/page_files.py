"""Read information pages from files with front matter and Markdown. No database."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

CONTENT = Path(__file__).parent.parent / "content"
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class PageFile:
    slug: str
    title: str
    description: str
    body: str
    is_help: bool = False


def read_page_files(folder: Path) -> list[PageFile]:
    """Return the pages in a folder, sorted by file name, with bodies as HTML.

    Raises ValueError for a file without front matter, and TypeError for a field that is
    missing or unknown.
    """
    return [_read(path) for path in sorted(folder.glob("*.md"))]


def _read(path: Path) -> PageFile:
    start, _, rest = path.read_text(encoding="utf-8").partition("---\n")
    front_matter, divider, markdown = rest.partition("\n---\n")
    if start or not divider:
        raise ValueError(f"{path.name} does not start with front matter.")
    return PageFile(**yaml.safe_load(front_matter), body=_MARKDOWN.render(markdown))
