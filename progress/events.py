"""What rooms above want to know of: they subscribe in `AppConfig.ready()`.

A subscriber must be safe to call again, and do without a query for who has no account.
"""

from accounts.events import Event

# The learner submitted a quiz or finished a lesson: learner, course_key, at.
lesson_worked_on = Event()
# The lessons of the course that readers can see are others now: course_key, at.
course_changed = Event()
