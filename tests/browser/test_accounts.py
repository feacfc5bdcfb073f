"""Signing in and out in a real browser, with what was learnt before."""

import re

import pytest

from accounts.models import Learner
from tests.browser.accessibility import faults_of
from tests.browser.walking import COURSE, answer_right, take_quiz
from tests.factories import UserFactory
from tests.signing_in import PASSWORD, app_code, mailed_code, with_password

QUIZ = f"{COURSE}stem-cell-basics/quiz/"


@pytest.fixture
def user(site):
    return with_password(UserFactory(email="anna@example.org"))


def fill_in(page, user, password=PASSWORD):
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def cookies_of(page):
    return {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_a_password_signs_in_from_the_foot_of_any_page(open_page, user, scripts):
    page = open_page(COURSE, scripts=scripts)
    page.get_by_role("link", name="Your account").click()
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("You are signed in as anna@example.org").wait_for()
    assert cookies_of(page) == {"sessionid", "csrftoken"}


def test_a_code_from_the_mail_signs_in(open_page, user, mailoutbox):
    page = open_page("/account/login/")
    page.get_by_role("link", name="Send me a code by e-mail").click()
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_role("button", name="Send code").click()
    page.get_by_label("Code").fill("WRONG1")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("alert").wait_for()
    assert page.title().startswith("Error:")
    page.get_by_label("Code").fill(mailed_code(mailoutbox))
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("You are signed in as").wait_for()


def test_the_second_step_is_set_up_and_asked_for(open_page, user):
    page = open_page("/")
    fill_in(page, user)
    page.goto("/account/2fa/")
    page.get_by_role("link", name="Turn it on").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    assert page.get_by_role("img", name="QR code with the key").is_visible()
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    page.get_by_role("button", name="Turn it on").click()
    recovery = page.locator("code").first.inner_text()
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    fill_in(page, user)
    page.get_by_role("heading", name="Second step").wait_for()
    page.goto("/account/")
    page.get_by_role("heading", name="Second step").wait_for()
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("You are signed in as").wait_for()


def test_five_bad_tries_lock_the_door(open_page, user):
    page = open_page("/")
    for _try in range(5):
        fill_in(page, user, password="wrong")
        page.get_by_role("alert").wait_for()
    fill_in(page, user)
    page.get_by_role("alert").get_by_text("Too many attempts").wait_for()
    assert "sessionid" not in cookies_of(page)


def test_a_forgotten_password_is_replaced(open_page, user, mailoutbox):
    page = open_page("/account/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_role("button", name="Send code").click()
    page.get_by_label("Code").fill(mailed_code(mailoutbox))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New Password", exact=True).fill("another horse battery")
    page.get_by_label("New Password (again)").fill("another horse battery")
    page.get_by_role("button", name="Save password").click()
    page.get_by_text("Your password has been changed").wait_for()
    fill_in(page, user, password="another horse battery")
    page.get_by_text("You are signed in as").wait_for()


@pytest.mark.journey("accounts")
def test_a_half_finished_quiz_goes_on_after_signing_in(open_page, user):
    page = open_page(QUIZ)
    answer_right(page)
    answer_right(page)
    fill_in(page, user)
    page.get_by_text("0 of 5 lessons done").wait_for()
    assert "learner" not in cookies_of(page)
    page.get_by_role("link", name="Continue where you left off").click()
    assert "Question 3 of" in page.title()
    take_quiz(page)
    page.goto("/progress/")
    page.get_by_text("1 of 5 lessons done").wait_for()
    assert Learner.objects.present().get().user == user


def test_after_signing_out_a_shared_device_shows_nothing(open_page, user):
    page = open_page("/")
    fill_in(page, user)
    page.goto(QUIZ)
    answer_right(page)
    page.goto(COURSE)
    page.get_by_text("Continue where you left off").wait_for()
    page.goto("/progress/")
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Your data has been removed").wait_for()
    assert cookies_of(page) == set()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    for _step in range(4):
        page.go_back()
        text = page.locator("body").inner_text()
        assert user.email not in text, page.url
        assert not re.search("signed in as|where you left off|That is right", text)
    page.goto("/progress/")
    page.get_by_text("There are no answers from this browser").wait_for()


def walk(page, user, mailoutbox, settings):
    """Visit every page of the account, naming each."""
    yield from walk_outside(page, user, mailoutbox, settings)
    yield from walk_inside(page, user)


def walk_outside(page, user, mailoutbox, settings):
    settings.SIGN_UP_OPEN = True
    for path in ("login", "login/code", "signup", "password/reset", "inactive"):
        page.goto(f"/account/{path}/")
        yield path
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    yield "errors"
    settings.SIGN_UP_OPEN = False
    page.goto("/account/signup/")
    yield "sign-up closed"
    page.goto("/account/password/reset/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_role("button", name="Send code").click()
    yield "code"
    page.get_by_label("Code").fill(mailed_code(mailoutbox))
    page.get_by_role("button", name="Continue").click()
    yield "new password"


def walk_inside(page, user):
    fill_in(page, user)
    for path in ("", "email/", "password/change/", "2fa/", "reauthenticate/"):
        page.goto(f"/account/{path}")
        yield f"account/{path}"
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.goto("/account/2fa/totp/activate/")
    yield "second step"
    secret = page.locator("code").inner_text()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    page.get_by_role("button", name="Turn it on").click()
    yield "recovery codes"
    for path in ("2fa/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"):
        page.goto(f"/account/{path}")
        yield f"second step on: {path}"
    page.goto("/progress/")
    yield "progress"
    page.goto("/account/logout/")
    yield "sign out"
    page.get_by_role("button", name="Sign out").click()
    yield "signed out"
    fill_in(page, user)
    yield "second step asked"


def test_every_account_page_is_accessible_and_fits_a_phone(
    open_page, user, mailoutbox, settings
):
    page = open_page("/")
    faults = {}
    for name in walk(page, user, mailoutbox, settings):
        faults[name] = faults_of(page, widths=(1280, 320))
        if page.locator("h1").count() != 1 or not page.title():
            faults[name]["any"] = "has no heading or title"
    assert not {name: found for name, found in faults.items() if found}
    assert len(faults) == 23


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("/account/login/", "E-mail address", "You can read the lessons"),
        ("/account/login/code/", "We will send a code", "You have a password"),
        ("/account/password/reset/", "Enter your e-mail", "Without a password"),
        ("/my-learning/join/", "Code", "What happens next"),
        ("/certificates/", "Certificate number", "Where the number is"),
        ("/resume/", "If you were shown", "Where to find the words"),
        (f"{COURSE}options/", "No treatment", "Minoxidil on the scalp"),
        (f"{COURSE}what-matters/", "There is no score", "Options that fit"),
        (
            f"{COURSE}short/",
            "Not yet clinically reviewed",
            "Questions to take with you",
        ),
        ("/no-such-page/", "There is no page", "You can still use"),
        ("/progress/look-back/", "There are no answers", "How a look back works"),
    ],
)
def test_a_wide_screen_uses_its_second_half(open_page, path, first, last):
    page = open_page(path, width=1280)
    main = page.get_by_role("main")
    left, right = (
        main.get_by_text(words).first.bounding_box() for words in (first, last)
    )
    assert left["x"] < 640 < right["x"]
    assert abs(left["y"] - right["y"]) < 40
    page.set_viewport_size({"width": 360, "height": 740})
    left, right = (
        main.get_by_text(words).first.bounding_box() for words in (first, last)
    )
    assert abs(left["x"] - right["x"]) < 24
