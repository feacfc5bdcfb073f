from wagtail import hooks

from authoring.viewsets import LessonExplorerViewSet, LessonListViewSet


@hooks.register("register_admin_viewset")
def list_lessons():
    return [LessonExplorerViewSet(), LessonListViewSet()]
