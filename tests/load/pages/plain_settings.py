"""Settings of a server for the bare page: as in production, without kept pages."""

from config.settings.production import *  # noqa: F403

KEEPS_PAGES = False
