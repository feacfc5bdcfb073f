"""How a lesson reads: grades, lengths, and words that promise too much."""

import pytest

from authoring.packs.queries.wording import (
    opening_texts,
    own_voice,
    quiz_text,
    running_text,
    split_sections,
)
from authoring.packs.rules.content import piece_type
from authoring.packs.rules.document import PackHeading
from course.rules import prose
from course.rules.folding import list_unfolded
from tests.content.spanish_reading import inflesz_index

GRADE_LIMIT = 7.0
EASE_LIMIT = 65
SENTENCE_LIMIT = 25
SECTION_LIMIT = 150
LESSON_LENGTH = range(250, 701)


def joined(wordings):
    return "\n".join(wording.text for wording in wordings)


def lesson_text(lesson):
    body = [piece for section in split_sections(lesson) for piece in section.pieces]
    return [*opening_texts(lesson), *running_text(body)]


def with_answers(lesson):
    return [*lesson_text(lesson), *running_text(lesson.faq)]


def text_of(lesson, part):
    quiz = quiz_text(lesson, own=False)
    return joined(quiz if part == "quiz" else with_answers(lesson))


@pytest.mark.parametrize("part", ["lesson", "quiz"])
def test_english_reads_at_grade_seven_or_below(lesson, language, part, record_property):
    if language != "en":
        return
    text = text_of(lesson, part)
    grade = prose.flesch_kincaid_grade(text)
    record_property(
        "reading",
        f"{lesson.file} {part}: Flesch-Kincaid {grade:.1f}, "
        f"SMOG {prose.smog_grade(text):.1f}, LIX {prose.lix_index(text):.0f}",
    )
    hardest = "\n".join(prose.hardest_sentences(text))
    assert grade <= GRADE_LIMIT, f"{lesson.file} {part}: {grade:.1f}\n{hardest}"


@pytest.mark.parametrize("part", ["lesson", "quiz"])
def test_spanish_is_fairly_easy_to_read(lesson, language, part, record_property):
    if language != "es":
        return
    text = text_of(lesson, part)
    ease = inflesz_index(text)
    record_property(
        "reading",
        f"{lesson.file} in Spanish {part}: INFLESZ {ease:.0f}, "
        f"LIX {prose.lix_index(text):.0f}",
    )
    hardest = "\n".join(sorted(prose.split_sentences(text), key=inflesz_index)[:10])
    assert ease >= EASE_LIMIT, f"{lesson.file} {part}: {ease:.0f}\n{hardest}"


def test_no_sentence_is_longer_than_25_words(lesson):
    wordings = [*with_answers(lesson), *quiz_text(lesson, own=False)]
    long = [
        f"{lesson.file}:{wording.line}: {len(prose.split_words(sentence))} words: {sentence}"
        for wording in wordings
        for sentence in prose.split_sentences(wording.text)
        if len(prose.split_words(sentence)) > SENTENCE_LIMIT
    ]
    assert not long, "\n" + "\n".join(long)


def test_nothing_is_promised(lesson):
    found = [
        f"{lesson.file}:{wording.line}: “{promise.word}” in: {promise.sentence}"
        for wording in own_voice(lesson)
        for promise in prose.find_promises(wording.text)
    ]
    assert not found, "\n" + "\n".join(found)


def test_the_lesson_has_250_to_700_words_before_anything_is_unfolded(lesson):
    """Main message, in short and body; tables, FAQ and quiz are not counted."""
    shown = list_unfolded(lesson.body, piece_type)
    body = [piece for piece in shown if not isinstance(piece, PackHeading)]
    length = len(
        prose.split_words(joined([*opening_texts(lesson), *running_text(body)]))
    )
    assert length in LESSON_LENGTH, f"{lesson.file}: {length} words"


def test_no_section_is_longer_than_150_words(lesson):
    long = []
    for section in split_sections(lesson):
        length = len(prose.split_words(joined(running_text(section.pieces))))
        if length > SECTION_LIMIT:
            long.append(
                f"{lesson.file}:{section.line}: {section.title}: {length} words"
            )
    assert not long, "\n" + "\n".join(long)


def test_the_main_message_has_25_words_at_most(lesson):
    length = len(prose.split_words(lesson.meta.main_message))
    assert length <= SENTENCE_LIMIT, f"{lesson.file}: {length} words"
