"""What gift-pegjs, which many editors of GIFT are built on, reads in our files."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.questions.formats.gift import write_gift
from tests.authoring.questions.made_questions import ALL, ITEM, LESSON

READERS = Path(__file__).parents[2] / "second_readers"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(
    not NODE or not (READERS / "node_modules" / "gift-pegjs").is_dir(),
    reason="gift-pegjs is not there: npm install --prefix tests/second_readers",
)


def read(text: str) -> list[dict]:
    answer = subprocess.run(
        [NODE, "read_gift.js"],
        cwd=READERS,
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def test_gift_pegjs_reads_ours_alike():
    text = write_gift(ALL, title="Risks/benefits", lesson_key=LESSON).text
    category, *questions = read(text)
    single, multiple, truth, _ordering, number, word, match = questions
    assert category["title"] == "$course$/top/Risks//benefits"
    assert [q["type"] for q in (single, multiple, truth)] == ["MC", "MC", "TF"]
    assert single["title"] == "bigger"
    assert [q["id"] for q in (single, multiple, truth)] == [
        str(item.key) for item in ALL[:3]
    ]
    assert single["stem"] == {"format": "plain", "text": "What is 5 > 3: {true}?"}
    assert single["globalFeedback"]["text"] == "All in all [S1]."
    assert [
        (c["isCorrect"], c["text"]["text"], c["feedback"]["text"])
        for c in single["choices"]
    ] == [(True, "It is #1", "Yes = right"), (False, "No ~", "Why: no")]
    assert [c["weight"] for c in multiple["choices"]] == [50, 50, -100]
    assert (truth["isTrue"], truth["trueFeedback"]["text"]) == (
        False,
        "No, it is not",
    )
    assert [q["globalFeedback"]["text"] for q in questions[3:]] == [
        "For germs.",
        "Hair grows slowly.",
        "It is a pocket.",
        "The skin is outside.",
    ]
    assert [q["type"] for q in (number, word, match)] == [
        "Numerical",
        "Short",
        "Matching",
    ]
    assert (number["choices"]["number"], number["choices"]["range"]) == (3, 0.5)
    assert [c["text"]["text"] for c in word["choices"]] == [
        "Follicle",
        "Hair follicle: {1}",
    ]
    assert [(p["subquestion"]["text"], p["subanswer"]) for p in match["matchPairs"]][
        :2
    ] == [("Skin", "Outside"), ("Bone = hard", "Inside")]


@pytest.mark.sweep
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ITEM, min_size=1, max_size=6))
def test_gift_pegjs_finds_every_question_whatever_it_says(items):
    text = write_gift(items, title="", lesson_key=LESSON).text
    assert len(read(text)) == len(items) + 1
