"""Carrying on elsewhere with five words or a QR code, without an account."""

import datetime as dt
import json
import re
import uuid
from functools import partial

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions.learners import attach_learning, erase_learner
from accounts.identity import Identity
from accounts.models import Learner
from progress.actions import resuming
from progress.models import LessonProgress, ResumeWords
from quizzes.models import Answer, Attempt
from tests.accounts.test_merging import give
from tests.factories import LearnerFactory, UserFactory, a_course, lessons_of
from tests.quizzes.test_actions import all_at_once
from tests.taking_quizzes import answer, finish, give_first_options

pytestmark = pytest.mark.django_db
RARE = ("walnut", "trumpet", "saddle", "velvet", "zebra")
WORD = re.compile(r"<li>(\w+)</li>")


@pytest.fixture
def phone(client, quiz_url):
    """A browser in which the first quiz was finished."""
    finish(client, quiz_url, ["Right", "Right"])
    return client


def words_of(browser):
    """Have words made in the browser, and return them as the page shows them."""
    page = browser.post("/progress/words/", follow=True).text
    listed = page.partition('class="app-words"')[2].partition("</ol>")[0]
    return WORD.findall(listed)


@pytest.fixture
def rare_words(monkeypatch):
    """Have words drawn that stand in no page by chance."""
    monkeypatch.setattr(resuming, "draw_words", lambda *_: RARE)


def told_in(text, words):
    """Return those of the words that the text has anywhere."""
    return [word for word in words if word in text]


def carry_on(browser, words):
    return browser.post("/resume/", {"words": " ".join(words)}, follow=True)


def misspelt(words):
    """Return the words with another last letter each."""
    return [word[:-1] + ("x" if word[-1] != "x" else "y") for word in words]


def make_words(learner, at=None):
    return resuming.make_resume_words(
        learner=learner, language="en", at=at or timezone.now()
    )


def resume(words, identity, at=None):
    return resuming.resume_learning(
        text=" ".join(words),
        language="en",
        identity=identity,
        at=at or timezone.now(),
    )


def test_words_open_the_progress_in_another_browser(phone, lesson):
    words, tablet = words_of(phone), Client()
    assert len(words) == 5
    page = carry_on(tablet, words).text
    assert "Your progress is open here" in page
    assert "1 of 2 lessons done" in page
    assert Learner.objects.count() == 1


def test_capitals_blanks_and_one_wrong_letter_a_word_are_forgiven(phone):
    typed = "  ".join(misspelt(words_of(phone))).upper()
    assert "1 of 2 lessons done" in carry_on(Client(), [typed]).text


def test_two_wrong_letters_open_nothing_and_what_was_typed_is_still_there(phone):
    first, *others = words_of(phone)
    typed = ["##" + first[2:], *others]
    page = carry_on(Client(), typed).text
    assert "These words open nothing" in page
    assert others[-1] in page
    assert "Error:" in page


def test_words_are_looked_up_in_one_query(phone, django_assert_num_queries):
    words = misspelt(words_of(phone))
    with django_assert_num_queries(1):
        resuming.words_meant(" ".join(words), "en", timezone.now())


@pytest.mark.usefixtures("rare_words")
def test_words_are_shown_once_and_stored_nowhere(phone):
    words = words_of(phone)
    assert told_in(phone.get("/progress/words/").text, words) == words
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        assert "shown only once" in phone.get("/progress/words/").text
    assert told_in(str(ResumeWords.objects.values().get()), words) == []


@pytest.mark.usefixtures("rare_words")
def test_nobody_else_at_the_device_is_shown_the_words(phone, quiz_url):
    words = words_of(phone)
    del phone.cookies["learner"]
    answer(phone, quiz_url, "Right")
    assert told_in(phone.get("/progress/words/").text, words) == []


def test_new_words_replace_the_earlier_ones(phone):
    first, second = words_of(phone), words_of(phone)
    assert "open nothing" in carry_on(Client(), first).text
    assert "1 of 2 lessons done" in carry_on(Client(), second).text


@pytest.mark.usefixtures("rare_words")
def test_revoked_words_open_nothing(phone):
    words = words_of(phone)
    assert "Revoke the words" in phone.get("/progress/").text
    assert "were revoked" in phone.post("/progress/words/revoke/", follow=True).text
    assert "Revoke the words" not in phone.get("/progress/").text
    assert "open nothing" in carry_on(Client(), words).text
    assert told_in(phone.get("/progress/words/").text, words) == []


def test_words_open_for_90_days_and_are_then_deleted(phone, capsys):
    words = words_of(phone)
    almost = timezone.now() + dt.timedelta(days=89)
    with time_machine.travel(almost):
        assert "1 of 2 lessons done" in carry_on(Client(), words).text
    with time_machine.travel(almost + dt.timedelta(days=2)):
        assert "open nothing" in carry_on(Client(), words).text
        call_command("purge_resume_words")
    assert "Expired words deleted: 1." in capsys.readouterr().out
    assert not ResumeWords.objects.exists()


def test_words_that_still_open_are_not_deleted(phone):
    words_of(phone)
    call_command("purge_resume_words")
    assert ResumeWords.objects.exists()


def test_who_has_answered_nothing_has_nothing_to_take_along(client):
    assert client.post("/progress/words/").url == "/progress/"
    page = client.get("/progress/").text
    assert "Carry on with five words" in page
    assert "Show me five words" not in page


def test_who_is_signed_in_needs_no_words(client, quiz_url):
    client.force_login(UserFactory())
    answer(client, quiz_url, "Right")
    assert "Show me five words" not in client.get("/progress/").text
    assert client.post("/progress/words/").url == "/progress/"
    with pytest.raises(resuming.UnableToMakeWords):
        make_words(Learner.objects.get())


def test_a_qr_code_leads_to_a_page_that_asks_first(phone):
    words, tablet = words_of(phone), Client()
    path = f"/resume/{'-'.join(words)}/"
    page = tablet.get(path)
    assert "Carry on here?" in page.text
    assert "learner" not in page.cookies
    assert "1 of 2 lessons done" in tablet.post(path, follow=True).text
    assert "already shows" in tablet.get(path).text


@pytest.mark.parametrize("words", ["able-about-above-absent-absorb", "nonsense"])
def test_a_qr_code_that_opens_nothing_says_so(client, words, db):
    path = f"/resume/{words}/"
    page = client.get(path)
    assert page.status_code == 404
    assert "opens nothing" in page.text
    assert client.post(path).url == path


def test_two_browsers_answers_are_all_kept_and_none_counts_twice(course):
    first, second = lessons_of(course)
    phone, tablet = Client(), Client()
    give_first_options(phone, first)
    words = words_of(phone)
    give_first_options(tablet, second)
    answer(tablet, first.url + "quiz/", "Wrong")
    page = carry_on(tablet, words).text
    assert "2 of 2 lessons done" in page
    assert "2 of 2 lessons done" in phone.get("/progress/").text
    assert Learner.objects.present().count() == 1
    assert Answer.objects.filter(attempt__learner__erased_at=None).count() == 5
    assert LessonProgress.objects.count() == 2
    assert "2 of 2 lessons done" in carry_on(tablet, words).text
    assert Answer.objects.count() == 5


def test_who_is_signed_in_takes_what_the_words_open_into_the_account(phone, quiz_url):
    words, tablet, user = words_of(phone), Client(), UserFactory()
    tablet.force_login(user)
    page = carry_on(tablet, words).text
    assert "1 of 2 lessons done" in page
    assert Attempt.objects.get().learner.user == user
    assert not ResumeWords.objects.exists()


def test_words_written_down_before_merging_open_what_came_of_it(course):
    one, other = LearnerFactory(), LearnerFactory()
    words = {each: make_words(each) for each in (one, other)}
    resume(words[one], Identity(other.token))
    assert resume(words[other], Identity(uuid.uuid4())).token == one.token


def test_signing_in_ends_the_words_of_the_browser():
    learner = LearnerFactory()
    words = make_words(learner)
    attach_learning(user=UserFactory(), token=learner.token, at=timezone.now())
    with pytest.raises(resuming.UnableToResume):
        resume(words, Identity(uuid.uuid4()))


def test_deleted_progress_is_opened_by_nothing():
    learner = LearnerFactory()
    words = make_words(learner)
    erase_learner(learner=learner, at=timezone.now())
    assert not ResumeWords.objects.exists()
    with pytest.raises(resuming.UnableToResume):
        resume(words, Identity(uuid.uuid4()))
    with pytest.raises(resuming.UnableToMakeWords):
        make_words(learner)


def test_words_that_may_mean_two_learners_open_neither(monkeypatch):
    for last in ("cat", "hat"):
        drawn = ("cable", "about", "above", "absent", last)
        monkeypatch.setattr(resuming, "draw_words", lambda *_, drawn=drawn: drawn)
        make_words(LearnerFactory())
    with pytest.raises(resuming.UnableToResume):
        resume(("cable", "about", "above", "absent", "bat"), Identity(uuid.uuid4()))


@pytest.mark.usefixtures("rare_words")
def test_the_download_says_until_when_words_open(phone):
    words = words_of(phone)
    held = phone.get("/progress/download/")
    assert told_in(held.text, words) == []
    assert json.loads(held.content)["resume_words"][0]["open_until"]


@pytest.mark.parametrize("tries", [25, pytest.param(1000, marks=pytest.mark.sweep)])
def test_guesses_are_slowed_and_then_nothing_opens(phone, tries):
    words, guesser = words_of(phone), Client()
    form = {"words": "able about above absent absorb"}
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        found = [guesser.post("/resume/", form).status_code for _try in range(tries)]
        assert found == [302] * 20 + [429] * (tries - 20)
        _guess_right(guesser, words)


def _guess_right(guesser, words):
    """Find that the right words open nothing now either, typed or scanned."""
    assert guesser.post("/resume/", {"words": " ".join(words)}).status_code == 429
    assert guesser.get(f"/resume/{'-'.join(words)}/").status_code == 429


@pytest.mark.sweep
def test_many_right_tries_are_not_slowed(phone):
    words = words_of(phone)
    found = {carry_on(Client(), words).status_code for _phone in range(30)}
    assert found == {200}


def test_no_two_learners_have_the_same_words(monkeypatch):
    monkeypatch.setattr(resuming, "draw_words", lambda *_: ("able",) * 5)
    make_words(LearnerFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_words(LearnerFactory())


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_carry_on_at_once_lose_no_answer(home):
    lesson = lessons_of(a_course(lessons=1, questions=4))[0]
    own, *devices = (Identity(uuid.uuid4()) for _device in range(4))
    questions = list(lesson.questions.all())
    for device, question in zip([own, *devices], questions, strict=True):
        give(lesson, device, question, right=True)
    words = make_words(Learner.objects.get(token=own.token))

    results = all_at_once(*(partial(resume, words, device) for device in devices))

    assert {result.token for result in results} == {own.token}
    assert Learner.objects.present().count() == 1
    assert Answer.objects.filter(attempt__learner__erased_at=None).count() == 4


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_open_each_others_words_at_once_become_one(home):
    lesson = lessons_of(a_course(lessons=1, questions=2))[0]
    one, other = Identity(uuid.uuid4()), Identity(uuid.uuid4())
    words = {}
    for device, question in zip([one, other], lesson.questions.all(), strict=True):
        give(lesson, device, question, right=True)
        words[device] = make_words(Learner.objects.get(token=device.token))

    results = all_at_once(
        partial(resume, words[other], one), partial(resume, words[one], other)
    )

    assert not [result for result in results if isinstance(result, Exception)]
    learner = Learner.objects.present().get()
    assert {result.token for result in results} == {learner.token}
    assert Answer.objects.filter(attempt__learner=learner).count() == 2
