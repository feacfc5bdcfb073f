"""How tests choose people in the list and press the button of a page."""

URL = "/admin/training/people/do"


def boxes_of(*people):
    """Return the query that ticks these people in all their teams."""
    return {
        "person": [
            row.pk for who in people for row in who.memberships.filter(left_at=None)
        ]
    }


def press(client, verb, chosen, **typed):
    """Open the page of a verb, press its button, and return what is said then."""
    page = client.get(f"{URL}/{verb}/", chosen)
    form = page.context["form"]
    shown = {field.name: field.value() or "" for field in form}
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    came = client.post(address, shown | typed)
    return came.text if came.status_code == 200 else client.get(came.url).text
