"""What rooms above follow about teams."""

from accounts.events import Event

# Somebody came, left or changed their role, or the team was archived or brought back:
# `subscriber(team=…, at=…)`.
team_changed = Event()
