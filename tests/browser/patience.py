"""How long tests wait for a browser, and for what a page's script does."""

import time

# Milliseconds. A busy machine is no failed test, and the editor takes a busy one half a
# minute when its templates are read for the first time.
PATIENCE = 60_000


def wait_until_true(page, function, arg=None):
    """Wait until a function in the page returns something, and return that.

    Playwright's `wait_for_function` evaluates text again and again within the page, which
    the content security policy forbids: it only works if it need not wait
    (https://github.com/microsoft/playwright/issues/7395).
    """
    ends = time.monotonic() + PATIENCE / 1000
    while not (result := page.evaluate(function, arg)):
        assert time.monotonic() < ends, f"It never came true: {function}"
        page.wait_for_timeout(50)
    return result
