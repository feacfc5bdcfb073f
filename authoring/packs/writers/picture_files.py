"""The name of a picture's file in a pack, derived from the picture alone."""

from pathlib import PurePath

from django.utils.text import slugify
from wagtail.images.models import AbstractImage


def picture_file_name(image: AbstractImage) -> str:
    """Return the path of the picture's file, such as images/hair-1f2e3d4c.jpg."""
    words = slugify(image.title)[:40].strip("-_") or "picture"
    ending = PurePath(image.file.name).suffix.lower()
    return f"images/{words}-{image.get_file_hash()[:8]}{ending}"


def picture_bytes(image: AbstractImage) -> bytes:
    """Return the picture as it was uploaded."""
    with image.open_file() as file:
        return file.read()
