"""A pack in another language says what its original says, paragraph by paragraph."""

import re

from tests.content import translated
from tests.content.conftest import reading_of
from tests.content.passages import NAMES, passages_of

MARKS = re.compile(r"\*\*|\]\([^)]*\)|[“”]")
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|you|your|not|with|for|that|it|they|or|to|by)\b", re.I
)
QUOTED = re.compile(r"“[^”]*”|\([^)]*\)")
SAME_IN_BOTH = {"Alopecia areata"}


def both(translation):
    """Return the passages of the original, and of the translation, by place."""
    return passages_of(reading_of(translation.original)), passages_of(
        reading_of(translation.folder)
    )


def paired(translation):
    original, translated_ = both(translation)
    shared = original.keys() & translated_.keys()
    return [
        (original[place], translated_[place]) for place in original if place in shared
    ]


def test_there_is_a_translation(translation):
    assert len(paired(translation)) > 2000


def test_it_has_the_same_pieces_in_the_same_places(translation):
    """Files, headings, blocks, rows and cells, questions and options."""
    original, translated_ = both(translation)
    missing = [original[place] for place in original if place not in translated_]
    extra = [translated_[place] for place in translated_ if place not in original]
    assert not missing, "not in the translation:\n" + "\n".join(map(str, missing))
    assert not extra, "only in the translation:\n" + "\n".join(map(str, extra))


def test_what_is_not_words_is_the_same(translation):
    """Ids, right answers, sources, kinds, dates and addresses."""
    different = [
        f"{theirs} ≠ {ours.text[:90]}"
        for ours, theirs in paired(translation)
        if not ours.is_worded and ours.field != "locale" and ours.text != theirs.text
    ]
    assert not different, "\n" + "\n".join(different)


def test_each_paragraph_has_the_same_figures(translation):
    different = [
        f"{theirs}\n  {dict(theirs.figures)} ≠ {dict(ours.figures)}"
        for ours, theirs in paired(translation)
        if ours.figures != theirs.figures
    ]
    assert not different, "\n" + "\n".join(different)


def test_each_paragraph_has_the_same_citations(translation):
    different = [
        f"{theirs}\n  {theirs.markers} ≠ {ours.markers}"
        for ours, theirs in paired(translation)
        if ours.markers != theirs.markers
    ]
    assert not different, "\n" + "\n".join(different)


def test_links_and_bold_words_stay(translation):
    different = [
        str(theirs)
        for ours, theirs in paired(translation)
        if _signs(ours) != _signs(theirs)
    ]
    assert not different, "\n" + "\n".join(different)


def _signs(passage):
    return [sign for sign in MARKS.findall(passage.text) if sign not in "“”"]


def test_no_paragraph_is_left_in_english(translation):
    found = [
        str(theirs)
        for ours, theirs in paired(translation)
        if ours.is_worded and ours.field not in NAMES and _is_english(ours, theirs)
    ]
    assert not found, "\n" + "\n".join(found)


def _is_english(ours, theirs):
    is_copied = (
        ours.text == theirs.text and len(re.findall(r"[^\W\d]{2,}", ours.text)) > 1
    )
    own = QUOTED.sub("", theirs.text)
    return (is_copied and ours.text not in SAME_IN_BOTH) or len(
        ENGLISH.findall(own)
    ) > 1


def test_no_paragraph_is_behind_its_original(translation):
    """The digest of each paragraph was kept when it was translated."""
    behind = translated.passages_behind(translation)
    assert not behind, (
        "the original has changed since it was translated. Translate these, then run"
        f" “python -m tests.content.translated {translation.folder.name}”:\n"
        + "\n".join(map(str, behind))
    )
