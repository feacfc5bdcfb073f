"""Files that ask for more work than they hold are read in time, or refused."""

import pytest

from authoring.questions import formats
from authoring.questions.formats import reading
from authoring.questions.rules.items import BrokenQuestionsError
from course.tasks.bounded_reading import BeyondBounds, TooManyAtOnce, read_within

pytestmark = [pytest.mark.own_process, pytest.mark.sweep]

GIFT = "::a:: b {=c ~d}"


def xml(html):
    return (
        "<quiz><question type='multichoice'><questiontext format='html'><text><![CDATA["
        f"{html}]]></text></questiontext></question></quiz>"
    )


def read(content: bytes) -> int:
    """Return how many questions there are; called in a process of its own."""
    try:
        return len(formats.read_question_bytes(content).items)
    except BrokenQuestionsError:
        return 0


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("\n" * 900_000 + GIFT, 1),
        (" \n" * 450_000 + "ANSWER", 0),
        ("<?xml" + " " * 900_000 + "?><quiz/>", 0),
        ("<?xml" + " encoding" * 100_000 + "?><quiz/>", 0),
        ("// " + "[tag:" * 180_000 + "\n" + GIFT, 1),
        ("a {=b ~" + "x" * 900_000 + "}", 1),
        ("a {>2 " + "ALL " * 200_000 + "\nb\nc}", 1),
        ("::" * 450_000 + GIFT, 1),
        ("[markdown]" + "\\\\(" * 100_000 + " {=b ~c}", 1),
        ("A. a\n" * 200_000, 0),
        (xml("<!--" * 200_000), 1),
        (xml('<a "' * 200_000), 1),
        (xml("<" * 300_000), 1),
        (xml("<div>" * 60_000), 1),
        (xml("<ul><li>" * 30_000), 1),
        (xml("<b>" * 60_000 + "</i>" * 60_000), 1),
        (xml("<table>" + "<td rowspan=99 colspan=39>x" * 10_000), 1),
        (xml("&#" + "9" * 500_000 + ";"), 1),
        (xml("<sup>a" * 50_000), 1),
    ],
    ids=lambda value: str(value)[:20].encode("unicode_escape").decode(),
)
def test_work_grows_no_faster_than_the_file(text, count):
    # A reader whose work grows with the square needs hours: no machine is that slow.
    assert read_within(read, text.encode(), seconds=60, megabytes=400) == count


@pytest.mark.parametrize(
    ("raised", "told"), [(BeyondBounds, "Split it"), (TooManyAtOnce, "in a minute")]
)
def test_what_is_beyond_all_bounds_is_refused_in_words(monkeypatch, raised, told):
    def refuse(*_):
        raise raised

    monkeypatch.setattr(reading, "read_within", refuse)
    with pytest.raises(BrokenQuestionsError, match=told):
        reading.read_file(GIFT.encode())


def test_what_a_reader_complains_of_comes_through_the_other_process():
    with pytest.raises(BrokenQuestionsError) as error:
        reading.read_file(b"\n\nb {c}")
    assert [problem.line for problem in error.value.problems] == [3]
