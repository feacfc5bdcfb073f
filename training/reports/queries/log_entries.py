"""The log of training: who changed what about whom, when and why."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import Learner, User
from training.certificates.wording.facts import details_in_words
from training.teams.queries.people import name_of

# More people than this have the word in common: search for two words.
MOST_PEOPLE = 500


@dataclass(frozen=True)
class LogLine:
    """An entry of the log; `learner` is None if it is about nobody."""

    when: dt.datetime
    what: str
    learner: Learner | None
    by: User | None
    why: str
    details: str

    @property
    def learner_uuid(self) -> uuid.UUID | None:
        return self.learner and self.learner.uuid

    @property
    def person(self) -> str:
        return name_of(self.learner) if self.learner else ""


def log_lines(entries: Iterable[ModelLogEntry]) -> list[LogLine]:
    """Return a line for each entry, in one query more than the entries took."""
    entries = list(entries)
    uuids = {entry.data["learner"] for entry in entries if "learner" in entry.data}
    rows = Learner.objects.filter(uuid__in=uuids).select_related("user")
    learners = {str(learner.uuid): learner for learner in rows}
    return [_line(entry, learners.get(entry.data.get("learner"))) for entry in entries]


def _line(entry, learner):
    return LogLine(
        when=timezone.localtime(entry.timestamp),
        what=str(entry.message),
        learner=learner,
        by=entry.user,
        why=str(entry.data.get("reason") or ""),
        details=details_in_words(entry.data, known=("learner", "reason")),
    )


def search_log(entries: QuerySet[ModelLogEntry], text: str) -> QuerySet[ModelLogEntry]:
    """Return the entries in which each word is in a name, a title or the reason."""
    for word in text.split():
        entries = entries.filter(
            Q(label__icontains=word)
            | Q(data__reason__icontains=word)
            | _named(word, "user__")
            | Q(data__learner__in=_learners_named(word))
        )
    return entries


def _named(word, prefix):
    names = ("first_name", "last_name", "email")
    return Q.create(
        [(f"{prefix}{name}__icontains", word) for name in names], connector=Q.OR
    )


def _learners_named(word):
    found = Learner.objects.filter(_named(word, "user__"))
    return [str(key) for key in found.values_list("uuid", flat=True)[:MOST_PEOPLE]]
