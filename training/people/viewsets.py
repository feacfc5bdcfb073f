"""The list of people over all teams, below `/admin/training/people/`."""

from training.people.views import people
from training.teams.viewsets import TrainingListViewSet


class PeopleViewSet(TrainingListViewSet):
    name = "people"
    index_view_class = people.PeopleList
    menu_order = 15
