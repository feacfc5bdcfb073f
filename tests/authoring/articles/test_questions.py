"""The questions that an article answers are found, and no others."""

# ruff: noqa: RUF001 -- question marks of other scripts look like other signs.

from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from authoring.articles.management.commands.measure_import import pair_score
from authoring.articles.readers.reading import read_article
from authoring.articles.rules.document import ArticleHeading, sentences_of
from authoring.articles.rules.questions.finding import find_pairs
from authoring.articles.rules.questions.headings import is_faq_heading, is_rhetorical
from authoring.articles.rules.questions.marks import is_question
from tests.authoring.articles.documents import BLOCKS
from tests.properties import fewer_examples

CORPUS = Path(__file__).parent / "corpus" / "pairs"
CASES = Path(__file__).parent / "cases"


def pairs(text, name="a.html"):
    found = read_article(text.encode(), name)
    return [(e.question, " ".join(sentences_of(e.answer))) for e in found.faq]


@pytest.mark.parametrize("half", ["development", "held_out"])
def test_the_questions_of_labelled_articles_are_found_and_no_others(half):
    score = pair_score(CORPUS / half)
    assert score.labelled > 50
    assert score.recall >= 0.95, score.errors
    assert score.precision >= 0.97, score.errors


def test_a_command_prints_what_was_missed_and_what_was_wrong(tmp_path):
    (tmp_path / "a.md").write_text("# T\n\nText.\n\n## FAQ\n\n### Why?\n\nSo.\n")
    (tmp_path / "a.md.labels.yaml").write_text('pairs: {"Who?": You}\n')
    out = StringIO()
    call_command("measure_import", str(tmp_path), stdout=out)
    for said in ["missed “Who?”", "found “Why?” → “So.”", "recall 0.0% (0 of 1)"]:
        assert said in out.getvalue()
    with pytest.raises(CommandError, match="is not a folder"):
        call_command("measure_import", str(tmp_path / "none"))
    (tmp_path / "a.md.labels.yaml").write_text("pairs: {")
    with pytest.raises(CommandError, match=r"a.md.labels.yaml cannot be read"):
        call_command("measure_import", str(tmp_path))


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("faq-accordion-h2.html", 3),
        ("faq-fr-sans-accent.html", 2),
        ("faq-in-bold.md", 3),
        ("faq-numbered.txt", 3),
        ("arabic.html", 2),
        ("esguince.txt", 2),
    ],
)
def test_questions_are_found_wherever_they_hide(name, number):
    assert len(read_article((CASES / name).read_bytes(), name).faq) == number


@pytest.mark.parametrize(
    "heading",
    [
        "FAQ",
        "Orthopedic FAQs",
        "F.A.Q.",
        "Q & A",
        "What people often ask us",
        "Questions frequentes",
        "Les questions les plus fréquentes",
        "PREGUNTAS MÁS FRECUENTES",
        "Die häufigsten Fragen zur Narkose",
        "Haeufige Fragen",
        "Domande frequenti",
        "Perguntas frequentes",
        "Veelgestelde vragen",
        "Najczęściej zadawane pytania",
        "SIKÇA SORULAN SORULAR",
        "أسئلة شائعة",
        "الأسئلة الشائعة حول العملية",
        "Часто задаваемые вопросы",
        "常见问题",
    ],
)
def test_a_heading_introduces_questions_in_any_language(heading):
    assert is_faq_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Questions to ask your doctor",
        "Any questions?",
        "Preguntas para su médico",
        "Fragen an Ihren Arzt",
        "The question of cost",
        "Faqir Hospital",
    ],
)
def test_a_heading_with_questions_for_others_introduces_none(heading):
    assert not is_faq_heading(heading)


@pytest.mark.parametrize(
    "text",
    [
        "Why choose us?",
        "How are you?",
        "Did you know?",
        "¿Por qué elegirnos?",
        "كيف حالك؟",
    ],
)
def test_a_greeting_or_an_advertisement_is_no_question(text):
    assert is_rhetorical(text)
    assert not pairs(f"<h1>T</h1><p>A.</p><h2>FAQ</h2><h3>{text}</h3><p>B.</p>")


@pytest.mark.parametrize(
    "text",
    [
        "Why?",
        "¿Por qué?",
        "لماذا؟",
        "なぜですか？",
        "Γιατί;",
        "Ինչո՞ւ",
        "Why?!",
        "Why?¹",
        "“Why?”",
    ],
)
def test_a_question_is_known_by_the_mark_of_its_script(text):
    assert is_question(text)


@pytest.mark.parametrize("text", ["Why not.", "Rest; then walk;", "Why", ""])
def test_other_text_is_no_question(text):
    assert not is_question(text)


def test_sections_whose_headings_are_all_questions_stay_sections():
    leaflet = "<h1>Gout</h1>" + "".join(
        f"<h2>{asked}</h2><p>Text.</p>"
        for asked in ["What is gout?", "What causes it?", "How is it treated?"]
    )
    assert pairs(leaflet) == []
    below = leaflet.replace("h2>", "h3>").replace("</h1>", "</h1><h2>Facts</h2>")
    assert pairs(below) == []
    assert len(pairs(f"{below}<h2>Treatment</h2><p>Rest.</p>")) == 3


def test_an_answer_keeps_its_lists_and_headings_and_ends_at_the_next_section():
    page = (
        "<h1>T</h1><p>A.</p><h2>FAQ</h2><h3>Why?</h3><p>So.</p><ul><li>One</li></ul>"
        "<h4>Note</h4><p>Two.</p><h2>After</h2><p>Three.</p>"
    )
    assert pairs(page) == [("Why?", "So. One Note Two.")]


def test_a_heading_without_questions_below_it_stays():
    found = read_article(b"# T\n\nA.\n\n## FAQ\n\nAsk the nurse.\n", "a.md")
    assert [part.heading for part in found.sections] == ["", "FAQ"]
    assert not found.faq


def test_a_heading_that_groups_questions_is_named():
    text = "# T\n\nA.\n\n## FAQ\n\n### Before\n\n#### Why?\n\nSo.\n"
    found = read_article(text.encode(), "a.md")
    assert any("“Before”" in warning for warning in found.warnings)
    assert [part.heading for part in found.sections] == [""]


def test_contact_details_below_the_last_answer_are_not_part_of_it():
    text = "# T\n\nA.\n\n## FAQ\n\n### Why?\n\nSo.\n\nTel: 555 010 9999\n"
    assert pairs(text, "a.md") == [("Why?", "So.")]


def test_a_table_of_questions_names_the_headings_that_it_loses():
    rows = "<tr><td>Why?</td><td>So.</td></tr><tr><td>Who?</td><td>You.</td></tr>"
    page = f"<h1>T</h1><p>A.</p><h2>FAQ</h2><table><tr><th>Asked</th><th>Told</th></tr>{rows}</table>"
    assert pairs(page) == [("Why?", "So."), ("Who?", "You.")]
    found = read_article(page.encode(), "a.html")
    assert any("“Asked”, “Told”" in warning for warning in found.warnings)
    assert pairs(page.replace("FAQ", "Doses")) == []


def test_questions_in_a_list_may_have_their_answers_on_the_same_line():
    items = "<ul><li>Is it <b>bad</b>? No.</li><li>Who pays? You.</li></ul>"
    assert len(pairs(f"<h1>T</h1><p>A.</p><h2>FAQ</h2>{items}")) == 2
    assert pairs(f"<h1>T</h1><p>A.</p><h2>Safety at home</h2>{items}") == []


def test_a_broken_declaration_of_questions_is_passed_over():
    script = '<script type="application/ld+json">{"@type": "FAQPage", </script>'
    assert pairs(f"<head>{script}</head><h1>T</h1><p>A.</p>") == []


@fewer_examples(0.4)
@given(
    st.lists(
        st.one_of(
            BLOCKS,
            st.builds(
                ArticleHeading,
                st.integers(1, 4),
                st.sampled_from(["FAQ", "Why?", "Who pays?", "Risks"]),
            ),
        ),
        max_size=12,
    )
)
def test_no_sentence_is_lost_when_questions_are_found(elements):
    def said(found):
        for element in found:
            if isinstance(element, ArticleHeading):
                continue
            answer = getattr(element, "answer", None)
            yield from sentences_of((element,) if answer is None else answer)

    found = Counter(said(find_pairs(elements).elements))
    assert not Counter(said(elements)) - found
