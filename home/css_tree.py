"""A style sheet as nested rules and back again. No framework, no files."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"""("[^"]*"|'[^']*'|url\([^)]*\)|[{};])""")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True)
class Rule:
    """A selector list or at-rule with its declarations and the rules inside it."""

    prelude: str
    declarations: tuple[tuple[str, str], ...] = ()
    rules: tuple["Rule", ...] = ()

    @property
    def selectors(self) -> list[str]:
        return re.split(r",(?![^(]*\))", self.prelude)

    @property
    def is_empty(self) -> bool:
        return not self.declarations and not self.rules


def parse(css: str) -> tuple[Rule, ...]:
    """The top-level rules of `css`; statements such as `@charset` are left out.

    Raises ValueError when the braces do not match.
    """
    tokens = _TOKEN.split(_COMMENT.sub("", css))
    _, rules, _ = _block(iter(tokens), is_root=True)
    return rules


def render(rules: tuple[Rule, ...]) -> str:
    """The style sheet as text, one top-level rule a line."""
    return "\n".join(_text(rule) for rule in rules if not rule.is_empty)


def change(rules: tuple[Rule, ...], step: Callable[[Rule], Rule | None]) -> tuple:
    """The rules after `step`, innermost first; a rule answered by None is left out."""
    changed = (
        step(Rule(rule.prelude, rule.declarations, change(rule.rules, step)))
        for rule in rules
    )
    return tuple(rule for rule in changed if rule and not rule.is_empty)


def _block(tokens: Iterator[str], *, is_root: bool = False) -> tuple:
    declarations, rules, text = [], [], ""
    for piece in tokens:
        if piece == "{":
            inner, nested, closed = _block(tokens)
            if not closed:
                raise ValueError(f"The block of {text!r} is never closed.")
            rules.append(Rule(_one_line(text), tuple(inner), nested))
            text = ""
        elif piece in (";", "}"):
            declarations += _declaration(text)
            text = ""
            if piece == "}":
                return _closed(declarations, rules, is_root=is_root)
        else:
            text += piece
    return declarations, tuple(rules), False


def _closed(declarations: list, rules: list, *, is_root: bool) -> tuple:
    if is_root:
        raise ValueError("A block is closed that was never opened.")
    return declarations, tuple(rules), True


def _declaration(text: str) -> list[tuple[str, str]]:
    name, colon, value = text.strip().partition(":")
    return [(name.strip(), _one_line(value))] if colon else []


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _text(rule: Rule) -> str:
    own = ";".join(f"{name}:{value}" for name, value in rule.declarations)
    return f"{rule.prelude}{{{own}{''.join(_text(inner) for inner in rule.rules)}}}"
