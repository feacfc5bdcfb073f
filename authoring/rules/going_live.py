"""When a page may go live: pure."""

from enum import Enum


class Missing(Enum):
    """What has to be done before a page may go live."""

    SIGN_OFF = "sign_off"
    COURSE = "course"


def needs_own_sign_off(language: str, site_language: str) -> bool:
    """Return whether pages in the language only go live once they are signed off.

    Pages in the site's own language may be live before that, and say so.
    """
    return language != site_language


def missing_to_go_live(*, is_signed: bool, course_is_live: bool) -> Missing | None:
    """Return what a page that needs a sign-off of its own still lacks, or None.

    A lesson shows sources and terms of its course, which are signed with the course. So
    it waits until these are live in its language.
    """
    if not is_signed:
        return Missing.SIGN_OFF
    return None if course_is_live else Missing.COURSE
