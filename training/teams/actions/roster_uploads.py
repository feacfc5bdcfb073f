"""Uploaded rosters, kept on the server between showing the plan and confirming it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db.models import Q
from django.http import HttpRequest

from accounts.rules.names import clean_address
from training.teams.models import RosterPart, Team
from training.teams.rules.rosters.leavers import NO_LEAVERS, Leavers
from training.teams.rules.rosters.review import RosterReview
from training.teams.rules.rosters.sheets import RosterChoices, RosterTable

LASTS = 60 * 60  # seconds
PREFIX = "roster of "
SEVERAL = "teams of a roster"


@dataclass(frozen=True)
class RosterUpload:
    """An uploaded roster and the choices made in its preview; `key` identifies it.

    `leavers` are those who were ticked to be taken out.
    """

    key: int
    team: int
    table: RosterTable
    choices: RosterChoices
    leavers: Leavers = NO_LEAVERS


def keep_upload(
    request: HttpRequest,
    team: Team,
    table: RosterTable,
    choices: RosterChoices | None = None,
    leavers: Leavers = NO_LEAVERS,
) -> None:
    """Keep the upload for an hour in this session, replacing the team's earlier one.

    Without choices, its columns are read as in the team's last roster.
    """
    drop_upload(request, team)
    key = secrets.randbits(62)
    request.session[_name(team)] = key
    held = {
        "team": team.pk,
        "table": asdict(table),
        "choices": asdict(choices or choices_remembered(team)),
        "leavers": asdict(leavers),
    }
    cache.set(f"roster:{key}", held, LASTS)


def choices_remembered(team: Team) -> RosterChoices:
    """Return the choices for a new roster of the team: read as last time."""
    return RosterChoices(
        remembered=tuple(map(tuple, team.roster_columns)),
        usual_order=team.roster_order,
    )


def kept_upload(request: HttpRequest, team: Team) -> RosterUpload | None:
    """Return the team's upload in this session; None as in `upload_with`."""
    return upload_with(_key(request, team))


def upload_with(key: int) -> RosterUpload | None:
    """Return the upload.

    None after an hour, if nothing was uploaded, or if an earlier release stored it.
    """
    held = cache.get(f"roster:{key}") if key else None
    try:
        return held and RosterUpload(
            key,
            held["team"],
            RosterTable(**held["table"]),
            RosterChoices(**held["choices"]),
            Leavers(**held["leavers"]),
        )
    except (TypeError, KeyError):
        return None


def keep_several(
    request: HttpRequest, parts: Mapping[Team, RosterTable], problems: list[str]
) -> None:
    """Keep the rows of each team as its own upload; `problems` are about the others."""
    for team, table in parts.items():
        keep_upload(request, team, table)
    teams = [team.pk for team in parts]
    request.session[SEVERAL] = {"teams": teams, "problems": problems}


def teams_of_several(request: HttpRequest) -> dict[str, list]:
    """Return what `keep_several` kept in this session: ids of `teams`, `problems`."""
    return request.session.get(SEVERAL, {})


def keep_review(key: int, review: RosterReview) -> None:
    """Keep the review of the upload for an hour."""
    cache.set(f"roster-review:{key}", review, LASTS)


def kept_review(request: HttpRequest, team: Team) -> RosterReview | None:
    """Return the review of the team's upload in this session, if a job made one."""
    return cache.get(f"roster-review:{_key(request, team)}")


def drop_upload(request: HttpRequest, team: Team) -> None:
    """Delete the kept upload."""
    _drop(request.session.pop(_name(team), 0))


def forget_rosters_naming(address: str) -> None:
    """Drop uploads that contain this address; only sessions know where they are.

    A roster that a job applies only loses this person.
    """
    _forget_in_parts(clean_address(address))
    for session in Session.objects.iterator():
        for name, key in session.get_decoded().items():
            if name.startswith(PREFIX) and _names(key, clean_address(address)):
                _drop(key)


def _names(key, address):
    held = cache.get_many([f"roster:{key}", f"roster-review:{key}"])
    return address in str(held).lower()


def _forget_in_parts(address):
    named = Q(people__icontains=address) | Q(absent__icontains=address)
    for part in RosterPart.objects.filter(named):
        part.people = [each for each in part.people if each["email"] != address]
        part.absent = [each for each in part.absent if each.lower() != address]
        part.save()


def _drop(key):
    cache.delete_many([f"roster:{key}", f"roster-review:{key}"])


def _key(request, team):
    return request.session.get(_name(team), 0)


def _name(team):
    return f"{PREFIX}{team.pk}"
