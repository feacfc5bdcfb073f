"""How the engine names what it is to call."""

RUN_RECURRING = "jobs.tasks.run_recurring"
RUN_TASK = "jobs.tasks.run_task"
# The queue that goes before all others.
URGENT = "urgent"
