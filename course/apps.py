from django.apps import AppConfig


class CourseConfig(AppConfig):
    name = "course"
    verbose_name = "Course"

    def ready(self):
        from django.core.checks import register

        from course.checks import check_content_fields
        from course.views.exports import make_exports_safe

        register(check_content_fields)
        make_exports_safe()
