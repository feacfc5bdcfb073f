"""Build the site's style sheet: the NHS design system's CSS in our colours, then ours.

The substitutions are deliberately exact, so that if an upgrade of the package changes
what they look for, the build stops instead of failing unnoticed in front of a patient.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from home.rules.css_colours import COLOUR, in_our_colours
from home.rules.css_tree import Rule, change_rules, parse_css, render_css

# A declaration → the declarations that replace it.
DeclarationChange = Callable[[str, str], Iterable[tuple[str, str]]]

SOURCES = Path(__file__).parent.parent / "static_src"
STYLESHEET = Path("css") / "anteroom.css"

LICENCE = "/*! includes nhsuk-frontend, MIT licence, (c) Crown Copyright NHS England */"

UNUSED = (
    "action-link",
    "back-link",
    "body",
    "breadcrumb",
    "button--login",
    "button--secondary-solid",
    "button--small",
    "button-group",
    "caption",
    "card--clickable",
    "card--feature",
    "card--primary",
    "card--secondary",
    "card--warning",
    "card-group",
    "card__action",
    "card__actions",
    "card__content--feature",
    "card__content--primary",
    "card__content--secondary",
    "card__description",
    "card__heading",
    "card__img",
    "card__link",
    "character-count",
    "checkboxes--small",
    "checkboxes__conditional",
    "checkboxes__divider",
    "checkboxes__hint",
    "code",
    "contents-list",
    "date-input",
    "expander",
    "fieldset__legend--s",
    "fieldset__legend--xl",
    "file-upload",
    "footer",
    "form-group--inline",
    "grid",
    "header",
    "heading-l",
    "heading-xl",
    "heading-xs",
    "heading-xxs",
    "hero",
    "icon--size",
    "icon__cross",
    "icon__tick",
    "image",
    "input--code",
    "input--width-10",
    "input--width-2",
    "input--width-3",
    "input--width-4",
    "input-wrapper__prefix",
    "input__prefix",
    "input__suffix",
    "input__wrapper",
    "label--l",
    "label--m",
    "label--s",
    "label--xl",
    "label-wrapper",
    "lede-text",
    "link--no-visited-state",
    "list--border",
    "list--bullet",
    "list--number",
    "main-wrapper",
    "notification-banner",
    "pagination",
    "panel",
    "password-input",
    "radios--inline",
    "radios--small",
    "radios__conditional",
    "radios__divider",
    "radios__hint",
    "section-break",
    "select--error",
    "skip-link-focused-element",
    "summary-list",
    "table-container",
    "table__caption--l",
    "table__caption--m",
    "table__caption--s",
    "table__caption--xl",
    "table__cell--numeric",
    "table__header--numeric",
    "table__heading-tab",
    "table__panel-with-heading-tab",
    "tabs",
    "tag",
    "task-list",
    "textarea",
    "u-clear",
    "u-display",
    "u-float",
    "u-font-size",
    "u-font-weight-normal",
    "u-margin",
    "u-nowrap",
    "u-one",
    "u-padding",
    "u-reading-width",
    "u-secondary-text-colour",
    "u-static",
    "u-text",
    "u-three",
    "u-two",
    "u-visually-hidden-focusable",
    "u-width",
    "width-container-fluid",
)
_NAMED = rf"\.nhsuk-(?:{'|'.join(UNUSED)})(?![a-z\d])"
_UNUSED = re.compile(rf"{_NAMED}|--reverse")
_NOT_UNUSED = re.compile(rf":not\({_NAMED}[\w-]*\)")
# Internet Explorer's `screen\0`, as tinycss2 writes it, and its contrast mode.
_OLD_BROWSERS = re.compile("@media screen\ufffd|-ms-high-contrast:none")
_LEAST_WIDTH = re.compile(r"@media \(min-width:")
_GREATEST_WIDTH = re.compile(r"@media \(max-width:")
_DARK = re.compile(r" and \(prefers-color-scheme: ?dark\)")
_FONT = "Frutiger W01,arial,sans-serif"

_SIDES = {"left": "inline-start", "right": "inline-end"}
_SIDED_NAME = re.compile(r"^(margin|padding|border)-(left|right)(-\w+)?$")
_SIDED_VALUE = re.compile(r"\b(left|right)\b")
_KEYWORDS = {
    "text-align": {"left": "start", "right": "end"},
    "justify-content": {"left": "start", "right": "end"},
    "float": _SIDES,
}
# Ticks are drawn with two rotated borders, and look the same in every script.
_TICK = "checkboxes__label:after"


class UnexpectedStylesheet(ValueError):
    """The package's style sheet is not the one these substitutions were made for."""


def nhs_source() -> str:
    """Return the compiled CSS from the installed package."""
    folder = files("wagtailnhsukfrontend") / "static/wagtailnhsukfrontend/css"
    found = [item for item in folder.iterdir() if item.name.endswith(".min.css")]
    if len(found) != 1:
        raise UnexpectedStylesheet(f"Expected one .min.css file, found {len(found)}.")
    return found[0].read_text(encoding="utf-8")


def adapt_stylesheet(css: str) -> str:
    """Return the NHS style sheet without its font, brand, unused parts and fixed sides.

    Raises UnexpectedStylesheet if something that these steps rely on is missing.
    """
    _require_what_we_replace(css)
    rules = change_rules(parse_css(css), without_unused)
    for step in (
        with_our_font,
        with_our_colours,
        with_logical_sides,
        with_wide_paper,
    ):
        rules = change_rules(rules, step)
    _require_nothing_left(result := render_css(rules))
    return result


def without_unused(rule: Rule) -> Rule | None:
    if rule.prelude.startswith("@font-face") or rule.prelude == ":root":
        return None
    if _OLD_BROWSERS.search(rule.prelude):
        return None
    shorter = replace(rule, prelude=_NOT_UNUSED.sub("", rule.prelude))
    used = [name for name in shorter.selectors if not _UNUSED.search(name)]
    return replace(rule, prelude=",".join(used)) if used else None


def with_wide_paper(rule: Rule) -> Rule:
    """Return the rule, applying it to print as on a wide screen if it depends on width.

    Within a browser's margins, A4 and Letter are as narrow as a small tablet.
    """
    if _LEAST_WIDTH.match(rule.prelude):
        return replace(rule, prelude=_with_medium(rule, "print,"))
    if _GREATEST_WIDTH.match(rule.prelude):
        return replace(rule, prelude=_with_medium(rule, "screen and "))
    return rule


def _with_medium(rule: Rule, medium: str) -> str:
    return rule.prelude.replace("@media ", f"@media {medium}", 1)


def with_our_font(rule: Rule) -> Rule:
    return _each(
        rule, lambda name, value: [(name, value.replace(_FONT, "var(--app-font)"))]
    )


def with_our_colours(rule: Rule) -> Rule:
    on_highlight = ":focus" in rule.prelude or any(
        name.startswith("background") and "#ffeb3b" in value
        for name, value in rule.declarations
    )
    shape = "__arrow" in rule.prelude

    def recolour(name: str, value: str) -> list[tuple[str, str]]:
        return [
            (
                name,
                in_our_colours(
                    name, value, on_highlight=on_highlight, meets_ground=shape
                ),
            )
        ]

    try:
        return _each(rule, recolour)
    except KeyError as colour:
        message = f"None of our colours replaces {colour} in {rule.prelude}."
        raise UnexpectedStylesheet(message) from colour


def with_logical_sides(rule: Rule) -> Rule:
    if _TICK in rule.prelude:
        return _each(rule, lambda name, value: [(_logical_name(name), value)])
    return _each(rule, _logical)


def with_chosen_theme(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules with each dark one for whoever chose it, on whatever device.

    Somebody who chose the light theme does not get it.
    """
    return tuple(each for rule in rules for each in _with_choice(rule))


def _with_choice(rule: Rule) -> tuple[Rule, ...]:
    if not _DARK.search(rule.prelude):
        return (rule,)
    by_device = _on_root(rule.rules, ':not([data-theme="light"])')
    by_choice = _on_root(rule.rules, '[data-theme="dark"]')
    return (
        replace(rule, rules=by_device),
        replace(rule, prelude=_DARK.sub("", rule.prelude), rules=by_choice),
    )


def _on_root(rules: Iterable[Rule], condition: str) -> tuple[Rule, ...]:
    return tuple(
        replace(rule, prelude=rule.prelude.replace(":root", f":root{condition}"))
        for rule in rules
    )


def own_source() -> str:
    """Return our own CSS files, in the order of their names."""
    sheets = sorted(SOURCES.glob("*.css"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def build_stylesheet(target: Path) -> Path:
    """Write the style sheet below `target`. Return the path of the file."""
    sheet = target / STYLESHEET
    sheet.parent.mkdir(parents=True, exist_ok=True)
    rules = with_chosen_theme(parse_css(own_source()))
    own = render_css(change_rules(rules, with_wide_paper))
    parts = (LICENCE, adapt_stylesheet(nhs_source()), own)
    sheet.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return sheet


def _each(rule: Rule, step: DeclarationChange) -> Rule:
    declarations = [new for old in rule.declarations for new in step(*old)]
    return replace(rule, declarations=tuple(declarations))


def _logical(name: str, value: str) -> list[tuple[str, str]]:
    if name in _KEYWORDS:
        words = _KEYWORDS[name]
        return [(name, _SIDED_VALUE.sub(lambda side: words[side[0]], value))]
    if name in ("margin", "padding", "border-width"):
        return _logical_box(name, value)
    return [(_logical_name(name), value)]


def _logical_name(name: str) -> str:
    if name in _SIDES:
        return f"inset-{_SIDES[name]}"
    if match := _SIDED_NAME.match(name):
        return f"{match[1]}-{_SIDES[match[2]]}{match[3] or ''}"
    return name


def _logical_box(name: str, value: str) -> list[tuple[str, str]]:
    """Return four sides as two logical pairs, unless right and left are equal."""
    sides = re.findall(r"(?:[^\s(]|\([^)]*\))+", value)
    if len(sides) != 4 or sides[1] == sides[3]:
        return [(name, value)]
    top, right, bottom, left = sides
    base, _, suffix = name.partition("-")
    tail = f"-{suffix}" if suffix else ""
    return [
        (f"{base}-block{tail}", f"{top} {bottom}"),
        (f"{base}-inline{tail}", f"{left} {right}"),
    ]


def _require_what_we_replace(css: str) -> None:
    expected = (_FONT, "@font-face", "#005eb8", *(f".nhsuk-{name}" for name in UNUSED))
    if missing := [text for text in expected if text not in css]:
        raise UnexpectedStylesheet(f"Not found in the NHS CSS: {', '.join(missing)}.")


def _require_nothing_left(css: str) -> None:
    unwanted = {
        "a request to another site": r"url\((?!data:)|https?:|sourceMappingURL",
        "the NHS font": "Frutiger|@font-face",
        "a fixed colour": COLOUR.pattern,
        "a fixed side": r"[;{][\w-]*\b(?:left|right)\b[\w-]*:",
    }
    for what, pattern in unwanted.items():
        if match := re.search(pattern, css):
            around = css[max(0, match.start() - 60) : match.end() + 20]
            raise UnexpectedStylesheet(f"Still in the NHS CSS, {what}: {around}")
