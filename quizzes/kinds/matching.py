"""Match what belongs together. An option is a pair, or an extra choice."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from course.rules.digests import digest_text
from quizzes.rules.paper import FrozenOption, FrozenQuestion, Response
from quizzes.rules.posted_answers import Posted, UnknownOption, UnusableAnswer
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw, QuestionKind
from quizzes.rules.spelling import fold_spelling


@dataclass(frozen=True)
class MatchControl:
    """A text to find the match of. `chosen` is the value of the chosen match."""

    id: str
    text: str
    chosen: str
    matches: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ExplainedPair:
    """A pair in feedback, with what was chosen, or "" for “I'm not sure yet”."""

    text: str
    given: str
    right: str

    @property
    def is_right(self) -> bool:
        return bool(self.given) and fold_spelling(self.given) == fold_spelling(
            self.right
        )


class Matching(QuestionKind):
    label = _("Match")
    hint = _("Choose a match for each one.")
    for_authors = _(
        "Each option is a pair: a “Text” and what it “Belongs to”. Several texts can "
        "belong to the same thing. For an extra choice that matches nothing, leave "
        "“Text” blank. Explain in “Feedback” why they belong together."
    )
    shape = "pairs"
    is_answered_in_words = True
    option_fields = frozenset({"match"})
    option_counts = (3, 6)
    offers_options = False
    why_missing = _("explain in “Feedback” why they belong together.")

    def controls(
        self, question: FrozenQuestion, posted: Posted | None
    ) -> tuple[MatchControl, ...]:
        values = _values(question)
        matches = tuple((value, text) for text, value in values.items())
        return tuple(
            MatchControl(
                pair.id,
                pair.text,
                "".join(posted.getlist(f"match-{pair.id}")) if posted else "",
                matches,
            )
            for pair in _pairs(question)
        )

    def read_before(self, question: FrozenQuestion) -> Any:
        texts = {pair.id: pair.text for pair in _pairs(question)}
        return {"texts": texts, "matches": list(_values(question))}

    def read(self, posted: Posted, question: FrozenQuestion) -> Response:
        texts = {value: text for text, value in _values(question).items()}
        chosen = {
            pair.id: "".join(posted.getlist(f"match-{pair.id}"))
            for pair in _pairs(question)
        }
        if not all(chosen.values()):
            raise UnusableAnswer(
                _("Choose a match for each one, or choose “I'm not sure yet”.")
            )
        if not set(chosen.values()) <= texts.keys():
            raise UnknownOption
        # In the stored order, as the order in which it was shown is not part of the
        # answer.
        ordered = sorted(chosen.items())
        return Response(pairs=tuple((pair, texts[value]) for pair, value in ordered))

    def fields_of(
        self, question: FrozenQuestion, response: Response
    ) -> dict[str, list[str]]:
        values = {
            fold_spelling(text): value for text, value in _values(question).items()
        }
        return {
            f"match-{pair}": [values[fold_spelling(text)]]
            for pair, text in response.pairs
        }

    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        given = {pair: fold_spelling(text) for pair, text in response.pairs}
        return given == _key(question)

    def key(self, question: FrozenQuestion) -> Hashable:
        others = frozenset(fold_spelling(text) for text in _values(question))
        return frozenset(_key(question).items()), others

    def right_answer(self, question: FrozenQuestion) -> Hashable:
        return frozenset(_key(question).items())

    def right_response(self, question: FrozenQuestion) -> Response:
        return Response(pairs=tuple(sorted((o.id, o.match) for o in _pairs(question))))

    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        """Return a response for each pair that gives it the match of another."""
        right, found = self.right_response(question).pairs, []
        for place, (pair, match) in enumerate(right):
            others = [
                t for t in _values(question) if fold_spelling(t) != fold_spelling(match)
            ]
            wrong = ((pair, text) for text in others[:1])
            found += [(*right[:place], each, *right[place + 1 :]) for each in wrong]
        return [Response(pairs=pairs) for pairs in found]

    def in_words(self, question: FrozenQuestion, response: Response) -> list[str]:
        given = dict(response.pairs)
        return [
            _pair_in_words(pair.text, given[pair.id])
            for pair in _pairs(question)
            if pair.id in given
        ]

    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        return [_pair_in_words(pair.text, pair.match) for pair in _pairs(question)]

    def explained(
        self, question: FrozenQuestion, response: Response
    ) -> Sequence[ExplainedPair]:
        given = dict(response.pairs)
        return [
            ExplainedPair(pair.text, given.get(pair.id, ""), pair.match)
            for pair in _pairs(question)
        ]

    def option_in_words(self, option: FrozenOption) -> str:
        return _pair_in_words(option.text, option.match)

    def wrong_parts(
        self, question: FrozenQuestion, response: Response
    ) -> Iterable[str]:
        key = _key(question)
        return [
            f"{pair} {text}"
            for pair, text in response.pairs
            if pair in key and fold_spelling(text) != key[pair]
        ]

    def part_in_words(self, question: FrozenQuestion, part: str) -> str:
        pair, _space, match = part.partition(" ")
        texts = {option.id: option.text for option in question.options}
        return _pair_in_words(texts[pair], match) if pair in texts else ""

    def own_words(self, question: FrozenQuestion) -> Iterator[str]:
        for option in question.options:
            yield from filter(None, (option.text, option.match))

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        pairs, matches = _pairs(question), set(_key(question).values())
        if (
            len(pairs) < 2
            or len(matches | set(map(fold_spelling, _values(question)))) < 2
        ):
            return [
                Flaw(
                    "options",
                    _("Give at least two pairs that belong to different things."),
                )
            ]
        if not all(pair.match.strip() for pair in pairs):
            return [Flaw("options", _("Say what each text belongs to."))]
        return []

    def option_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        for number, option in enumerate(question.options, start=1):
            if not option.match.strip():
                yield Flaw("options", _("say what it belongs to."), number, "match")

    def option_count(self, question: FrozenQuestion) -> int:
        return len(_pairs(question))

    def item_findings(self, question: FrozenQuestion) -> Iterator[tuple[str, str]]:
        texts = [fold_spelling(pair.text) for pair in _pairs(question)]
        if len(set(texts)) < len(texts):
            yield "item-9", "Two pairs have the same text."
        if len(_values(question)) == len(texts):
            yield (
                "item-20",
                "There are as many choices as pairs, so the last match can be "
                "guessed. Add a choice that matches nothing, or let one match twice.",
            )


def _pairs(question: FrozenQuestion) -> list[FrozenOption]:
    return [option for option in question.options if option.text.strip()]


def _values(question: FrozenQuestion) -> dict[str, str]:
    """Return each match with its value in a form, in alphabetical order.

    A match of several pairs is offered once. The value is made from the match alone,
    because the id of a pair would reveal the right answer in the page's source.
    """
    texts: dict[str, str] = {}
    for option in sorted(question.options, key=lambda option: option.id):
        if option.match.strip():
            texts.setdefault(fold_spelling(option.match), option.match)
    return {texts[name]: digest_text(name)[:12] for name in sorted(texts)}


def _key(question: FrozenQuestion) -> dict[str, str]:
    return {pair.id: fold_spelling(pair.match) for pair in _pairs(question)}


def _pair_in_words(text: str, match: str) -> str:
    return f"{text} – {match}" if text else match  # noqa: RUF001
