"""Every e-mail wears the look of the site, loads nothing, and says the same in both parts."""

import html
import re
from pathlib import Path

import allauth
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from accounts.actions.sending import frame_email
from mail.composing import compose_both, compose_message
from mail.kinds import StopAddress

FOLDER = settings.BASE_DIR / "templates"
EMAILS = [
    path
    for path in sorted(FOLDER.rglob("mail/*.html"))
    if path.with_suffix(".txt").exists() or path.name == "base.html"
]
PARTS = [
    FOLDER / "mail" / name
    for name in ("layout.html", "brand.html", "doorway.html", "mail.css")
]


def words_of(text):
    """Return the words of a text or of what HTML shows, without addresses."""
    text = re.sub(r"<head>.*?</head>|<[^>]+>|https?://\S+", " ", text, flags=re.DOTALL)
    return re.findall(r"\w+", html.unescape(text))


@pytest.fixture
def reminder():
    return compose_message(
        "training/assignments/mail/all_clear",
        path="/my-learning/",
        link="My learning",
        footer="You get this because a team asked you to learn.",
        name="Ada",
        title="Stem cells",
    )


@pytest.mark.parametrize("path", EMAILS, ids=lambda path: path.stem)
def test_every_email_with_a_html_part_wears_the_layout(path):
    first = path.read_text("utf-8").partition("\n")[0]

    assert re.fullmatch(
        r'{% extends "(mail/layout|training/teams/mail/base).html" %}', first
    )


@pytest.mark.parametrize("path", [*PARTS, *EMAILS], ids=lambda path: path.name)
def test_an_email_loads_nothing(path):
    assert not re.search(
        r"src=|url\(|@import|<link|background=", path.read_text("utf-8")
    )


def test_both_parts_of_a_reminder_say_the_same(reminder):
    shown = words_of(reminder.html.partition("<b>Anteroom</b>")[2])

    assert words_of(reminder.text) == shown
    assert f'href="{settings.SITE_URL}/my-learning/"' in reminder.html


def test_both_parts_of_an_invitation_say_the_same():
    facts = {"team": "North", "link": "https://a.example/b/", "site": "a.example"}
    sent = compose_both("training/teams/mail/may_join", "Join the team", **facts)

    assert words_of(sent.text) == words_of(sent.html.partition("<b>Anteroom</b>")[2])
    assert f'href="{facts["link"]}"' in sent.html


def test_the_name_and_the_doorway_stand_at_the_top(reminder):
    body = reminder.html.partition("<body>")[2]

    assert body.lstrip().startswith('<table class="wall"')
    assert 'bgcolor="#f6cf57"' in body
    assert body.index("Anteroom") < body.index("Ada")


SIGN_IN = """Use this code to sign in:

TJQK-VSFL

If you did not ask for it, ignore it & tell https://a.example/help/.

You do not need to reply to this e-mail.
a.example
"""


def test_both_parts_of_a_mail_about_an_account_say_the_same():
    framed = frame_email(subject="Your code", text=SIGN_IN)

    assert words_of(SIGN_IN) == words_of(framed.partition("<b>Anteroom</b>")[2])
    page = BeautifulSoup(framed, "html.parser")
    assert page.find(class_="code").get_text() == "TJQK-VSFL"
    assert page.find("a", href="https://a.example/help/")
    assert page.find(class_="after").get_text(" ", strip=True).endswith("a.example")


def test_only_a_code_is_shown_as_one():
    page = frame_email(subject="Deleted", text="erase_person\n\nREASON\n\nNo reply.")

    assert 'class="code"' not in page


def test_an_address_in_a_text_can_be_followed():
    sent = compose_message(
        "quizzes/mail/look_back",
        path="/progress/look-back/",
        link="Look back now",
        footer="You asked for this e-mail.",
        number=3,
        stop=StopAddress("https://a.example/stop/a-token-no-phone-has-room-for/" * 2),
    )

    link = BeautifulSoup(sent.html, "html.parser").find("a", href=re.compile("/stop/"))
    assert len(link.get_text()) <= 60


LIBRARY = Path(allauth.__file__).parent / "templates"
# Keys of the second step, and addresses that sign in by a link, are not offered here.
NOT_SENT = ("webauthn", "password_reset_key")
SUBJECTS = [
    path.relative_to(LIBRARY)
    for room in ("account", "mfa", "socialaccount")
    for path in sorted((LIBRARY / room / "email").glob("*_subject.txt"))
    if not path.name.startswith(NOT_SENT)
]


@pytest.mark.parametrize("path", SUBJECTS, ids=lambda path: path.stem)
def test_no_subject_is_in_the_words_of_the_library(path):
    assert (FOLDER / path).exists()
