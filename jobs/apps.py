from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Background work"
    shown_to_no_visitor = frozenset(
        {"jobs.Job", "jobs.RecurringRun", "jobs.WorkerHeartbeat"}
    )

    def ready(self):
        import datetime as dt

        from django.utils.translation import gettext_lazy as _

        from jobs.actions.chains import DO_PART, do_part
        from jobs.register import (
            RecurringWork,
            Task,
            register_recurring,
            register_tasks,
        )
        from jobs.rules import Recurrence

        advice = _("Open the job in the list below, and continue it.")
        register_tasks(Task(DO_PART, _("Do a part of a job"), do_part, advice))
        register_recurring(
            RecurringWork(
                "prune_tasks",
                _("Delete failed tasks and ended jobs after 30 days"),
                Recurrence(at=dt.time(3, 30)),
            ),
            RecurringWork(
                "take_up_jobs",
                _("Take up jobs again whose next part was lost"),
                Recurrence(minutes=5),
            ),
            # The framework's and Wagtail's own, which belong to no other room.
            RecurringWork(
                "publish_scheduled",
                _("Publish and take offline what is scheduled"),
                Recurrence(minutes=5),
            ),
            # What was copied for one visit, such as an address to which a code went.
            RecurringWork(
                "clearsessions",
                _("Delete sessions that have expired"),
                Recurrence(minutes=10),
            ),
        )
