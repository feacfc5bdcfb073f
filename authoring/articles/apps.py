from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "authoring.articles"
    verbose_name = "Articles"
    shown_to_no_visitor = frozenset({"articles.ArticleOutline"})

    def ready(self):
        from authoring.articles.actions.import_jobs import ImportingArticle
        from authoring.articles.panels import ImportPanel
        from authoring.articles.queries import articles_not_exported
        from authoring.packs.writers.export_losses import register_export_loss
        from course.models import LessonPage
        from jobs.kinds import register_job_kinds

        register_job_kinds(ImportingArticle())
        register_export_loss(articles_not_exported)
        LessonPage.check_panels += [ImportPanel()]
