"""The rule for names and addresses, alone."""

# ruff: noqa: RUF001 -- names in their own scripts.

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rules import names, titles

MARKS = [
    "\U000e0041",
    "\U0001d173",
    "\u200b",
    "\ufeff",
    "\u00a0",
    "\u200e",
    "\u200f",
    "\u2066",
    "\u00ad",
    "\u200d",
]


@pytest.mark.parametrize("mark", MARKS, ids=ascii)
def test_marks_at_the_edges_go(mark):
    assert names.clean_name(f"{mark}Anna{mark}") == "Anna"
    assert names.clean_address(f"{mark}anna@example.org{mark}") == "anna@example.org"


@pytest.mark.parametrize(
    "spelling",
    ["anna@bücher.example", "anna@xn--bcher-kva.example", "ANNA@BU\u0308CHER.example"],
)
def test_a_domain_is_one_address_however_its_letters_are_written(spelling):
    assert names.clean_address(spelling) == "anna@bücher.example"


@pytest.mark.parametrize(
    "odd", ["anna@xn--a.example", "anna@-ü-.example", "ü", "a@ü..x"]
)
def test_a_domain_that_is_none_stays_as_it_was_written(odd):
    assert names.clean_address(odd) == odd


@pytest.mark.parametrize(
    "name",
    ["سارا نی‌ای", "ജോണ്‍", "श्‍रीमती", "👩‍⚕️ Eva", "𠮷田 太郎", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 Eva", "Зоя", "Ngọc Ánh"],
)
def test_what_a_script_needs_stays(name):
    assert names.clean_name(name) == name


def test_tags_that_nobody_sees_make_no_second_person():
    assert names.clean_name("An\U000e0041\U000e0042na") == "Anna"


def test_a_joiner_between_latin_letters_is_no_second_person():
    assert names.clean_name("An\u200dna") == names.clean_name("An\u200bna") == "Anna"


@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1f", "\x7f", "\x9d", "\ufffe"])
def test_a_control_character_is_named(sign):
    found = names.control_character_in(names.clean_name(f"An{sign}na"))
    assert found == f"U+{ord(sign):04X}"
    assert names.storable_name(f"An{sign}na") == "An na"


@pytest.mark.parametrize(
    ("whole", "first", "last"),
    [
        ("Rahimi, Amir", "Amir", "Rahimi"),
        ("Dr. med. Zoe Tan", "Zoe", "Tan"),
        ("Dr med Zoe Tan", "Zoe", "Tan"),
        ("DR. MED. ZOE TAN", "ZOE", "TAN"),
        ("Prof. Dr. Mia Lang", "Mia", "Lang"),
        ("Mag. (FH) Eva Huber", "Eva", "Huber"),
        ("Univ.-Prof. Dr. h.c. Anna Berg", "Anna", "Berg"),
        ("Priv.-Doz. Dr. Uwe Ott", "Uwe", "Ott"),
        ("Tan, Dr. med. Zoe", "Zoe", "Tan"),
        ("Zoe Tan, MD", "Zoe", "Tan"),
        ("Tan, Zoe, PhD", "Zoe", "Tan"),
        ("King, Martin, Jr.", "Martin", "King Jr."),
        ("Ann Mary Roe", "Ann", "Mary Roe"),
        # Names that look like titles and degrees.
        ("Dr. Phil Collins", "Phil", "Collins"),
        ("Ing Tan", "Ing", "Tan"),
        ("Tan, Ma", "Ma", "Tan"),
        ("Do Van Minh", "Do", "Van Minh"),
        ("Prof. M. Lang", "M.", "Lang"),
        ("Dr.", "Dr.", ""),
        # Capitals tell the last name, initials and degrees do not.
        ("MARCHAND Lou", "Lou", "MARCHAND"),
        ("DE LA TOUR Zoé", "Zoé", "DE LA TOUR"),
        ("ANN ROE", "ANN", "ROE"),
        ("J. R. R. Tolkien", "J.", "R. R. Tolkien"),
        ("TJ Smith", "TJ", "Smith"),
        # Titles of other countries.
        ("د. لينا الخطيب", "لينا", "الخطيب"),
        ("Op. Dr. Ayşe Yılmaz", "Ayşe", "Yılmaz"),
        ("dr n. med. Anna Kowalska", "Anna", "Kowalska"),
        ("Dr. N. Smith", "N.", "Smith"),
    ],
)
def test_a_whole_name_is_taken_apart(whole, first, last):
    assert titles.first_and_last(whole) == (first, last)


@pytest.mark.parametrize(
    ("whole", "first", "last"),
    [
        ("Müller Jörg", "Jörg", "Müller"),
        ("Müller, Jörg", "Jörg", "Müller"),
        ("García López María", "García", "López María"),
        ("Müller", "Müller", ""),
    ],
)
def test_a_column_may_say_that_the_last_name_stands_first(whole, first, last):
    assert titles.first_and_last(whole, is_last_first=True) == (first, last)


@given(st.text())
def test_what_is_clean_stays_as_it_is(text):
    once = names.storable_name(text)
    assert names.storable_name(once) == once
    assert not names.control_character_in(once)
    address = names.storable_address(text)
    assert names.storable_address(address) == address


@given(st.text(alphabet=st.characters(categories=["L", "Zs"]), min_size=1))
def test_taking_a_name_apart_loses_no_word_of_letters(text):
    words = names.clean_name(text).split()
    kept = " ".join(titles.first_and_last(text)).split()
    if not any(titles.without_titles(f"{word} x") == "x" for word in words):
        assert sorted(kept) == sorted(words)
