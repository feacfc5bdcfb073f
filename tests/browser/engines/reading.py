"""What somebody does in a browser, in whichever engine it is."""

import pytest
from django.conf import settings
from selenium.common.exceptions import (
    NoSuchFrameException,
    StaleElementReferenceException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# Seconds. A busy machine is no failed test.
PATIENCE = 30
# ChromeDriver's words for an element whose page is being left while it looks.
LEFT_JUST_NOW = "does not belong to the document"
STATE = "return document.readyState"
both_ways = pytest.mark.parametrize(
    "scripts", [True, False], ids=["scripts on", "scripts off"], indirect=True
)


class Reader:
    """Somebody with a browser; every verb waits for what it leads to."""

    def __init__(self, driver, site):
        self.driver = driver
        self.site = site

    def go(self, path):
        self.driver.get(path if "://" in path else self.site + path)

    def take_session(self, client):
        """Go on as whoever is signed in with Django's test client."""
        name = settings.SESSION_COOKIE_NAME
        self.driver.add_cookie({"name": name, "value": client.cookies[name].value})

    def forget_all(self):
        """Leave the page, every cookie, and what pages kept.

        What the page had asked for before may set one once more, so it is looked at again.
        """
        self.go("/healthz")
        while self.driver.get_cookies():
            self.driver.delete_all_cookies()
            self.go("/healthz")
        self.driver.execute_script("localStorage.clear(); sessionStorage.clear()")

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def one(self, css):
        return self.wait_for(lambda: self.all(css))[0]

    def wait_for(self, condition):
        """Return what the condition returns once it is true."""
        waiting = WebDriverWait(
            self.driver,
            PATIENCE,
            poll_frequency=0.1,
            # The second is WebKit's word for a page that is just being left.
            ignored_exceptions=[StaleElementReferenceException, NoSuchFrameException],
        )
        try:
            return waiting.until(lambda _driver: condition())
        except TimeoutException as late:
            where = f"{self.driver.current_url}:\n{self.text[:1000]}"
            raise AssertionError(f"Nothing came of it at {where}") from late

    @property
    def text(self):
        return "".join(body.text for body in self.all("body"))

    def read(self, words):
        """Wait until the page says these words."""
        self.wait_for(lambda: words in self.text)

    def leave_by(self, element):
        """Click, and wait for the page that comes then."""
        before = self.one("body")
        # Firefox's driver presses what it sees of a button, be it the last few pixels.
        self.driver.execute_script("arguments[0].scrollIntoView(false)", element)
        element.click()
        self.wait_for_another(before)

    def press_button(self, words):
        xpath = f"//button[normalize-space()={words!r}]"
        self.leave_by(self._shown(By.XPATH, xpath)[-1])

    def follow(self, words):
        self.leave_by(self._shown(By.PARTIAL_LINK_TEXT, words)[0])

    def _shown(self, by, words):
        return self.wait_for(lambda: self.driver.find_elements(by, words))

    def back(self):
        before = self.one("body")
        self.driver.back()
        self.wait_for_another(before)

    def forward(self):
        before = self.one("body")
        self.driver.forward()
        self.wait_for_another(before)

    def reload(self):
        before = self.one("body")
        self.driver.refresh()
        self.wait_for_another(before)

    def wait_for_another(self, before):
        """Wait until another page is there, to its end.

        A script may put the body of the next page in place of this one.
        """
        self.wait_for(lambda: is_gone(before))
        self.wait_for(lambda: self.all("main"))
        self.wait_for(lambda: self.driver.execute_script(STATE) == "complete")

    def press(self, key):
        self.driver.switch_to.active_element.send_keys(key)

    def tab_to(self, css, limit=80):
        """Press Tab until the element has the focus."""
        for _press in range(limit):
            if self.driver.switch_to.active_element in self.all(css):
                return
            self.press(Keys.TAB)
        raise AssertionError(f"Tab never came to {css}.")


def is_gone(element):
    try:
        element.is_enabled()
    except StaleElementReferenceException:
        return True
    except WebDriverException as error:
        if LEFT_JUST_NOW not in error.msg:
            raise
        return True
    return False
