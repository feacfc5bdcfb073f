"""What happens to mail, for rooms above."""

from accounts.events import Event

# `message`, which came back for the first time from its address, and `at`.
mail_bounced = Event()
