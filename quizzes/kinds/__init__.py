"""Kinds of question: one module each, found by name.

To add a kind, add a module here and a template `quizzes/kinds/<name>.html`. The
module holds:

- `LABEL`, its name for authors;
- `SHUFFLED`, whether options are shown in a drawn order;
- `EXPLAINS_ALL`, whether feedback shows every option, or the chosen and right ones;
- `HINT`, what the learner is asked to do;
- `read(posted, question)`, which returns a `Response` or raises `UnusableAnswer`;
- `is_right(question, response)`;
- `problems(right)`, given for each option whether it is right: what to mend;
- `fields_of(response)`, only where a form posts more than ticked options;
- `arranged(posted, question)`, only where options can be moved about.
"""

import importlib
import pkgutil
from types import ModuleType

NAMES: tuple[str, ...] = tuple(
    sorted(module.name for module in pkgutil.iter_modules(__path__))
)


def named(name: str) -> ModuleType:
    """Return the module of a kind; KeyError for a name that is not a kind."""
    if name not in NAMES:
        raise KeyError(name)
    return importlib.import_module(f"quizzes.kinds.{name}")
