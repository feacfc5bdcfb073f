"""The language of what is taught, which is not always that of the interface."""

from django.conf import settings
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant


def content_language() -> str:
    """Return the code of the language in which somebody reads what is taught.

    It is the active one if courses are written in it, or else the site's own.
    """
    try:
        return get_supported_content_language_variant(get_language())
    except LookupError:
        return settings.LANGUAGE_CODE
