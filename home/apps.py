from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Home"
    shown_to_no_visitor = frozenset({"home.WaitingRoomTablet"})

    def ready(self):
        from django.utils.translation import gettext_lazy as _
        from wagtail.signals import (
            copy_for_translation_done,
            page_slug_changed,
            post_page_move,
        )

        from home.admin_parts import replace_chooser_scripts
        from home.receivers import (
            page_was_copied_for_translation,
            page_was_moved,
            page_was_renamed,
        )
        from jobs.register import RecurringWork, register_recurring
        from jobs.rules import Recurrence

        replace_chooser_scripts()
        page_slug_changed.connect(page_was_renamed)
        post_page_move.connect(page_was_moved)
        copy_for_translation_done.connect(page_was_copied_for_translation)
        register_recurring(
            RecurringWork(
                "prune_cache",
                _("Delete cached files that have expired"),
                Recurrence(minutes=10),
            )
        )
