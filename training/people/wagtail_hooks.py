from wagtail import hooks

from training.people.panels import PeoplePanel
from training.people.viewsets import StaffListViewSet
from training.teams.access import may_enter


@hooks.register("register_admin_viewset")
def serve_people():
    return StaffListViewSet()


@hooks.register("construct_homepage_panels")
def show_people(request, panels):
    if may_enter(request.user):
        panels.append(PeoplePanel(request.user))
