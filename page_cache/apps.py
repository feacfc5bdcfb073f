from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "page_cache"
    verbose_name = "Page cache"

    # Of Django, Wagtail, wagtail-localize, allauth and Django Q. Our own rooms declare theirs.
    shown_to_no_visitor = frozenset(
        {
            "sessions.Session",
            "account.EmailAddress",
            "account.EmailConfirmation",
            "django_q.OrmQ",
            "django_q.Schedule",
            "django_q.Task",
            "mfa.Authenticator",
            "socialaccount.SocialAccount",
            "socialaccount.SocialToken",
            "wagtail_localize.LocaleSynchronization",
            "wagtail_localize.OverridableSegment",
            "wagtail_localize.RelatedObjectSegment",
            "wagtail_localize.SegmentOverride",
            "wagtail_localize.String",
            "wagtail_localize.StringSegment",
            "wagtail_localize.StringTranslation",
            "wagtail_localize.Template",
            "wagtail_localize.TemplateSegment",
            "wagtail_localize.TranslatableObject",
            "wagtail_localize.Translation",
            "wagtail_localize.TranslationContext",
            "wagtail_localize.TranslationLog",
            "wagtail_localize.TranslationSource",
            "wagtailadmin.EditingSession",
            "wagtailadmin.FormState",
            "wagtailcore.Comment",
            "wagtailcore.CommentReply",
            "wagtailcore.ModelLogEntry",
            "wagtailcore.PageLogEntry",
            "wagtailcore.PageSubscription",
            "wagtailcore.ReferenceIndex",
            "wagtailcore.Revision",
            "wagtailcore.TaskState",
            "wagtailcore.UploadedFile",
            "wagtailcore.WorkflowState",
            "wagtailsearch.IndexEntry",
            "wagtailusers.UserProfile",
        }
    )

    def ready(self):
        from django.db.backends.signals import connection_created

        from page_cache.watching import watch_connection

        connection_created.connect(watch_connection)
