"""A plan gives every part of an article a place and loses nothing on the way."""

from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authoring.articles.readers.reading import read_article
from authoring.articles.rules import outline, plan_edits, report
from authoring.articles.rules.flags import flags_of
from authoring.articles.rules.plan import SET_ASIDE, UNPLACED, make_plan
from authoring.articles.rules.seeds import draft_question, option_candidates
from tests.authoring.articles import articles
from tests.authoring.articles.documents import documents
from tests.properties import fewer_examples

FIVE = outline.outline_named(outline.FIVE_LESSONS)
OUTLINES = [outline.outline_named(name) for name in outline.outline_names()]


def small_plan(which=FIVE):
    return make_plan(read_article(articles.TEXT.encode(), "a.txt"), which)


def sentences(plan):
    return Counter(text for part in plan.parts for text in part.sentences)


def places(plan):
    return {part.heading: part.place for part in plan.sections}


def test_each_section_goes_to_the_lesson_whose_words_it_uses():
    assert places(small_plan()) == {
        "": "the-basics",
        "What Are Widgets?": "the-basics",
        "Types of Widgets Used": "types",
        "The Procedure: What to Expect": "the-procedure-healing-and-results",
        "Risks and Side Effects": "risks-rules-and-cost",
        "Alternatives to Widgets": "alternatives-and-deciding",
        "You Might Also Like": SET_ASIDE,
    }


def test_each_question_goes_to_the_lesson_that_it_is_about():
    found = {entry.question: entry.place for entry in small_plan().faq}
    assert found["Who pays?"] == "risks-rules-and-cost"


def test_what_fits_no_lesson_is_unplaced_and_must_be_resolved():
    document = read_article(b"# T\n\n## Recipes\n\nStir the soup well.\n", "a.md")
    plan = make_plan(document, FIVE)
    assert [part.heading for part in plan.sections_at(UNPLACED)] == ["Recipes"]
    assert not plan.is_resolved
    assert plan_edits.move_part(
        plan, plan.sections[0].id, "risks-rules-and-cost"
    ).is_resolved


def test_a_section_below_a_placed_heading_stays_with_it():
    text = b"# T\n\n## Risks\n\nRisk.\n\n### In winter\n\nIt snows a lot here.\n"
    assert (
        places(make_plan(read_article(text, "a.md"), FIVE))["In winter"]
        == "risks-rules-and-cost"
    )


def test_each_top_heading_can_be_a_lesson():
    plan = small_plan(outline.outline_named(outline.BY_HEADING))
    assert [lesson.title for lesson in plan.lessons][1:3] == [
        "What Are Widgets?",
        "Types of Widgets Used",
    ]


def test_a_question_goes_to_the_top_heading_that_shares_its_rarer_words():
    text = b"# T\n\n## Ways\n\nA needle is used.\n\n## After\n\nSwelling fades.\n\n"
    text += b"## FAQ\n\n### When does the swelling fade?\n\nSoon.\n\n### Eh?\n\nYes.\n"
    plan = make_plan(
        read_article(text, "a.md"), outline.outline_named(outline.BY_HEADING)
    )
    assert [entry.place for entry in plan.faq] == ["after", UNPLACED]


@fewer_examples(0.4)
@given(documents(), st.sampled_from(OUTLINES))
def test_a_plan_keeps_every_sentence_exactly_once(document, which):
    plan = make_plan(document, which)
    counts = plan.counts
    assert counts.pop("total") == sum(counts.values()) == sentences(plan).total()
    assert report.from_payload(report.to_payload(plan)) == plan


@fewer_examples(0.4)
@given(documents(), st.data())
def test_no_edit_loses_a_sentence(document, data):
    plan = make_plan(document, FIVE)
    before = sentences(plan)
    for _ in range(4):
        parts = [part.id for part in plan.parts]
        slugs = [lesson.slug for lesson in plan.lessons]
        if not (parts and slugs):
            break
        part = data.draw(st.sampled_from(parts))
        slug = data.draw(st.sampled_from([*slugs, UNPLACED, SET_ASIDE]))
        edit = data.draw(
            st.sampled_from(
                [
                    partial(plan_edits.move_part, plan, part, slug),
                    partial(plan_edits.merge_with_previous, plan, part),
                    partial(plan_edits.split_section, plan, part, 1),
                    partial(plan_edits.rename_section, plan, part, "New"),
                    partial(plan_edits.remove_lesson, plan, slug),
                    partial(plan_edits.add_lesson, plan, "Costs"),
                ]
            )
        )
        try:
            plan = edit()
        except plan_edits.UnableToEdit:
            continue
    assert sentences(plan) == before
    assert sum(plan.counts.values()) == 2 * plan.counts["total"]


def test_sections_are_merged_and_split_again():
    plan = small_plan()
    merged = plan_edits.merge_with_previous(plan, plan.sections[1].id)
    assert "What Are Widgets?" not in places(merged)
    cut = plan_edits.split_section(merged, merged.sections[0].id, 1)
    assert [part.place for part in cut.sections[:2]] == ["the-basics"] * 2
    with pytest.raises(plan_edits.UnableToEdit, match="cannot be split"):
        plan_edits.split_section(merged, merged.sections[0].id, 9)
    with pytest.raises(
        plan_edits.UnableToEdit, match="is the first section of its lesson"
    ):
        plan_edits.merge_with_previous(plan, plan.sections[0].id)
    with pytest.raises(plan_edits.UnableToEdit, match="no lesson"):
        plan_edits.move_part(plan, plan.sections[0].id, "nowhere")


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("This cures baldness.", "promise"),
        ("Cells turn into follicles.", "claim"),
        ("It is an amazing method.", "promotional"),
        ("One of my patients was happy.", "testimonial"),
        ("Take 5 mg each day.", "dose"),
        ("It costs $4,000.", "price"),
        ("Visit the Sunny Hair Clinic.", "name"),
        ("Call +44 20 7946 0958.", "contact"),
        ("We sit at 12 Sunny Street.", "contact"),
        ("Half, or 50%, saw it.", "source"),
    ],
)
def test_a_sentence_to_look_at_is_flagged(sentence, kind):
    plan = make_plan(read_article(f"# T\n\n{sentence}\n".encode(), "a.md"), FIVE)
    assert kind in {flag.kind for flag in flags_of(plan)}


def test_plain_sentences_and_cited_figures_are_not_flagged():
    text = b"# T\n\nAsk what will be injected. About 5 in 100 saw it [S1].\n"
    assert flags_of(make_plan(read_article(text, "a.md"), FIVE)) == []


def test_a_question_is_seeded_with_sentences_of_the_article():
    grown = draft_question(
        "Does it hurt?",
        ["It can sting.", "Most say that it does hurt a bit."],
        [
            option_candidates(["Most people pay for it themselves."]),
            option_candidates(
                ["It can sting.", "Widgets are small.", "They are round."]
            ),
        ],
    )
    assert grown.key == "Most say that it does hurt a bit."
    assert grown.distractors == (
        "Most people pay for it themselves.",
        "Widgets are small.",
        "They are round.",
    )
    assert draft_question("Why?", [], [option_candidates(["A."])]).distractors == ()


ARTICLE = Path(__file__).parents[4] / "shared/articles/stem-cell-therapy-hair-loss.txt"
# Headings of the article in our words, and the lesson that each belongs in.
EXPECTED = [
    ("opening, without a heading", "the-basics"),
    ("heading over the first part", "the-basics"),
    ("the cells explained", "the-basics"),
    ("how it is meant to work", "the-basics"),
    ("what science says", "the-basics"),
    ("which cells are used", "types"),
    ("how it is done", "the-procedure-healing-and-results"),
    ("healing and what comes after", "the-procedure-healing-and-results"),
    ("harms", "risks-rules-and-cost"),
    ("what it costs", "risks-rules-and-cost"),
    ("other ways", "alternatives-and-deciding"),
    ("outlook", "alternatives-and-deciding"),
    ("whether to do it", "alternatives-and-deciding"),
    ("links elsewhere", SET_ASIDE),
    ("sharing", SET_ASIDE),
]


@pytest.mark.skipif(not ARTICLE.exists(), reason="The article is not beside us.")
def test_the_real_article_is_accounted_for():
    plan = make_plan(read_article(ARTICLE.read_bytes(), ARTICLE.name), FIVE)
    assert [part.place for part in plan.sections] == [place for _, place in EXPECTED]
    assert [part.place for part in plan.faq] == [
        "risks-rules-and-cost",
        "the-procedure-healing-and-results",
        "risks-rules-and-cost",
        "alternatives-and-deciding",
    ]
    lines = [line for line in ARTICLE.read_text().splitlines() if line.strip()]
    read_words = " ".join(
        [
            plan.title,
            *(part.heading for part in plan.sections),
            *sentences(plan).elements(),
        ]
    ).split()
    labels = {"FAQ": 1, "Q:": 4, "A:": 4}
    assert Counter(" ".join(lines).split()) - Counter(read_words) == Counter(labels)
    assert {"testimonial", "promise", "contact"} <= {
        flag.kind for flag in flags_of(plan)
    }
    contacts = [flag for flag in flags_of(plan) if flag.kind == "contact"]
    assert {flag.part for flag in contacts} == {plan.sections_at(SET_ASIDE)[0].id}
