"""Queries for tablets in waiting rooms."""

from home.models import WaitingRoomTablet


def tablet_setting() -> WaitingRoomTablet:
    """Return the site's setting, or one without a code, in one query."""
    return WaitingRoomTablet.objects.first() or WaitingRoomTablet()
