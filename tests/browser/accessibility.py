"""What axe says about a page, as tests ask it."""

from axe_playwright_python.base import AXE_SCRIPT
from axe_playwright_python.sync_playwright import Axe

COLOURS = ["color-contrast", "link-in-text-block"]
SCHEMES = ("light", "dark")
# Axe would judge the colours on their way from one scheme to the other. A transition
# that is called off is over as well.
AT_REST = (
    "Promise.allSettled(document.getAnimations().map(each => each.finished)).then()"
)


def faults_of(page, *, widths=(1280, 360), schemes=SCHEMES):
    """Return the faults of a page in each width and scheme that has any.

    What axe finds, and whether the page scrolls sideways; it is not loaded again.
    """
    found = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(AT_REST)
            found[width, scheme] = violations(page, scheme=scheme)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found[width, schemes[0]].append("scrolls sideways")
    return {where: faults for where, faults in found.items() if faults}


def violations(page, *, scheme="light", context=None):
    """Return what axe finds: the rule and the first of the places that break it.

    In the dark only colours can differ, so only they are looked at again.
    """
    # No rule that is on reads style sheets, which axe would fetch anew each time.
    options = {"resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    if scheme == "dark":
        options["runOnly"] = {"type": "rule", "values": COLOURS}
    # Half a megabyte to read: once for each page is enough.
    script = "" if page.evaluate("'axe' in window") else AXE_SCRIPT
    axe = Axe(axe_script=script)
    found = axe.run(page, context=context, options=options).response["violations"]
    return [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found]
