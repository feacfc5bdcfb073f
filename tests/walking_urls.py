"""Every address that the URL configuration knows, filled in with things that exist."""

import re
from dataclasses import dataclass

from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, URLPattern

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One entry of the URL configuration: its route, its full name, its kind."""

    route: str
    name: str
    is_regex: bool = False

    def filled(self, value_of):
        """Return the path with each part replaced by `value_of(part, route)`."""
        route = self.route.replace("^", "")
        return "/" + CONVERTER.sub(lambda part: str(value_of(part[1], route)), route)


def every_address(urlconf=None):
    """Return all entries of the URL configuration, however deeply included."""
    return list(_walk(get_resolver(urlconf).url_patterns, "", ()))


def _walk(patterns, route, names):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            name = ":".join([*names, pattern.name or ""])
            yield Address(here, name, isinstance(pattern.pattern, RegexPattern))
        else:
            inside = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern.url_patterns, here, (*names, *inside))


# What `pk` stands for, by the part of the route that says so, the first that fits.
THINGS = {
    "/teams/": "team",
    "/tasks/": "task",
    "/workflows/": "workflow",
    "/collections/": "collection",
    "/users/": "user",
    "/groups/": "group",
    "/sites/": "site",
    "/images/": "image",
    "/documents/": "document",
    "/pages/": "page",
    "/assignments/": "assignment",
    "/obligations/": "obligation",
    "/exceptions/": "exception",
    "/elsewhere/": "completion",
    "/classroom/": "session",
}
FIXED = {
    "action": "delete",
    "action_name": "approve",
    "filter_spec": "width-100",
    "uidb64": "a",
    "token": "b",
    "key": "c",
    "kind": "waiver",
    "verb": "remind",
    # Nobody's: whom a trainer sees, and whose a result is, have tests of their own.
    "learner": "00000000-0000-4000-8000-000000000000",
    "attempt": "00000000-0000-4000-8000-000000000000",
}


class Place:
    """Fills addresses in with one thing of each kind."""

    def __init__(self, *, state, **things):
        self.things = things
        self.known = FIXED | {name: thing.pk for name, thing in things.items()}
        task_state = state.current_task_state
        self.known |= {
            "revision_id": things["page"].latest_revision_id,
            "task_state_id": task_state.pk,
            "task_id": task_state.task_id,
            "workflow_state_id": state.pk,
            "page_to_move_id": things["page"].pk,
            "parent_page_id": things["parent"].pk,
            "course_page_id": things["parent"].pk,
            "destination_id": things["parent"].pk,
            "doc_id": things["document"].pk,
            "link_pk": things["link"].pk,
            "uuid": things["member"].uuid,
            "serial": things["certificate"].serial,
        }

    def path_to(self, address):
        by_hand = self._by_pattern()
        if address.is_regex and (address.name or address.route) in by_hand:
            return by_hand[address.name or address.route]
        if address.route.startswith("^media/"):
            return self.things["image"].get_rendition("width-100").url
        return address.filled(self._value)

    def _by_pattern(self):
        """Return a path for each pattern that `<part>` alone does not describe."""
        page, document = self.things["page"], self.things["document"]
        compare = f"/admin/pages/{page.pk}/revisions/compare/live...latest/"
        return {
            "wagtailadmin_pages:revisions_compare": compare,
            "wagtaildocs_serve": document.url,
            "wagtail_serve": page.url,
            "admin/^.*/$": "/admin/no-such-thing/",
            "^admin/password_reset/": "/admin/password_reset/",
        }

    def _value(self, part, route):
        if part == "pk":
            fitting = (kind for sign, kind in THINGS.items() if sign in f"/{route}")
            return self.known.get(next(fitting, None), 1)
        if part.endswith(("app_name", "app_label")):
            return self._model(route)[0]
        if part.endswith("model_name"):
            return self._model(route)[1]
        kind = part.removesuffix("_id").removesuffix("_pk")
        return self.known.get(part, self.known.get(kind, 1))

    def _model(self, route):
        if "tasks" in route:
            return "review", "clinicalreviewtask"
        if "bulk" in route:
            return "wagtailcore", "page"
        return "course", "lessonpage"
