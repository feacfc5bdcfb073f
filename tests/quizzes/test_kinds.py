# ruff: noqa: RUF001 -- signs of other scripts are what is typed
"""Each kind of question: what may be posted and what comes of it."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from accounts.models import Learner
from course.rules.digests import digest_text
from quizzes import kinds
from quizzes.forms.answers import read_response
from quizzes.kinds import ordering
from quizzes.rules import marking
from quizzes.rules.paper import FrozenOption, FrozenQuestion, Response
from quizzes.rules.posted_answers import UnknownOption, UnusableAnswer
from quizzes.rules.question_kind import QuestionKind
from tests.factories import QuestionFactory, a_lesson
from tests.taking_quizzes import form_of


def question(kind, rights=(True, False, False)):
    options = tuple(
        FrozenOption(name, name.upper(), right, f"Why {name}.")
        for name, right in zip("abc", rights, strict=False)
    )
    return FrozenQuestion("k", "q", kind, "?", False, "", (), "", options)


NUMBER = replace(
    question("numeric"),
    options=(FrozenOption("a", "3", right=False, feedback=""),),
    tolerance="0.5",
    unit="months",
)
WORD = replace(
    question("short_text"),
    options=tuple(
        FrozenOption(t, t, right=False, feedback="") for t in ("Follicle", "Pore")
    ),
)
PAIRS = replace(
    question("matching"),
    options=(
        FrozenOption("a", "Skin", right=False, feedback="", match="Outside"),
        FrozenOption("b", "Marrow", right=False, feedback="", match="Inside"),
        FrozenOption("c", "Scalp", right=False, feedback="", match="outside"),
        FrozenOption("d", "", right=False, feedback="", match="Nowhere"),
    ),
)
OUTSIDE, NOWHERE = (digest_text(match)[:12] for match in ("outside", "nowhere"))


def posted(text):
    return QueryDict(text)


def test_kinds_are_found_by_name():
    assert kinds.NAMES == (
        "matching",
        "multiple_response",
        "numeric",
        "ordering",
        "short_text",
        "single_choice",
        "true_false",
    )
    with pytest.raises(KeyError):
        kinds.kind_named("os")


def test_a_kind_that_does_not_answer_for_everything_is_refused():
    class Half(QuestionKind):
        label = "Half"

    with pytest.raises(TypeError, match="abstract"):
        Half()


@pytest.mark.parametrize(
    ("kind", "text", "options"),
    [
        ("single_choice", "choice=b", ("b",)),
        ("true_false", "choice=a", ("a",)),
        ("multiple_response", "choice=c&choice=a", ("a", "c")),
        ("ordering", "order=b&order=c&order=a", ("b", "c", "a")),
    ],
)
def test_an_answer_is_read(kind, text, options):
    assert read_response(posted(text), question(kind)) == Response(options)


@pytest.mark.parametrize(
    ("asked", "text", "response"),
    [
        (NUMBER, "typed=3,5", Response(text="3,5")),
        (NUMBER, "typed= 3  months ", Response(text="3 months")),
        (WORD, "typed=hair++follicle", Response(text="hair follicle")),
        (
            PAIRS,
            f"match-a={OUTSIDE}&match-b={NOWHERE}&match-c={OUTSIDE}",
            Response(pairs=(("a", "Outside"), ("b", "Nowhere"), ("c", "Outside"))),
        ),
    ],
)
def test_what_was_typed_or_paired_is_read(asked, text, response):
    assert read_response(posted(text), asked) == response


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (NUMBER, ""),
        (NUMBER, "typed=three"),
        (NUMBER, "typed=3 weeks"),
        (WORD, "typed=  "),
        (WORD, f"typed={'a' * 101}"),
        (PAIRS, f"match-a={OUTSIDE}&match-b={NOWHERE}"),
        (PAIRS, f"match-a={OUTSIDE}&match-b={NOWHERE}&match-c="),
    ],
)
def test_what_cannot_be_read_says_what_to_do(asked, text):
    with pytest.raises(UnusableAnswer, match="not sure yet"):
        read_response(posted(text), asked)


def test_a_match_of_another_question_is_unknown():
    with pytest.raises(UnknownOption):
        read_response(posted(f"match-a=z&match-b={NOWHERE}&match-c={OUTSIDE}"), PAIRS)


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        *[(typed, True) for typed in ("3", "2.5", "3,5", "03.0", "3 months", "٣")],
        *[(typed, True) for typed in ("３．５", "+3", "\u200f٢٫٥\u200f")],
        *[(typed, False) for typed in ("2.49", "3,51", "-3", "3000", "3.500.000")],
    ],
)
def test_a_number_is_right_within_its_tolerance(typed, is_right):
    assert marking.is_right(NUMBER, Response(text=typed)) is is_right


@pytest.mark.parametrize(
    "typed", ["100000", "1,00,000", "١٠٠٬٠٠٠", "100\u202f000", "１００，０００"]
)
def test_thousands_are_read_in_the_digits_and_groups_of_other_languages(typed):
    many = replace(NUMBER, options=(replace(NUMBER.options[0], text="100000"),))
    assert marking.is_right(many, Response(text=typed))


def test_a_unit_is_read_in_arabic_signs():
    share = replace(NUMBER, unit="%")
    assert marking.is_right(share, Response(text="٣٪"))


@pytest.mark.parametrize(
    ("text", "tolerance", "words"),
    [
        ("3,50", "0,5", ["3,50 months", "3 – 4 months"]),
        ("4", "0,5", ["4 months", "3,5 – 4,5 months"]),
        ("٣٫٥", "1", ["٣٫٥ months", "٢٫٥ – ٤٫٥ months"]),
        ("1.000,5", "1", ["1.000,5 months", "999,5 – 1001,5 months"]),
    ],
)
def test_the_right_number_is_shown_as_its_author_writes_numbers(text, tolerance, words):
    option = replace(NUMBER.options[0], text=text)
    asked = replace(NUMBER, options=(option,), tolerance=tolerance)
    assert kinds.kind_of(asked).right_in_words(asked) == words


def test_a_comma_before_three_digits_may_part_thousands_or_decimals():
    thousand = replace(NUMBER, options=(replace(NUMBER.options[0], text="1000"),))
    assert marking.is_right(thousand, Response(text="1,000"))
    assert marking.is_right(thousand, Response(text="1.000"))
    assert marking.is_right(replace(NUMBER, tolerance=""), Response(text="3,000"))


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [
        *[(t, True) for t in ("Follicle", "FOLLICLE", "folli\u0301cle", "“pore”.")],
        *[(typed, False) for typed in ("follicles", "a pore", "po re")],
    ],
)
def test_a_word_is_right_in_any_case_and_with_any_accents(typed, is_right):
    assert marking.is_right(WORD, Response(text=typed)) is is_right


@pytest.mark.parametrize(
    ("spelling", "typed"),
    [
        ("مُضاد", "مضاد"),
        ("أدوية", "ادوية"),
        ("שָׁלוֹם", "שלום"),
        ("œdème", "oedeme"),
        ("anæmia", "Anaemia"),
        ("İstanbul", "ISTANBUL"),
        ("Straße", "STRASSE"),
        ("οδός", "ΟΔΟΣ"),
        ("癌", "「癌」。"),
        ("MRI", "ＭＲＩ"),
        ("naive", "na\u00adive\u200b"),
    ],
)
def test_a_word_is_right_as_its_language_may_be_typed(spelling, typed):
    asked = replace(WORD, options=(replace(WORD.options[0], text=spelling),))
    assert marking.is_right(asked, Response(text=typed))


def test_marks_that_are_letters_of_a_script_are_not_overlooked():
    asked = replace(WORD, options=(replace(WORD.options[0], text="किताब"),))
    assert marking.is_right(asked, Response(text="किताब"))
    assert not marking.is_right(asked, Response(text="कताब"))


def test_pairs_are_right_only_all_of_them():
    right = (("a", "Outside"), ("b", "Inside"), ("c", "Outside"))
    assert marking.is_right(PAIRS, Response(pairs=right))
    assert not marking.is_right(PAIRS, Response(pairs=right[:2]))
    wrong = (*right[:2], ("c", "Nowhere"))
    assert not marking.is_right(PAIRS, Response(pairs=wrong))


def test_what_two_pairs_belong_to_is_offered_once_in_the_order_of_the_alphabet():
    offered = [
        text for _value, text in kinds.kind_of(PAIRS).controls(PAIRS, None)[0].matches
    ]
    assert offered == ["Inside", "Nowhere", "Outside"]


@pytest.mark.parametrize("kind", kinds.NAMES)
def test_not_sure_is_read_in_every_kind(kind):
    response = read_response(posted("choice=not-sure"), question(kind))
    assert response == Response(not_sure=True)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("single_choice", ""),
        ("single_choice", "choice=a&choice=b"),
        ("true_false", ""),
        ("multiple_response", ""),
        ("multiple_response", "choice=a&choice=not-sure"),
        ("ordering", ""),
        ("ordering", "order=a&order=a&order=c"),
        ("ordering", "order=a&order=b"),
        ("ordering", "order=a&order=b&order=z"),
    ],
)
def test_an_answer_that_cannot_be_read_says_what_to_do(kind, text):
    with pytest.raises(UnusableAnswer, match=r"not sure yet|not both"):
        read_response(posted(text), question(kind))


@pytest.mark.parametrize("kind", ["single_choice", "true_false", "multiple_response"])
def test_an_option_of_another_question_is_unknown(kind):
    with pytest.raises(UnknownOption):
        read_response(posted("choice=z"), question(kind))


@pytest.mark.parametrize(
    ("kind", "rights", "sound"),
    [
        ("single_choice", [True, False], True),
        ("single_choice", [True, True], False),
        ("single_choice", [True], False),
        ("multiple_response", [True, True, False], True),
        ("multiple_response", [False, False], False),
        ("true_false", [True, False], True),
        ("true_false", [True, False, False], False),
        ("ordering", [False, False], True),
        ("ordering", [False], False),
    ],
)
def test_a_kind_knows_what_keeps_a_question_from_being_asked(kind, rights, sound):
    assert (kinds.kind_named(kind).problems(question(kind, rights)) == []) is sound


@pytest.mark.parametrize(
    ("move", "expected"),
    [
        ("b:up", ["c", "b", "a"]),
        ("c:down", ["a", "c", "b"]),
        ("c:up", ["c", "a", "b"]),
        ("b:down", ["c", "a", "b"]),
        ("z:up", ["c", "a", "b"]),
    ],
)
def test_a_step_is_moved_one_place(move, expected):
    form = posted(f"order=c&order=a&order=b&move={move}")
    assert ordering.arrange_options(form, question("ordering")) == expected


def test_steps_that_were_not_sent_follow_those_that_were():
    form = posted("order=c&order=c&order=z")
    assert ordering.arrange_options(form, question("ordering")) == ["c", "a", "b"]


@pytest.mark.django_db
def test_a_step_is_moved_without_writing_anything(client, course):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, ordering=True)
    quiz_url = lesson.url + "quiz/"
    order = [option.id for option in asked.options]
    page = form_of(client, quiz_url).send(
        client, follow=True, order=order, move=f"{order[2]}:up"
    )
    assert page.status_code == 200
    assert page.text.index("Third</span>") < page.text.index("Second</span>")
    assert "autofocus" in page.text
    assert not Learner.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("trait", ["multiple", "true_false", "ordering"])
def test_each_kind_is_asked_and_explained(client, course, trait):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, **{trait: True})
    quiz_url = lesson.url + "quiz/"
    form = form_of(client, quiz_url)
    rights = [option.id for option in asked.options if option.value["right"]]
    order = {"order": [option.id for option in asked.options]}
    answer = order if trait == "ordering" else {"choice": rights}
    page = form.send(client, follow=True, **answer)
    assert "That is right" in page.text
    assert ("This is why." if trait == "ordering" else "Why: ") in page.text


@pytest.mark.django_db
def test_multiple_response_explains_every_option(client, course):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, multiple=True)
    quiz_url = lesson.url + "quiz/"
    form = form_of(client, quiz_url)
    page = form.send(client, follow=True, choice=[asked.options[2].id]).text
    for option in asked.options:
        assert option.value["feedback"] in page


@pytest.mark.django_db
def test_only_what_was_chosen_and_is_not_right_is_shown_as_wrong(client, course):
    lesson = a_lesson(course, questions=0)
    asked = QuestionFactory(lesson=lesson, multiple=True)
    wrong = [o.id for o in asked.options if not o.value["right"]]
    rights = [o.id for o in asked.options if o.value["right"]]
    form = form_of(client, lesson.url + "quiz/")
    page = form.send(client, follow=True, choice=[*rights[1:], *wrong[1:]]).text
    assert page.count("app-feedback--not-quite") == len(wrong[1:])
    assert page.count("You were right to leave this out") == 1
    assert page.count("app-feedback--right") == len(rights)


@pytest.mark.django_db
def test_not_sure_praises_and_blames_no_option(client, course):
    lesson = a_lesson(course, questions=0)
    QuestionFactory(lesson=lesson, multiple=True)
    form = form_of(client, lesson.url + "quiz/")
    page = form.send(client, follow=True, choice="not-sure").text
    assert "app-feedback--not-quite" not in page
    assert "You left this out" not in page
    assert "Not one of the right answers" in page
