import pytest

from home.rules.css_tree import Rule, change_rules, parse_css, render_css


@pytest.mark.parametrize(
    "css",
    [
        "a{color:red}\n@media print{a,b:hover{color:#000;margin:0 1px}p{top:0}}",
        "@layer one{@supports (color:red) and (not (top:x)){a{color:red!important}}}",
        "a{top:0;&:hover{top:1px}b:hover &{top:2px}@media print{top:3px}}",
        "@keyframes turn{from{top:0}50%{top:1px}}\n@page{margin:0;@top-left{top:0}}",
        'a{content:"};{";background:url(data:image/svg+xml;utf8,x);--app-x:{a:b}}',
        'a{content:"\u00a0  "}',
    ],
)
def test_a_sheet_read_and_written_again_is_the_same(css):
    assert render_css(parse_css(css)) == css


def test_comments_blanks_and_last_semicolons_are_left_out():
    css = "/* why; {not} */ a {\n  color : red;\n  margin: 0 /* x */;\n}\n"

    assert render_css(parse_css(css)) == "a{color:red;margin:0}"


def test_statements_and_empty_rules_are_left_out():
    assert render_css(parse_css('@charset "utf-8";a{}b{top:0}')) == "b{top:0}"


def test_selectors_are_split_at_commas_outside_brackets():
    rule = Rule("a:not(b,:is(c,d),e),f")

    assert rule.selectors == ["a:not(b,:is(c,d),e)", "f"]


@pytest.mark.parametrize(
    "css", ["a{color:red", "@media print{a{top:0}", "a{top:calc(1px}", "/* why"]
)
def test_what_is_never_closed_is_refused(css):
    with pytest.raises(ValueError, match="never closed"):
        parse_css(css)


@pytest.mark.parametrize(
    "css",
    [
        "a{top:0}\n}",
        "a{}\nb{top:0)}",
        "\na{top}",
        "\na",
        "a{x:y(url(a b))}",
        'a{x:"\n}',
    ],
)
def test_what_is_not_css_is_refused(css):
    with pytest.raises(ValueError, match=r"^Line [12]: "):
        parse_css(css)


def test_a_rule_answered_by_none_goes_and_an_emptied_media_query_with_it():
    rules = parse_css("@media print{a{top:0}}b{top:0}")

    kept = change_rules(rules, lambda rule: None if rule.prelude == "a" else rule)

    assert render_css(kept) == "b{top:0}"
