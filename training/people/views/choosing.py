"""Who was chosen in the list of people: those ticked, or all that match."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

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
        return people.filter(pk__in=ticked_in(request))
    filters = PeopleFilterSet(request.GET, request=request, queryset=people)
    if not filters.is_valid():
        raise Http404
    return search_people(filters.qs, request.GET.get("q", ""))


def ticked_in(request: HttpRequest) -> list[str]:
    """Return the primary keys of those ticked; none if all that match are chosen."""
    if "all" in request.GET:
        return []
    return [key for key in request.GET.getlist("person") if key.isdecimal()]


def filters_in(sent: QueryDict) -> list[tuple[str, str]]:
    """Return the search, the filters and the order that were sent, as names and values."""
    names = ("q", *PeopleFilterSet.base_filters, "ordering")
    return [(name, sent[name]) for name in names if sent.get(name)]


def list_url(sent: QueryDict) -> str:
    """Return the address of the list with the search and the filters that were sent."""
    query = urlencode(filters_in(sent))
    return reverse("people:index") + (f"?{query}" if query else "")
