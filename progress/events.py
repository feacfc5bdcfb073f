"""Events that rooms above subscribe to in `AppConfig.ready()`.

Subscribers must be safe to call again, and run no query for learners without an
account.
"""

from accounts.events import Event

# The learner submitted a quiz or finished a lesson: learner, course_key, at.
lesson_worked_on = Event()
# The course's visible lessons have changed: course_key, at.
course_changed = Event()
