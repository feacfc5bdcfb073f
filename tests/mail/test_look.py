"""Every e-mail wears the look of the site, loads nothing, and says the same in both parts."""

import html
import re

import pytest
from django.conf import settings

from mail.composing import compose_both, compose_message

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
