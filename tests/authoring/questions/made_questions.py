"""Questions made up for tests of formats: every shape that can be finished."""

import uuid
from fractions import Fraction

from hypothesis import strategies as st

from authoring.questions.rules.items import ExchangedItem, ExchangedOption
from quizzes.rules.numbers import unambiguous_text

LESSON = uuid.uuid4()

TEXT = st.text(
    st.one_of(
        st.sampled_from("aé \n~=#{}:\\%[]<>&\"'/-$*0¹₂"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]),
    ),
    max_size=12,
).map(str.strip)
WORDS = TEXT.map(lambda text: text or "a")


def _items(kind, options, **fields):
    return st.builds(
        ExchangedItem,
        kind=st.just(kind),
        stem=WORDS,
        options=options.map(tuple),
        handle=st.from_regex(r"[a-z]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True),
        key=st.uuids(),
        feedback=TEXT,
        critical=st.booleans(),
        sources=st.lists(st.sampled_from(["S1", "S22"]), unique=True).map(tuple),
        answered_in=st.sampled_from(["", "#what-it-is", "faq:is-it-safe"]),
        review_status=st.sampled_from(["", "to_check", "check_wording", "left_out"]),
        **fields,
    )


def _options(right):
    """Return options of which those are right whose places are drawn."""
    told = st.lists(st.tuples(WORDS, TEXT), min_size=2, max_size=4)
    return st.tuples(told, right).map(
        lambda drawn: [
            ExchangedOption(
                text, place in drawn[1] or (place == 0 and not drawn[1]), why
            )
            for place, (text, why) in enumerate(drawn[0])
        ]
    )


def _truths(right):
    words = st.sampled_from([("True", "False"), ("Yes", "No"), ("False", "True")])
    return st.tuples(words, TEXT, TEXT).map(
        lambda drawn: [
            ExchangedOption(text, place == right, why)
            for place, (text, why) in enumerate(
                zip(drawn[0], drawn[1:], strict=True), start=0
            )
        ]
    )


# As HTML, which GIFT has for steps, several spaces are one.
STEP = WORDS.map(lambda text: ExchangedOption(" ".join(text.split())))
STEPS = st.lists(STEP, min_size=2, max_size=4)
# A pair is parted by “->” in GIFT, which knows no way to say it in a text.
SAYABLE = WORDS.filter(lambda text: "->" not in text)
SPELLINGS = st.lists(SAYABLE.map(ExchangedOption), min_size=1, max_size=3)
PAIRS = st.lists(
    st.builds(lambda text, match: ExchangedOption(text, match=match), SAYABLE, SAYABLE),
    min_size=2,
    max_size=4,
)
NUMBERS = st.decimals(-9999, 9999, places=3).map(
    lambda n: unambiguous_text(Fraction(n))
)
ITEM = st.one_of(
    _items("single_choice", _options(st.sets(st.integers(0, 1), max_size=1))),
    _items("multiple_response", _options(st.sets(st.integers(0, 1)))),
    _items("true_false", st.integers(0, 1).flatmap(_truths)),
    _items("ordering", STEPS),
    _items("short_text", SPELLINGS),
    _items("matching", PAIRS),
    _items(
        "numeric",
        NUMBERS.map(lambda number: [ExchangedOption(number)]),
        tolerance=NUMBERS.map(
            lambda number: "" if number == "0" else number.lstrip("-")
        ),
        unit=st.sampled_from(["", "months", "%", "g/l"]),
    ),
)


SINGLE = ExchangedItem(
    "single_choice",
    "What is 5 > 3: {true}?",
    (
        ExchangedOption("It is #1", True, "Yes = right"),
        ExchangedOption("No ~", feedback="Why: no"),
    ),
    handle="bigger",
    key=uuid.uuid4(),
    feedback="All in all [S1].",
)
MULTIPLE = ExchangedItem(
    "multiple_response",
    "Which two?",
    (
        ExchangedOption("One", True),
        ExchangedOption("Two", True),
        ExchangedOption("Three"),
    ),
    handle="two",
    key=uuid.uuid4(),
)
TRUTH = ExchangedItem(
    "true_false",
    "Is it so?",
    (
        ExchangedOption("True", feedback="No, it is not"),
        ExchangedOption("False", True, "Right"),
    ),
    handle="so",
    key=uuid.uuid4(),
)
ORDER = ExchangedItem(
    "ordering",
    "In what order: {a} = b?",
    (
        ExchangedOption("First: wash {both} hands"),
        ExchangedOption("0"),
        ExchangedOption("// Third ####\n< last"),
    ),
    handle="order",
    key=uuid.uuid4(),
    feedback="For germs.",
)
NUMBER = ExchangedItem(
    "numeric",
    "How many months?",
    (ExchangedOption("3"),),
    handle="months",
    key=uuid.uuid4(),
    feedback="Hair grows slowly.",
    tolerance="0.5",
    unit="months",
)
WORD = ExchangedItem(
    "short_text",
    "What grows one hair?",
    (ExchangedOption("Follicle"), ExchangedOption("Hair follicle: {1}")),
    handle="follicle",
    key=uuid.uuid4(),
    feedback="It is a pocket.",
)
MATCH = ExchangedItem(
    "matching",
    "Where are they?",
    (
        ExchangedOption("Skin", match="Outside"),
        ExchangedOption("Bone = hard", match="Inside"),
        ExchangedOption("Scalp", match="Outside"),
        ExchangedOption("", match="Nowhere"),
    ),
    handle="places",
    key=uuid.uuid4(),
    feedback="The skin is outside.",
)
ALL = [SINGLE, MULTIPLE, TRUTH, ORDER, NUMBER, WORD, MATCH]
