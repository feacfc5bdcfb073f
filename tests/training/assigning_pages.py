"""How tests fill in the trainers' forms."""

import datetime as dt
import re
from html import unescape

from django.utils import timezone

ADD = "/admin/training/assignments/new/"


def typed(learnt, *teams, **fields):
    """Return what a browser sends for an assignment."""
    usual = {
        "course": str(learnt.translation_key),
        "lessons": [],
        "title": "",
        "teams": [team.pk for team in teams],
        "people": "",
        "later_joiners": "on",
        "starts_on": str(timezone.localdate()),
        "due_rule": "on_a_date",
        "due_on": str(timezone.localdate() + dt.timedelta(days=30)),
        "due_after_days": "",
        "pass_mark": "",
        "attempts_counted": "",
        "recurs_from": "",
        "recurs_every_months": "",
        "recurs_on": "",
        "window_days": "30",
        "remind_days_before": "14, 3",
        "notify_date_changes": "on",
        "elsewhere_counts": "on",
        "escalate_after_days": "",
        "key": "7c0e2b4e-7a4c-4f6f-9a49-0d9c3f4f5f10",
    }
    return usual | fields


def carried(response):
    """Return the hidden fields of a page as the browser would send them."""
    found = {}
    pattern = r'<input type="hidden" name="([^"]+)" value="([^"]*)">'
    for name, value in re.findall(pattern, response.text):
        if name != "csrfmiddlewaretoken":
            found.setdefault(name, []).append(unescape(value))
    return found


def plain(response):
    """Return the page's main text on one line."""
    main = response.text.split("<main", 1)[-1]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def exceptions_of(obligation):
    """Return where the ledger of an obligation is."""
    return f"/admin/training/obligations/{obligation.pk}/"
