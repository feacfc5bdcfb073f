"""In which language danger signs are read."""

import dataclasses

import pytest

from course.rules.danger_signs import (
    SHIPPED,
    choose_signs,
    read_phone_numbers,
    split_lines,
)

ENGLISH, SPANISH = SHIPPED["en"], SHIPPED["es"]
EDITED = dataclasses.replace(ENGLISH, signs="a green nose")


def test_ours_are_read_in_the_language_of_the_reader():
    assert choose_signs("es", "en", {}) == ("es", SPANISH)
    assert choose_signs("es", "en", {"en": ENGLISH}) == ("es", SPANISH)


def test_what_the_site_wrote_in_the_language_comes_first():
    own = dataclasses.replace(SPANISH, signs="una nariz verde")
    assert choose_signs("es", "en", {"en": EDITED, "es": own}) == ("es", own)


def test_what_the_site_changed_is_not_lost_in_a_language_it_did_not_write():
    assert choose_signs("es", "en", {"en": EDITED}) == ("en", EDITED)


def test_a_language_without_a_translation_is_read_in_the_first():
    assert choose_signs("ar", "en", {}) == ("en", ENGLISH)


@pytest.mark.parametrize("language", SHIPPED)
def test_every_translation_has_each_sign_and_each_number(language):
    ours = SHIPPED[language]
    for name in ("signs", "same_day_signs"):
        lines = split_lines(getattr(ours, name))
        assert len(lines) == len(split_lines(getattr(ENGLISH, name)))
    assert [
        (phone.number, phone.dialled)
        for phone in read_phone_numbers(ours.phone_numbers)
    ] == [
        (phone.number, phone.dialled)
        for phone in read_phone_numbers(ENGLISH.phone_numbers)
    ]
