from wagtail import hooks

from training.people.viewsets import PeopleViewSet


@hooks.register("register_admin_viewset")
def serve_people():
    return PeopleViewSet()
