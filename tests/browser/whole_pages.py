"""Let an action of the browser wait until the page it opened is there to its end.

A click returns once the answer has begun (https://playwright.dev/python/docs/navigations),
so what is read at once may find half a page on a slow machine.
"""

import functools
from contextlib import contextmanager
from unittest import mock

from playwright.sync_api import Locator, Page

ACTIONS = {
    Locator: ("check", "click", "press", "select_option", "uncheck"),
    Page: ("check", "click", "press", "select_option", "uncheck"),
}


@contextmanager
def waiting_for_whole_pages():
    """Patch what can lead to another page; `expect_navigation` is for the keyboard."""
    patches = [
        mock.patch.object(kind, name, _to_the_end(getattr(kind, name)))
        for kind, names in ACTIONS.items()
        for name in names
    ]
    patches.append(mock.patch.object(Page, "wait_for_function", _refuse))
    for patch in patches:
        patch.start()
    yield
    for patch in patches:
        patch.stop()


def _to_the_end(action):
    @functools.wraps(action)
    def act(on, *args, **kwargs):
        result = action(on, *args, **kwargs)
        page = on.page if isinstance(on, Locator) else on
        page.wait_for_load_state("domcontentloaded")
        return result

    return act


def _refuse(*_args, **_kwargs):
    raise AssertionError(
        "Use `wait_until_true`: the site's policy forbids to evaluate text."
    )
