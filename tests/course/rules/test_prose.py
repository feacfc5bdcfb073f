# ruff: noqa: RUF001 -- typographic signs are what this module reads.
"""Counting sentences, words and syllables; grades; and words that promise too much."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.rules import prose

FIXTURE = Path(__file__).with_name("syllables.csv")


@pytest.fixture(scope="module")
def known_words():
    with FIXTURE.open(encoding="utf-8") as file:
        return {row["word"]: int(row["syllables"]) for row in csv.DictReader(file)}


class TestSyllables:
    def test_of_200_known_words_19_in_20_are_counted_exactly(self, known_words):
        wrong = {w: n for w, n in known_words.items() if prose.count_syllables(w) != n}
        assert len(known_words) == 200
        assert len(wrong) <= 10, wrong

    def test_the_sum_over_them_is_within_one_in_a_hundred(self, known_words):
        counted = sum(map(prose.count_syllables, known_words))
        assert counted == pytest.approx(sum(known_words.values()), rel=0.01)

    @pytest.mark.parametrize(
        ("word", "number"),
        [
            ("FDA", 3),
            ("NHS", 3),
            ("US", 2),
            ("W", 1),
            ("SVFs", 3),
            ("26", 1),
            ("well-tested", 3),
            ("don’t", 1),
            ("people's", 2),
            ("someone", 2),
            ("everything", 3),
            ("safety", 2),
            ("the", 1),
            ("me", 1),
            ("tables", 2),
        ],
    )
    def test_short_forms_and_compounds(self, word, number):
        assert prose.count_syllables(word) == number

    @given(st.from_regex(r"\w+", fullmatch=True))
    def test_every_word_has_at_least_one(self, word):
        assert prose.count_syllables(word) >= 1


class TestSentences:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("One. Two! Three?", ["One.", "Two!", "Three?"]),
            ("Dr. Who came. He left.", ["Dr. Who came.", "He left."]),
            (
                "It rose by 3.5 cm. Then it fell.",
                ["It rose by 3.5 cm.", "Then it fell."],
            ),
            ("For example, e.g. Norwood 3.", ["For example, e.g. Norwood 3."]),
            ("“Is it?” Yes.", ["“Is it?”", "Yes."]),
            ("It helps [S1, S2]. It may not [S3].", ["It helps.", "It may not."]),
            ("a point\nanother point", ["a point", "another point"]),
            ("one thing\n\n", ["one thing"]),
            ("", []),
            ("…", []),
        ],
    )
    def test_they_end_with_stops_and_lines(self, text, expected):
        assert prose.split_sentences(text) == expected

    def test_the_longest_is_found(self):
        assert prose.longest_sentence("Too short. This one is longer. No.") == (
            "This one is longer."
        )
        assert prose.longest_sentence("") == ""

    def test_the_hardest_come_first(self):
        text = "It is so. Autologous transplantation necessitates anaesthesia."
        assert prose.hardest_sentences(text, 1) == [prose.split_sentences(text)[1]]

    @given(st.text())
    def test_no_word_is_lost_between_sentences(self, text):
        found = [
            word for s in prose.split_sentences(text) for word in prose.split_words(s)
        ]
        lines = [word for line in text.splitlines() for word in prose.split_words(line)]
        assert found == lines


class TestGrades:
    TEXT = "The cat sat on the mat. A regulator decides about the medicine."

    def test_what_is_counted(self):
        assert prose.measure_text(self.TEXT) == prose.Measure(
            sentences=2, words=12, syllables=19, polysyllables=2, long_words=3
        )

    def test_the_formulas(self):
        assert prose.flesch_kincaid_grade(self.TEXT) == pytest.approx(
            0.39 * 12 / 2 + 11.8 * 19 / 12 - 15.59
        )
        assert prose.smog_grade(self.TEXT) == pytest.approx(
            1.0430 * (2 * 30 / 2) ** 0.5 + 3.1291
        )
        assert prose.lix_index(self.TEXT) == pytest.approx(12 / 2 + 100 * 3 / 12)

    def test_no_text_has_no_grade(self):
        assert prose.flesch_kincaid_grade("") == 0
        assert prose.smog_grade("") == 0
        assert prose.lix_index("") == 0

    def test_citations_do_not_count(self):
        cited = "The cat sat [S1] on the mat [S2, S3]."
        assert prose.measure_text(cited) == prose.measure_text(
            "The cat sat on the mat."
        )


PROMISED = [
    ("It can reverse hair loss.", "reverse"),
    ("A cure is near.", "cure"),
    ("Success is guaranteed.", "guaranteed"),
    ("It is a miracle.", "miracle"),
    ("This breakthrough helps.", "breakthrough"),
    ("The treatment is risk-free.", "risk-free"),
    ("It works for 100% of men.", "100%"),
    ("It works for 100 per cent of men.", "100 per cent"),
    ("The needle is painless.", "painless"),
    ("It looks natural.", "natural"),
    ("It will rejuvenate the scalp.", "rejuvenate"),
    ("Your own cells are safe.", "safe"),
    ("It is proven.", "proven"),
    ("A non-invasive way.", "non-invasive"),
    ("They boost growth.", "boost"),
    ("It is promising.", "promising"),
    ("It has a bright future.", "bright future"),
    ("You get a full head of hair.", "full head of hair"),
    ("Marrow cells are more potent.", "more potent"),
    ("You are back to normal in a day.", "back to normal"),
    ("Many say it is worth the cost.", "worth the cost"),
    ("Clean work minimises the risk.", "minimises the risk"),
    ("It works without invasive surgery.", "without invasive surgery"),
    ("The cells become follicles.", "become follicles"),
    ("Contact our clinic today.", "Contact our clinic"),
    ("It is not only safe.", "safe"),
    ("There is no doubt that it is proven.", "proven"),
    ("It is not painful, and it is safe.", "safe"),
]

ALLOWED = [
    "It is not known to be safe.",
    "Nobody has proven it.",
    "Very few of these treatments are proven.",
    "There is no proof that it is safe.",
    "No study shows that cells become follicles.",
    "There is no cure.",
    "Is it safe?",
    "We do not know if it is safe.",
    "Ask how safe it is.",
    "An approved drug has a proven effect.",
    "It tells you to stop a proven treatment.",
    "The ad says “safe and natural”.",
    "The study authors called it promising, but it was small.",
    "The report spoke of unsafe and unproven cells.",
    "Put in a secure place.",
]


class TestPromises:
    @pytest.mark.parametrize(("text", "word"), PROMISED)
    def test_a_promise_is_found(self, text, word):
        assert prose.find_promises(text) == [prose.Promise(word, text)]

    @pytest.mark.parametrize("text", ALLOWED)
    def test_what_takes_it_back_is_understood(self, text):
        assert prose.find_promises(text) == []

    def test_each_sentence_answers_for_itself(self):
        assert len(prose.find_promises("It is not known. It is safe.")) == 1

    @pytest.mark.parametrize(
        "words", ["safe water ", "not e.g. A proven ", "‘“if safe? "]
    )
    def test_a_word_is_searched_at_most_some_hundred_letters_back(
        self, words, searched
    ):
        prose.find_promises(words * 2_000)
        few = sum(searched)
        searched.clear()
        prose.find_promises(words * 8_000)
        assert few < sum(searched) < 5 * few

    @pytest.mark.parametrize(
        "text",
        ["We ask if {} it is safe.", "They stop what {} is proven.", "Not {} proven."],
    )
    def test_what_takes_it_back_stands_near(self, text):
        assert not prose.find_promises(text.format(""))
        assert prose.find_promises(text.format("long, " * 100))


class _Counted:
    """A pattern that notes how many letters it is given."""

    def __init__(self, pattern, letters):
        self.pattern, self.letters = pattern, letters

    def _count(self, text, start=0, end=None):
        self.letters.append((len(text) if end is None else end) - start)

    def search(self, *given):
        self._count(*given)
        return self.pattern.search(*given)

    def finditer(self, text):
        self._count(text)
        return self.pattern.finditer(text)


@pytest.fixture
def searched(monkeypatch):
    """The letters that each search for promises goes through."""
    letters = []
    for name in ("_BANNED", "_DENIED", "_NEW_CLAUSE", "_END"):
        pattern = getattr(prose, name)
        monkeypatch.setattr(prose, name, _Counted(pattern, letters))
    rules = {word: _Counted(rule, letters) for word, rule in prose._ALLOWED.items()}
    monkeypatch.setattr(prose, "_ALLOWED", rules)
    return letters
