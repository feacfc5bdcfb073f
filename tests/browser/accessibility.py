"""What axe says about a page, as tests ask it."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page, *, scheme="light", context=None):
    """Return what axe finds: the rule and the first of the places that break it.

    In the dark only colours can differ, so only they are looked at again.
    """
    options = {"resultTypes": ["violations"]}
    if scheme == "dark":
        options["runOnly"] = {"type": "rule", "values": COLOURS}
    # Half a megabyte to read: once for each page is enough.
    script = "" if page.evaluate("'axe' in window") else AXE_SCRIPT
    axe = Axe(axe_script=script)
    found = axe.run(page, context=context, options=options).response["violations"]
    return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found]
