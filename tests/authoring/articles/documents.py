"""Documents of any shape, for property tests."""

from hypothesis import strategies as st

from authoring.articles.rules.document import (
    ArticleFaq,
    ArticleItem,
    ArticleSection,
    ArticleTable,
    Certainty,
    Document,
    ListBlock,
    Paragraph,
    Words,
)

SENTENCES = st.lists(
    st.sampled_from(["Widgets", "Risks", "Minoxidil", "Costs", "Studies"]).flatmap(
        lambda start: st.integers(1, 99).map(lambda n: f"{start} number {n}.")
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
WORDS = SENTENCES.map(lambda text: Words(text, text))
ITEMS = SENTENCES.map(lambda text: ArticleItem(text, text))
BLOCKS = st.one_of(
    WORDS.map(Paragraph),
    st.lists(ITEMS, min_size=1, max_size=3).map(lambda items: ListBlock(tuple(items))),
    st.lists(st.tuples(SENTENCES, SENTENCES), min_size=1, max_size=3).map(
        lambda rows: ArticleTable(tuple(rows))
    ),
)
MANY_BLOCKS = st.lists(BLOCKS, max_size=3).map(tuple)
HEADINGS = st.sampled_from(
    ["", "Risks", "What Are Widgets?", "Widgets", "Cost", "الكلفة"]
)
CERTAINTY = st.sampled_from(list(Certainty))


@st.composite
def documents(draw):
    sections = draw(
        st.lists(
            st.tuples(
                HEADINGS,
                st.integers(1, 3),
                MANY_BLOCKS,
                CERTAINTY,
                st.sampled_from(["", "", "around"]),
            ),
            max_size=5,
        )
    )
    faq = draw(st.lists(st.tuples(SENTENCES, MANY_BLOCKS, CERTAINTY), max_size=3))
    return Document(
        title="About widgets",
        sections=tuple(
            ArticleSection(f"s{n}", *part) for n, part in enumerate(sections)
        ),
        faq=tuple(ArticleFaq(f"q{n}", *part) for n, part in enumerate(faq)),
        warnings=(),
    )
