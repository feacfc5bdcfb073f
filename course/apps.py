from django.apps import AppConfig


class CourseConfig(AppConfig):
    name = "course"
    verbose_name = "Course"

    def ready(self):
        from course.exports import make_exports_safe

        make_exports_safe()
