"""Make slugs from titles without Django. Pure."""

import re
import unicodedata


def slug_of(text: str) -> str:
    """Return the text as a slug, keeping the letters of every script.

    The result is the same as `django.utils.text.slugify(text, allow_unicode=True)`.
    """
    known = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", known)).strip("-_")
