from wagtail import hooks

from training.classroom.viewsets import ClassroomViewSet


@hooks.register("register_admin_viewset")
def serve_classroom_sessions():
    return ClassroomViewSet()
