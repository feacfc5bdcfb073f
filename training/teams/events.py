"""Events about teams that rooms above subscribe to."""

from accounts.events import Event

# Somebody joined, left or changed role, or the team was archived or restored:
# `subscriber(team=…, at=…)`.
team_changed = Event()
