"""A pack is whole, and what holds for all of it."""

import datetime as dt
import re

from course.rules import prose
from tests.content.conftest import FOLDERS, reading_of

HAIR_LOSS = "stem-cell-therapy-for-hair-loss"
QUIZ_LENGTHS = {
    "stem-cell-basics": 5,
    "cell-types": 5,
    "procedure": 5,
    "risks": 6,
    "alternatives": 6,
}
ASKED_BY_THE_ARTICLE = {
    "Is it safe?": r"\bsafe\b",
    "How long until results?": r"\b(how (long|soon)|when)\b",
    "Does insurance pay?": r"\binsur",
    "What are the alternatives?": r"\b(alternative|other (option|treatment)|instead|else)",
}


def hair_loss():
    return reading_of(next(f for f in FOLDERS if f.name == HAIR_LOSS))


def test_a_file_has_no_problem(folder):
    problems = [str(problem) for problem in reading_of(folder).problems]
    assert not problems, "\n" + "\n".join(problems)


def test_the_five_lessons_stand_in_their_order():
    assert [lesson.meta.slug for lesson in hair_loss().lessons] == list(QUIZ_LENGTHS)


def test_quizzes_have_the_agreed_lengths():
    lengths = {item.meta.slug: len(item.questions) for item in hair_loss().lessons}
    assert lengths == QUIZ_LENGTHS


def test_every_quiz_has_a_critical_question_where_safety_is_taught():
    critical = {
        lesson.meta.slug
        for lesson in hair_loss().lessons
        if any(item.critical for item in lesson.items)
    }
    assert {"procedure", "risks", "alternatives"} <= critical


def test_the_next_check_is_not_past(folder):
    reading = reading_of(folder)
    for lesson in reading.lessons:
        review = reading.course.meta.review.differing(lesson.meta.review)
        assert review.next_check >= dt.datetime.now(dt.UTC).date(), (
            f"{lesson.file}: the check due on {review.next_check} is past"
        )


def test_the_articles_four_questions_are_answered():
    asked = [
        entry.question for item in hair_loss().lessons for entry in item.faq_entries
    ]
    for question, pattern in ASKED_BY_THE_ARTICLE.items():
        assert any(re.search(pattern, text, re.IGNORECASE) for text in asked), question


def test_meanings_of_terms_are_short_and_promise_nothing(folder):
    for term in reading_of(folder).glossary.terms:
        assert not prose.find_promises(term.meaning), f"glossary.md: {term.id}"
        longest = prose.longest_sentence(term.meaning)
        assert len(prose.split_words(longest)) <= 25, f"glossary.md: {longest}"
