from django.apps import AppConfig


class ClassroomConfig(AppConfig):
    name = "training.classroom"
    verbose_name = "Classroom sessions"
    shown_to_no_visitor = frozenset(
        {"classroom.Attendance", "classroom.ClassroomSession"}
    )

    def ready(self):
        from accounts.register import Holding, register_holding
        from training.classroom.actions.forgetting import forget_sessions
        from training.classroom.queries.personal_record import session_record

        register_holding(
            Holding(
                name="classroom",
                description="Classroom sessions you were invited to",
                export=session_record,
                erase=forget_sessions,
            )
        )
