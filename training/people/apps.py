from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "training.people"
    verbose_name = "People"
    shown_to_no_visitor = frozenset({"people.BulkAct", "people.ColumnChoice"})

    def ready(self):
        from jobs.kinds import register_job_kinds
        from training.people.actions.bulk import JOB_KINDS
        from training.people.actions.certificates import PrintingCertificates

        register_job_kinds(*JOB_KINDS.values(), PrintingCertificates())
        self._register_account_data()

    def _register_account_data(self):
        from accounts.register import AccountHolding, register_account
        from training.people.actions.columns import forget_columns
        from training.people.queries.columns import column_record

        register_account(
            AccountHolding(
                name="columns",
                description="The columns that you chose for the list of people",
                export=column_record,
                erase=forget_columns,
            )
        )
