import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from home.rules import css_colours, stylesheet
from home.rules.css_tree import change_rules, parse_css, render_css
from home.rules.stylesheet import (
    UnexpectedStylesheet,
    adapt_stylesheet,
    build_stylesheet,
    nhs_source,
    with_chosen_theme,
)


def after(step, css):
    return render_css(change_rules(parse_css(css), step))


@pytest.fixture(scope="module")
def source():
    return nhs_source()


@pytest.fixture(scope="module")
def result(source):
    return adapt_stylesheet(source)


@pytest.fixture(scope="module")
def small_source():
    """Of the package's sheet as much as must be there."""
    unused = "".join(f".nhsuk-{name}{{top:0}}" for name in stylesheet.UNUSED)
    font = "Frutiger W01,arial,sans-serif"
    small = f"{unused}a{{color:#005eb8;font:{font}}}@font-face{{top:0}}"
    assert adapt_stylesheet(small) == "a{color:var(--app-link);font:var(--app-font)}"
    return small


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    sheet = build_stylesheet(folder)
    assert sheet == folder / "css" / "anteroom.css"
    return sheet


def test_a_dark_rule_is_for_the_device_and_for_who_chose_it():
    css = "@media screen and (prefers-color-scheme: dark){:root{--a:b}}"
    built = render_css(with_chosen_theme(parse_css(f"p{{top:0}}{css}")))
    assert built.split("\n") == [
        "p{top:0}",
        "@media screen and (prefers-color-scheme: dark)"
        '{:root:not([data-theme="light"]){--a:b}}',
        '@media screen{:root[data-theme="dark"]{--a:b}}',
    ]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("margin-left:1px", "margin-inline-start:1px"),
        ("padding-right:1px", "padding-inline-end:1px"),
        ("border-left:1px solid", "border-inline-start:1px solid"),
        ("border-left-color:red", "border-inline-start-color:red"),
        ("left:0;right:1px", "inset-inline-start:0;inset-inline-end:1px"),
        ("float:left", "float:inline-start"),
        ("text-align:right!important", "text-align:end!important"),
        ("justify-content:right", "justify-content:end"),
        ("margin:0 0 8px -33px", "margin-block:0 8px;margin-inline:-33px 0"),
        ("padding:0 0 0 1em", "padding-block:0 0;padding-inline:1em 0"),
        ("margin:0 1px 2px 1px", "margin:0 1px 2px 1px"),
        ("margin:0 16px", "margin:0 16px"),
        ("border-width:1px 0 2px 3px", "border-block-width:1px 2px;border-inline-width:3px 0"),
        ("left:max(16px,calc(1px + env(safe-area-inset-left)))",
         "inset-inline-start:max(16px,calc(1px + env(safe-area-inset-left)))"),
    ],
)  # fmt: skip
def test_sides_turn_with_the_script(before, expected):
    assert after(stylesheet.with_logical_sides, f"a{{{before}}}") == f"a{{{expected}}}"


def test_a_tick_keeps_its_shape_in_every_script():
    css = ".nhsuk-checkboxes__label:after{border-width:0 0 4px 4px;left:0}"

    changed = after(stylesheet.with_logical_sides, css)

    assert "border-width:0 0 4px 4px" in changed
    assert "inset-inline-start:0" in changed


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("a{color:#fff}", "a{color:var(--app-on-brand)}"),
        ("a{background-color:#fff}", "a{background-color:var(--app-surface)}"),
        ("a{color:#005eb8}", "a{color:var(--app-link)}"),
        ("a{background:#005EB8}", "a{background:var(--app-brand)}"),
        ("a{border:1px solid #005eb8}", "a{border:1px solid var(--app-brand-line)}"),
        ("a{fill:#d5281b}", "a{fill:var(--app-bad)}"),
        ("a{color:#212b32}", "a{color:var(--app-ink)}"),
        ("a:focus{color:#212b32}", "a:focus{color:var(--app-on-highlight)}"),
        (
            "a{background-color:#ffeb3b;color:#212b32}",
            "a{background-color:var(--app-highlight);color:var(--app-on-highlight)}",
        ),
        (
            ".nhsuk-card--care__arrow:after{border:2rem solid #005eb8}",
            ".nhsuk-card--care__arrow:after{border:2rem solid var(--app-brand)}",
        ),
    ],
)
def test_a_colour_becomes_ours_by_what_it_paints(before, expected):
    assert after(stylesheet.with_our_colours, before) == expected


def test_a_colour_nobody_chose_stops_the_build():
    with pytest.raises(UnexpectedStylesheet, match="#123456"):
        after(stylesheet.with_our_colours, "a{color:#123456}")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("(min-width:40em)", "print,(min-width:40em)"),
        ("(max-width:48em)", "screen and (max-width:48em)"),
        ("screen and (max-width:48em)", "screen and (max-width:48em)"),
        ("print and (min-width:40em)", "print and (min-width:40em)"),
        ("print", "print"),
    ],
)
def test_paper_is_wide_however_wide_it_is(before, expected):
    css = f"@media {before}{{a{{top:0}}}}"

    changed = after(stylesheet.with_wide_paper, css)

    assert changed == f"@media {expected}{{a{{top:0}}}}"


def test_no_rule_for_narrow_screens_is_left_to_paper(sheet):
    css = sheet.read_text(encoding="utf-8")

    assert "@media (max-width" not in css
    assert "@media (min-width" not in css


def test_only_the_unused_selectors_of_a_rule_go():
    css = ".nhsuk-header a,.nhsuk-card a{top:0}.nhsuk-footer{top:0}"

    assert after(stylesheet.without_unused, css) == ".nhsuk-card a{top:0}"


def test_a_component_with_a_longer_name_is_not_taken_for_an_unused_one():
    css = ".nhsuk-headerless{top:0}"

    assert after(stylesheet.without_unused, css) == css


def test_nothing_is_asked_from_another_place(result):
    assert not re.search(r"https?:|//|@import|@font-face|Frutiger", result)


def test_no_fixed_side_and_no_fixed_colour_is_left(result):
    for rule in parse_css(result):
        for inner in (rule, *rule.rules):
            names = {name for name, _ in inner.declarations}
            assert not {name for name in names if re.search(r"\b(left|right)\b", name)}
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", result)


def test_every_property_of_ours_is_defined_and_used(result):
    folder = settings.BASE_DIR / "templates/course/illustrations"
    drawn = "".join(file.read_text() for file in folder.iterdir())
    css = result + stylesheet.own_source() + drawn
    used = set(re.findall(r"var\((--app-[\w-]+)", css))
    defined = set(re.findall(r"(--app-[\w-]+):", stylesheet.own_source()))

    assert used == defined


@pytest.mark.parametrize(
    "gone",
    ["Frutiger W01,arial,sans-serif", "@font-face", "#005eb8", ".nhsuk-pagination"],
)
def test_an_upgrade_that_moves_what_we_replace_stops_the_build(source, gone):
    with pytest.raises(UnexpectedStylesheet, match=re.escape(gone)):
        adapt_stylesheet(source.replace(gone, "x"))


@pytest.mark.parametrize(
    "added",
    [
        "a{background:url(https://example.org/a.png)}",
        "a{border-top-left-radius:1px}",
        "a{font-family:Frutiger}",
    ],
)
def test_an_upgrade_that_adds_what_we_do_not_know_stops_the_build(small_source, added):
    with pytest.raises(UnexpectedStylesheet, match="Still in the NHS CSS"):
        adapt_stylesheet(small_source + added)


def test_a_package_with_two_sheets_stops_the_build(monkeypatch, tmp_path):
    folder = tmp_path / "static/wagtailnhsukfrontend/css"
    folder.mkdir(parents=True)
    for name in ("a.min.css", "b.min.css"):
        (folder / name).touch()
    monkeypatch.setattr(stylesheet, "files", lambda package: tmp_path)

    with pytest.raises(UnexpectedStylesheet, match="found 2"):
        nhs_source()


def test_the_built_sheet_holds_both_parts_and_the_licence(sheet):
    css = sheet.read_text(encoding="utf-8")
    assert css.startswith("/*! includes nhsuk-frontend, MIT")
    assert ".nhsuk-button{" in css
    assert ".app-wall{" in css


def test_our_own_rules_come_after_those_they_adapt(sheet):
    css = sheet.read_text(encoding="utf-8")

    assert css.rindex(".nhsuk-radios__item") > css.index("--app-page:")


def test_quotations_are_as_wide_as_the_text(sheet):
    assert "blockquote{margin-inline:0}" in sheet.read_text()


def test_our_own_rules_have_no_fixed_sides():
    found = re.findall(
        r"[\s;{]((?:(?:margin|padding|border)-)?(?:left|right|top|bottom)(?:-\w+)?)\s*:",
        stylesheet.own_source(),
    )

    assert found == []


def test_the_command_says_what_it_wrote(settings, tmp_path, capsys):
    settings.VAR_DIR = tmp_path

    call_command("build_styles")

    assert "build/css/anteroom.css" in capsys.readouterr().out
    assert (tmp_path / "build/css/anteroom.css").exists()


def test_the_command_fails_when_the_build_does(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(stylesheet, "nhs_source", lambda: "a{color:red}")

    with pytest.raises(CommandError, match="Not found in the NHS CSS"):
        call_command("build_styles")


def test_every_colour_we_translate_still_occurs_in_what_we_keep(source):
    kept = after(stylesheet.without_unused, source)
    found = {colour.lower() for colour in css_colours.COLOUR.findall(kept)}

    assert set(css_colours.TOKENS) == found


# A class as templates, code and scripts write it; parts of it may be values.
WRITTEN = re.compile(r"(?:nhsuk|app)-(?:[\w-]|\{\{.*?\}\}|\{\w+\}|\$\{.*?\})+")
VALUE = re.compile(r"\$?\{.*?\}+")
# Only its parts are used, whose names begin with it.
ONLY_PARTS = {"nhsuk-table"}


def written_classes():
    """Return a pattern of all classes that templates, code and scripts may write."""
    root = Path(__file__).parents[2]
    own = [path for path in root.iterdir() if (path / "__init__.py").exists()]
    folders = [root / "templates", *(path for path in own if path.name != "tests")]
    kinds = {".html", ".py", ".js", ".svg"}
    paths = [path for folder in folders for path in folder.rglob("*.*")]
    texts = (
        path.read_text(encoding="utf-8")
        for path in paths
        if path.suffix in kinds and path.stem != "stylesheet"
    )
    written = {name for text in texts for name in WRITTEN.findall(text)}
    ways = (r"[\w-]+".join(map(re.escape, VALUE.split(name))) for name in written)
    return re.compile("|".join(ways))


def test_every_class_of_the_sheet_is_used_since_each_byte_is_sent_first(sheet):
    classes = re.findall(r"\.((?:nhsuk|app)-[\w-]+)", sheet.read_text(encoding="utf-8"))
    is_used = written_classes().fullmatch
    assert {name for name in classes if not is_used(name)} <= ONLY_PARTS


def test_no_letters_are_printed_smaller_than_eight_points():
    folders = ("home/static_src", "visit/static/visit")
    sheets = [p for each in folders for p in (settings.BASE_DIR / each).glob("*.css")]
    sizes = re.findall(r"font-size: ([\d.]+)pt", "".join(map(Path.read_text, sheets)))
    assert len(sizes) > 10
    assert min(map(float, sizes)) >= 8
