"""Single signs in Markdown mean something, or are left alone."""

import pytest

from tests.authoring.articles.test_meaning import markdown, said


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Under 10^9^ per litre", "Under 10⁹ per litre"),
        ("10^-3^ g and m^2^", "10⁻³ g and m²"),
        ("H~2~O and HbA~1c~", "H₂O and HbA₁c"),
        ("~Take 50 mg.~ Rest.", "Rest."),
        ("Take ~5~ 50 mg.", "Take 50 mg."),
        # About, from to, and sums are none of these.
        ("Take ~5 mg to ~10 mg", "Take ~5 mg to ~10 mg"),
        ("~5 mg (~10 mL) a day", "~5 mg (~10 mL) a day"),
        ("5~10mg and 3~4 times", "5~10mg and 3~4 times"),
        ("a^2+b^2=c^2", "a^2+b^2=c^2"),
        ("2^3 and 4^5", "2^3 and 4^5"),
    ],
)
def test_single_signs_are_read_where_they_can_mean_nothing_else(text, reads):
    assert said(markdown(f"# A title\n\nFirst.\n\n{text}\n")) == reads


def test_what_single_signs_strike_is_named():
    article = markdown("# A title\n\n~Take 50 mg.~ Rest.\n")
    assert "Struck-out text was left out: “Take 50 mg.”" in article.warnings


@pytest.mark.parametrize("formula", [r"\[E=mc^2\]", r"\(\frac{1}{2}\)", "$$a < b$$"])
def test_a_formula_stays_as_it_was_typed_and_is_named(formula):
    article = markdown(f"# A title\n\nFirst.\n\nSo {formula} it is.\n")
    assert said(article) == f"So {formula} it is."
    assert (
        f"Check this formula, which was kept as text: “{formula}”" in article.warnings
    )


def test_brackets_that_markdown_escapes_are_no_formula():
    article = markdown("# A title\n\nFirst.\n\nSee \\[1\\] and \\(below\\).\n")
    assert said(article) == "See [1] and (below)."
    assert not [warning for warning in article.warnings if "formula" in warning]
