"""Who paid for it stands beside what a source with an interest is quoted for."""

import re

from tests.content.conftest import reading_of

# A paragraph, a point of a list, a row of a table or a field of a block.
PASSAGE = re.compile(r"\n\s*\n|\n(?=\s*-\s|\s*\w+: )")
QUESTION = re.compile(r"```question\b.*?```", re.DOTALL)
CITED = re.compile(r"\bS\d+\b")
RESULT = re.compile(
    r"\b(gain|placebo|harm|fade|thicker|denser|no difference"
    r"|mejor|daño|perd|grueso|denso|ninguna diferencia)",
    re.I,
)
PAYER = re.compile(r"\b(compan(y|ies)|maker|sells|empresas?|fabrica\w*|vende)\b", re.I)


def results_of(text, sources):
    """Return the passages that quote a result from one of these sources."""
    passages = PASSAGE.split(QUESTION.sub("", text))
    return [
        passage
        for passage in passages
        if sources & set(CITED.findall(passage)) and RESULT.search(passage)
    ]


def test_a_result_from_a_company_says_so(folder):
    listed = reading_of(folder).sources.sources
    sources = {source.id for source in listed if source.interest}
    files = [path for path in folder.glob("*.md") if path.name != "sources.md"]
    found = [each for path in files for each in results_of(path.read_text(), sources)]
    assert found, "this test finds no result at all"
    assert not [passage for passage in found if not PAYER.search(passage)]
