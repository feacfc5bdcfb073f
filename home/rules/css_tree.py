"""Parse style sheets with tinycss2 into nested rules of plain text, and render them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule


@dataclass(frozen=True)
class Rule:
    """A selector list or at-rule with its declarations and the rules inside it."""

    prelude: str
    declarations: tuple[tuple[str, str], ...] = ()
    rules: tuple["Rule", ...] = ()

    @property
    def selectors(self) -> list[str]:
        values = tinycss2.parse_component_value_list(self.prelude)
        parts = groupby(values, key=lambda node: node == ",")
        return [tinycss2.serialize(part) for is_comma, part in parts if not is_comma]

    @property
    def is_empty(self) -> bool:
        return not self.declarations and not self.rules


def parse_css(css: str) -> tuple[Rule, ...]:
    """Return the top-level rules of `css`, without statements and empty rules.

    Raises ValueError if it is not valid CSS or the braces do not match.
    """
    # tinycss2 silently closes open blocks, so an extra brace must be an error.
    nodes = tinycss2.parse_component_value_list(css + "}", skip_comments=True)
    if not nodes or nodes.pop().type != "error":
        raise ValueError("A block or a comment is never closed.")
    _require_no_error(nodes)
    return _rules(tinycss2.parse_stylesheet(nodes, skip_whitespace=True))


def render_css(rules: tuple[Rule, ...]) -> str:
    """Return the style sheet as text, with one top-level rule per line."""
    return "\n".join(_text(rule) for rule in rules if not rule.is_empty)


def change_rules(
    rules: tuple[Rule, ...], step: Callable[[Rule], Rule | None]
) -> tuple[Rule, ...]:
    """Return the rules changed by `step`, innermost first. None removes a rule."""
    changed = (
        step(Rule(rule.prelude, rule.declarations, change_rules(rule.rules, step)))
        for rule in rules
    )
    return tuple(rule for rule in changed if rule and not rule.is_empty)


def _rules(nodes: list[Node]) -> tuple[Rule, ...]:
    _require_no_error(nodes)
    return tuple(_rule(node) for node in nodes if getattr(node, "content", None))


def _rule(node: QualifiedRule | AtRule) -> Rule:
    name = f"@{node.at_keyword}" if node.type == "at-rule" else ""
    prelude = name + tinycss2.serialize(node.prelude)
    nodes = tinycss2.parse_blocks_contents(node.content, skip_whitespace=True)
    own = tuple(_declaration(node) for node in nodes if node.type == "declaration")
    return Rule(prelude.strip(), own, _rules(nodes))


def _declaration(node: Declaration) -> tuple[str, str]:
    value = tinycss2.serialize(node.value).strip()
    return node.name, f"{value}!important" if node.important else value


def _require_no_error(nodes: list[Node]) -> None:
    for node in nodes:
        if node.type == "error":
            raise ValueError(f"Line {node.source_line}: {node.message}")
        inside = "arguments" if node.type == "function" else "content"
        _require_no_error(getattr(node, inside, None) or [])


def _text(rule: Rule) -> str:
    parts = [f"{name}:{value}" for name, value in rule.declarations]
    if rule.rules:
        parts.append("".join(_text(inner) for inner in rule.rules))
    return f"{rule.prelude}{{{';'.join(parts)}}}"
