from django.apps import AppConfig


class VisitConfig(AppConfig):
    name = "visit"
    verbose_name = "Visit"
    shown_to_no_visitor = frozenset({"visit.ChosenQuestion"})

    def ready(self):
        from accounts.register import Holding, register_holding
        from visit import actions
        from visit.queries import visit_list

        register_holding(
            Holding(
                name="visit",
                description="Questions you chose for your visit",
                export=visit_list.visit_record,
                erase=actions.forget_visit,
                merge=actions.merge_visits,
            )
        )
