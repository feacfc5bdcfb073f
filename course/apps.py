from django.apps import AppConfig


class CourseConfig(AppConfig):
    name = "course"
    verbose_name = "Course"

    def ready(self):
        from django.core.checks import register
        from wagtail.signals import init_new_page

        from course.actions.copying import CopyingCourse
        from course.checks import check_content_fields
        from course.receivers import page_was_begun
        from course.views.exports import make_exports_safe
        from jobs.kinds import register_job_kinds

        register(check_content_fields)
        make_exports_safe()
        register_job_kinds(CopyingCourse())
        init_new_page.connect(page_was_begun)
