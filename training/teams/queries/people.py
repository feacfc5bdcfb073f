"""How people are named in trainers' lists, where their record is, how to reach them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import Learner, User
from mail.models import FailingAddress
from training.teams.access import memberships_seen_by
from training.teams.models import Membership
from training.teams.rules.work_details import DETAILS, UNKNOWN, WorkDetails

SEARCHED = (
    "learner__user__first_name",
    "learner__user__last_name",
    "learner__user__email",
    *DETAILS,
)


def name_of(learner: Learner) -> str:
    """Return the learner's name or address; no query if the user is loaded."""
    return str(learner.user) if learner.user else gettext("Erased person")


def person_breadcrumb(learner: Learner) -> list[dict[str, str]]:
    """Return the breadcrumb that leads to the learner's record."""
    url = reverse("reports:person", args=[learner.uuid])
    return [{"url": url, "label": name_of(learner)}]


def with_failing_mail(people: QuerySet[Membership]) -> QuerySet[Membership]:
    """Annotate `mail_fails`: whether e-mail to the person comes back."""
    marks = FailingAddress.objects.filter(address=OuterRef("learner__user__email"))
    return people.annotate(mail_fails=Exists(marks))


def search_people(people: QuerySet[Membership], text: str) -> QuerySet[Membership]:
    """Return the people whose name, address and details have all of the words."""
    for word in text.split():
        has_it = Q()
        for field in SEARCHED:
            has_it |= Q(**{f"{field}__icontains": word})
        people = people.filter(has_it)
    return people


def contacts_of(
    people: Iterable[tuple[Learner, int | None]], user: User
) -> list[dict[str, str]]:
    """Return the address and the details of each learner, as their team knows them.

    Without a team, details are those that any team knows, as far as the user sees it.
    One query.
    """
    people = list(people)
    known = _details_seen({learner.pk for learner, _team in people}, user)
    return [
        {"email": learner.user.email if learner.user else ""}
        | vars(known.get((learner.pk, team), UNKNOWN))
        for learner, team in people
    ]


def _details_seen(
    learners: Iterable[int], user: User
) -> dict[tuple[int, int | None], WorkDetails]:
    """Return (learner, team) → details; for None as the team, of any team."""
    rows = memberships_seen_by(user).filter(learner__in=learners)
    held = rows.values_list("learner", "team", "left_at", *DETAILS)
    found: dict[tuple[int, int | None], WorkDetails] = {}
    # Current ones first: what they know is not replaced by what earlier ones knew.
    for learner, team, _left, *details in sorted(
        held.order_by("-joined_at"), key=lambda row: row[2] is not None
    ):
        for key in ((learner, team), (learner, None)):
            found[key] = found.get(key, UNKNOWN).with_known(WorkDetails(*details))
    return found
