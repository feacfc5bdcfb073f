"""A word or a few words to type. Each option is a right spelling."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from quizzes.rules.paper import FrozenQuestion, Response
from quizzes.rules.posted_answers import collect_for_translation as _
from quizzes.rules.question_kind import Flaw
from quizzes.rules.spelling import fold_spelling
from quizzes.rules.typed_answers import LONGEST, TypedKind

MOST_WORDS = 3


class ShortText(TypedKind):
    label = _("Short text")
    hint = _("Enter a word or a few words.")
    for_authors = _(
        "Each option is a spelling that counts as right, best one first. Capital "
        "letters, accents and hyphens make no difference. Explain in “Feedback” why "
        "it is right."
    )
    shape = "spellings"
    option_counts = (1, 8)
    is_answered_in_words = True

    def is_right(self, question: FrozenQuestion, response: Response) -> bool:
        return fold_spelling(response.text) in _spellings(question)

    def key(self, question: FrozenQuestion) -> Hashable:
        return frozenset(_spellings(question))

    def right_answer(self, question: FrozenQuestion) -> Hashable:
        return self.key(question)

    def wrong_responses(self, question: FrozenQuestion) -> Sequence[Response]:
        best = question.options[0].text[: LONGEST - 4]
        return [Response(text=text) for text in ("nothing at all", f"not {best}")]

    def right_in_words(self, question: FrozenQuestion) -> list[str]:
        return [option.text for option in question.options]

    def wrong_parts(
        self, question: FrozenQuestion, response: Response
    ) -> Iterable[str]:
        typed = fold_spelling(response.text)
        return [typed] if typed and not self.is_right(question, response) else []

    def problems(self, question: FrozenQuestion) -> list[Flaw]:
        spellings = _spellings(question)
        if not spellings:
            return [Flaw("options", _("Give at least one right spelling."))]
        if "" in spellings:
            return [Flaw("options", _("Each spelling must contain letters or digits."))]
        if any(len(option.text) > LONGEST for option in question.options):
            return [
                Flaw("options", _("Each spelling must be 100 characters or fewer."))
            ]
        return []

    def option_flaws(self, question: FrozenQuestion) -> Iterator[Flaw]:
        return iter(())

    def item_findings(self, question: FrozenQuestion) -> Iterator[tuple[str, str]]:
        longest = max((o.text for o in question.options), key=_words, default="")
        if _words(longest) > MOST_WORDS:
            yield (
                "item-19",
                f"“{longest}” has {_words(longest)} words. Ask for {MOST_WORDS} at "
                f"most,"
                " or let learners choose from options.",
            )


def _spellings(question: FrozenQuestion) -> set[str]:
    return {fold_spelling(option.text) for option in question.options}


def _words(text: str) -> int:
    return len(fold_spelling(text).split())
