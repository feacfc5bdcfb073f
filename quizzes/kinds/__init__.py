"""Kinds of question: one class each, in a module named after the kind.

To add a kind, add a module here with a subclass of `QuestionKind`, and the templates
`quizzes/kinds/<name>.html` and `quizzes/kinds/<name>_feedback.html`. If the class does
not implement everything, the site does not start.
"""

import importlib
import pkgutil

from quizzes.rules.paper import FrozenQuestion
from quizzes.rules.question_kind import QuestionKind


def _kind_in(name: str) -> QuestionKind:
    """Return the kind in the module. Raises TypeError for none or an unfinished one."""
    module = importlib.import_module(f"{__name__}.{name}")
    found = [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, QuestionKind)
        and thing.__module__ == module.__name__
    ]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} must define exactly one kind of question.")
    kind = found[0]()
    kind.name = name
    return kind


KINDS: dict[str, QuestionKind] = {
    name: _kind_in(name)
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__))
}
NAMES: tuple[str, ...] = tuple(KINDS)


def kind_named(name: str) -> QuestionKind:
    """Return the kind with this name. Raises KeyError if there is none."""
    return KINDS[name]


def kind_of(question: FrozenQuestion) -> QuestionKind:
    """Return the kind of the question. Raises KeyError if it is not known."""
    return KINDS[question.kind]
