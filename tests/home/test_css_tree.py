import pytest

from home.css_tree import Rule, change, parse, render


def test_a_sheet_read_and_written_again_is_the_same():
    css = "a{color:red}\n@media print{a,b:hover{color:#000;margin:0 1px}p{top:0}}"

    assert render(parse(css)) == css


def test_comments_blanks_and_last_semicolons_are_left_out():
    css = "/* why; {not} */ a {\n  color : red;\n  margin: 0\n    1px;\n}\n"

    assert render(parse(css)) == "a{color:red;margin:0 1px}"


def test_braces_and_semicolons_in_strings_and_addresses_are_only_text():
    css = 'a{content:"};{";background:url(data:image/svg+xml;utf8,x)}'

    assert render(parse(css)) == css


def test_selectors_are_split_at_commas_outside_brackets():
    rule = Rule("a:not(b,c),d")

    assert rule.selectors == ["a:not(b,c)", "d"]


@pytest.mark.parametrize("css", ["a{color:red", "@media print{a{top:0}", "a{top:0}}"])
def test_braces_that_do_not_match_are_refused(css):
    with pytest.raises(ValueError, match="closed"):
        parse(css)


def test_a_rule_answered_by_none_goes_and_an_emptied_media_query_with_it():
    rules = parse("@media print{a{top:0}}b{top:0}")

    kept = change(rules, lambda rule: None if rule.prelude == "a" else rule)

    assert render(kept) == "b{top:0}"
