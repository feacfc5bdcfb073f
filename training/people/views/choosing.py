"""Who was chosen in the list of people: those ticked, or all that match."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from training.people.queries.people import people_seen_by
from training.people.views.filters import PeopleFilterSet
from training.teams.access import teams_run_by
from training.teams.models import Membership
from training.teams.queries.people import search_people


def chosen_people(request: HttpRequest) -> QuerySet[Membership]:
    """Return the people chosen in the address, as far as the user may change them."""
    run = teams_run_by(request.user).values("pk")
    people = people_seen_by(request.user).filter(team__in=run)
    if "all" not in request.GET:
        keys = [key for key in request.GET.getlist("person") if key.isdecimal()]
        return people.filter(pk__in=keys)
    filters = PeopleFilterSet(request.GET, request=request, queryset=people)
    if not filters.is_valid():
        raise Http404
    return search_people(filters.qs, request.GET.get("q", ""))


def filters_in(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the search and the filters in the address, as names and values."""
    names = ("q", *PeopleFilterSet.base_filters)
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]
