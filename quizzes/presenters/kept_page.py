"""The page for an answer that is kept until its learner is known."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from accounts.identity import Identity, is_mark_of_account
from quizzes.presenters.given_answers import GivenAnswer
from quizzes.rules.paper import FrozenQuestion, Response

_TITLES = {
    "own": _("Your answer has not been saved yet"),
    "gone": _("Your progress was deleted"),
    "sign_in": _("Sign in to continue"),
    "other_account": _("This question was opened for somebody else"),
    "account": _("Is this answer yours?"),
    "unknown": _("We cannot tell whose answer this is"),
}

_AFRESH = {"seen": "0", "has_record": ""}


@dataclass(frozen=True)
class KeptPage:
    """An answer that was not saved, because it is not known yet whose it is.

    `hidden` fills a form that saves it for the person looking at the page. `given` is
    the answer in words, or None if these are not known or must not be shown.
    """

    number: int
    mark: str
    person: str
    is_own: bool
    is_gone: bool
    hidden: dict[str, str]
    question: FrozenQuestion | None
    given: GivenAnswer | None

    template: ClassVar[str] = "quizzes/kept.html"

    @classmethod
    def of(
        cls,
        answer: Any,
        identity: Identity,
        number: int,
        words: tuple[FrozenQuestion, Response] | None,
        *,
        has_record: bool,
    ) -> "KeptPage":
        """Return the page for a `KeptAnswer`. `words` are its question and response.

        `has_record` says whether the person looking at the page has done anything yet.
        """
        question, response = words or (None, None)
        hidden = answer.draft.hidden | {"opened_for": identity.mark}
        is_own = answer.mark == identity.mark
        is_gone = is_own and bool(hidden.get("has_record")) and not has_record
        return cls(
            number=number,
            mark=answer.mark,
            person=str(identity.user or ""),
            is_own=is_own,
            is_gone=is_gone,
            # Others have not seen their own saved answer, so it must not be replaced
            # yet. Who presses the button wants a record, if there is none.
            hidden=hidden | ({} if is_own and not is_gone else _AFRESH),
            question=question,
            given=words and GivenAnswer.of(question, response, answer.draft.names),
        )

    @property
    def belongs_to_account(self) -> bool:
        """Whether the answer can only be saved by signing in."""
        return is_mark_of_account(self.mark) and not self.is_own

    @property
    def state(self) -> str:
        """Which page it is: own, gone, sign_in, other_account, account or unknown."""
        if self.is_gone:
            return "gone"
        if self.is_own:
            return "own"
        if self.belongs_to_account:
            return "other_account" if self.person else "sign_in"
        return "account" if self.person else "unknown"

    @property
    def title(self) -> str:
        return str(_TITLES[self.state])

    @property
    def number_text(self) -> str:
        return str(self.number)

    @property
    def part(self) -> str:
        return f"quizzes/kept/{self.state}.html"
