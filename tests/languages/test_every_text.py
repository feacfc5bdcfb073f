"""In another language, nothing on a page is left in English but what is taught.

Every text that can be translated is given letters of another kind. What then still has
plain ones is written where nobody can translate it, or is content that does not say in
which language it is.
"""

import re

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from tests.taking_quizzes import form_of, option_ids

PACK = settings.BASE_DIR / "course/content/stem-cell-therapy-for-hair-loss"
COURSE = "/ar/stem-cell-therapy-for-hair-loss/"
PAGES = {
    "/ar/",
    COURSE,
    f"{COURSE}short/",
    f"{COURSE}print/",
    f"{COURSE}options/?option=minoxidil&option=stem-cells",
    f"{COURSE}what-matters/",
    f"{COURSE}procedure/",
    f"{COURSE}alternatives/",
    f"{COURSE}risks/print/",
    f"{COURSE}risks/clear/",
    f"{COURSE}procedure/quiz/with-someone/",
    "/ar/get-help-now/",
    "/ar/no-such-page/",
    "/ar/reading/",
    "/ar/poster/",
    "/ar/tablet/",
    "/ar/offline/",
    "/ar/not-saved/",
    "/ar/progress/",
    "/ar/progress/look-back/",
    "/ar/progress/delete/",
    "/ar/resume/",
    "/ar/my-visit/",
    "/ar/my-visit/sheet/",
    "/ar/certificates/",
    "/ar/account/login/",
    "/ar/account/login/code/",
    "/ar/account/password/reset/",
    "/ar/account/signed-out/",
    "/ar/my-learning/join/",
}
# What stays: placeholders and tags, whose names are not read.
# Names of things, ids of sources, and addresses.
NAMES = {"Anteroom", "Aa", "Firefox", "Safari", "SURE", "x"}
HANDLE = re.compile(r"\bS\d+\b|https?://\S+")
KEPT = re.compile(r"%\(\w+\)[sdif]|%[sdif%]|\{\w*\}|<[^>]*>|&\w+;")
READ_ALOUD = ("alt", "aria-label", "placeholder", "title")


def in_other_letters(text):
    """Return the text with each plain letter as a wide one."""
    pieces, start = [], 0
    for kept in KEPT.finditer(text):
        pieces += [_widened(text[start : kept.start()]), kept[0]]
        start = kept.end()
    return "".join([*pieces, _widened(text[start:])])


def _widened(text):
    return re.sub("[A-Za-z]", lambda sign: chr(ord(sign[0]) + 0xFEE0), text)


@pytest.fixture
def pseudo(monkeypatch):
    """Translate everything that can be translated into other letters."""
    given = translation._trans

    def one(text):
        return in_other_letters(str(text))

    def counted(one_, many, number):
        return in_other_letters(str(one_ if number == 1 else many))

    monkeypatch.setattr(given, "gettext", one, raising=False)
    monkeypatch.setattr(given, "ngettext", counted, raising=False)
    monkeypatch.setattr(
        given, "pgettext", lambda _about, text: one(text), raising=False
    )
    monkeypatch.setattr(
        given, "npgettext", lambda _about, *texts: counted(*texts), raising=False
    )


def plain_in(page):
    """Return the texts of the page with plain letters, outside of marked content."""
    tree = BeautifulSoup(page.text, "html.parser")
    for each in tree.select("script, style, head, html [lang]"):
        each.decompose()
    texts = [
        text for text in tree.find_all(string=True) if type(text) is NavigableString
    ]
    spoken = [each[name] for name in READ_ALOUD for each in tree.select(f"[{name}]")]
    return [
        " ".join(text.split())
        for text in [*texts, *spoken]
        if set(re.findall("[A-Za-z]+", HANDLE.sub("", text))) - NAMES
    ]


@pytest.mark.django_db
def test_nothing_but_what_is_taught_stays_english(client, pseudo):
    call_command("load_pages", verbosity=0)
    call_command("load_course", PACK, verbosity=0)
    quiz = f"{COURSE}procedure/quiz/"
    question = client.get(quiz, follow=True)
    found = {quiz: plain_in(question)}
    option = option_ids(question)[0]
    answered = form_of(client, quiz, question).send(client, follow=True, choice=option)
    found["answer"] = plain_in(answered)
    found |= {path: plain_in(client.get(path, follow=True)) for path in PAGES}
    left = {f"{path}: {text}" for path, texts in found.items() for text in texts}
    assert not left, "\n".join(sorted(left))
