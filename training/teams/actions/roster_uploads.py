"""Uploaded rosters, kept on the server between showing the plan and confirming it."""

import uuid
from dataclasses import asdict

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import HttpRequest

from accounts.rules.names import clean_address
from training.teams.models import Team
from training.teams.rules.rosters.sheets import RosterChoices, RosterTable

LASTS = 60 * 60  # seconds
PREFIX = "roster of "


def keep_upload(
    request: HttpRequest,
    team: Team,
    table: RosterTable,
    choices: RosterChoices | None = None,
) -> None:
    """Keep the upload for an hour in this session, replacing the team's earlier one."""
    drop_upload(request, team)
    key = uuid.uuid4().hex
    request.session[_name(team)] = key
    held = {"table": asdict(table), "choices": asdict(choices or RosterChoices())}
    cache.set(f"roster:{key}", held, LASTS)


def kept_upload(
    request: HttpRequest, team: Team
) -> tuple[RosterTable, RosterChoices] | None:
    """Return the table and the choices made in the preview.

    None after an hour, if nothing was uploaded, or if an earlier release stored it.
    """
    key = request.session.get(_name(team))
    held = cache.get(f"roster:{key}") if key else None
    try:
        return held and (RosterTable(**held["table"]), RosterChoices(**held["choices"]))
    except (TypeError, KeyError):
        return None


def drop_upload(request: HttpRequest, team: Team) -> None:
    """Delete the kept upload."""
    cache.delete(f"roster:{request.session.pop(_name(team), '')}")


def forget_rosters_naming(address: str) -> None:
    """Drop uploads that contain this address; only sessions know where they are."""
    for session in Session.objects.iterator():
        for name, key in session.get_decoded().items():
            held = name.startswith(PREFIX) and cache.get(f"roster:{key}")
            if held and clean_address(address) in str(held).lower():
                cache.delete(f"roster:{key}")


def _name(team):
    return f"{PREFIX}{team.pk}"
