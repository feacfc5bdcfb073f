"""A pack that is sound is read whole; one that is not says where and what to fix."""

import pytest

from authoring.packs.rules.field_types import Markdown
from authoring.packs.rules.problems import BrokenPackError
from authoring.packs.rules.reading import parse_pack, read_pack
from tests.authoring.packs import small_pack
from tests.authoring.packs.small_pack import FILES, FIRST


def problems(folder):
    return [str(problem) for problem in read_pack(folder).problems]


def line_of(text, needle):
    return text[: text.index(needle)].count("\n") + 1


class TestSoundPack:
    def test_it_is_read_in_the_order_of_the_file_names(self, tmp_path):
        pack = parse_pack(
            small_pack.write(tmp_path, **{"10-tenth.md": _lesson("tenth")})
        )
        slugs = [lesson.meta.slug for lesson in pack.lessons]
        assert slugs == ["first", "second", "tenth"]

    def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(self, tmp_path):
        text = ("\ufeff" + FIRST.replace("\n", "\r\n")).encode()
        pack = parse_pack(small_pack.write(tmp_path, **{"1-first.md": text}))
        assert pack == parse_pack(small_pack.write(tmp_path))

    def test_words_that_yaml_takes_for_truths_stay_words(self, tmp_path):
        lesson = parse_pack(small_pack.write(tmp_path)).lessons[0]
        table = next(p.value for p in lesson.body if getattr(p, "name", "") == "table")
        assert table.rows == (("No treatment", "No"), ("Another", "Yes, some"))

    def test_a_space_that_does_not_break_stays(self, tmp_path):
        title = "title: Up to\n  1\N{NO-BREAK SPACE}000"
        text = FIRST.replace("title: First", title, 1)
        lesson = parse_pack(small_pack.write(tmp_path, **{"1-first.md": text})).lessons[
            0
        ]
        assert lesson.meta.title.startswith("Up to 1\N{NO-BREAK SPACE}000")

    def test_values_are_numbers_dates_and_truths_where_they_should_be(self, tmp_path):
        pack = parse_pack(small_pack.write(tmp_path))
        assert pack.course.meta.review.next_check.isoformat() == "2027-05-22"
        assert pack.lessons[0].meta.minutes == 8
        assert pack.lessons[0].items[0].critical is True
        assert [o.right for o in pack.lessons[0].items[0].options] == [True, False]

    def test_a_lesson_may_differ_from_the_course_in_its_review(self, tmp_path):
        pack = parse_pack(small_pack.write(tmp_path))
        review = pack.course.meta.review.differing(pack.lessons[1].meta.review)
        assert review.written_by == "Somebody else"
        assert review.funded_by == "Nobody"

    def test_markdown_is_told_from_plain_text(self, tmp_path):
        lesson = parse_pack(small_pack.write(tmp_path)).lessons[0]
        assert isinstance(lesson.faq_entries[0].answer, Markdown)
        assert not isinstance(lesson.items[0].stem, Markdown)


def _lesson(slug):
    return small_pack.SECOND.replace("slug: second", f"slug: {slug}")


BROKEN = [
    # file, what stands there, what stands there instead, where, what the message says
    ("1-first.md", "title: First lesson\n", "", "---", "“title” is missing"),
    (
        "1-first.md",
        "minutes: 8",
        "minutes: soon",
        "minutes",
        "whole number, not “soon”",
    ),
    ("1-first.md", "minutes: 8", 'minutes: "{8"', "minutes", "number, not “{8”"),
    ("course.md", "sign: rung-3", "sign: maybe", "sign", "must be “stamp”"),
    ("1-first.md", "minutes: 8", "minutes: 0", "minutes", "must be 1 or more"),
    ("1-first.md", "minutes: 8", "minuts: 8", "minuts", "Did you mean “minutes”?"),
    ("1-first.md", "aim: You", "aim: A: you", "aim: A", "Put quotes around text"),
    ("1-first.md", "aim: You", "aim: *You*", "aim: *", "starts with “*”"),
    ("1-first.md", "aim: You", "aim: &You", "aim: &", "starts with “&”"),
    ("1-first.md", "aim: You", "aim: !You", "aim: !", "starts with “!”"),
    ("1-first.md", "aim: You", "aim: @You", "aim: @", "starts with “@”"),
    (
        "1-first.md",
        "aim: You know more.",
        'aim: "You',
        'aim: "Y',
        "no closing quotation mark",
    ),
    ("1-first.md", "[follicle]", "[follicle", "terms: [f", "Close this bracket"),
    ("1-first.md", "[One, Two]", "[One [S1], Two]", "points: [One [", "Close this"),
    ("1-first.md", "  - Two.", "\t- Two.", "\t- Two", "not tabs"),
    ("1-first.md", "  - Two.", "  - Two: it", "  - Two", "Put quotes around it"),
    (
        "1-first.md",
        "  - Two.\n  - Three.\n",
        "",
        "in_short",
        "needs at least 3 but has 1",
    ),
    (
        "1-first.md",
        "slug: first\n",
        "slug: first\nslug: b\n",
        "slug: b",
        "appears here twice",
    ),
    ("1-first.md", "slug: first", "slug: First One", "slug", "lower-case letters"),
    ("2-second.md", "slug: second", "slug: first", "slug: first", "already used"),
    ("1-first.md", "---\n\n```key", "\n\n```key", "---", "does not end"),
    ("1-first.md", "---\nslug", "slug", "slug", "Start the file with"),
    ("1-first.md", "```key-fact", "```keyfact", "```keyfact", "no block “keyfact”"),
    ("1-first.md", "title: Careful\n", "", "```warning", "“title” is missing"),
    ("1-first.md", "title: Careful", "titel: Careful", "titel", "Did you mean “title”"),
    (
        "1-first.md",
        "level: urgent",
        "level: bad",
        "level",
        "must be non-urgent, urgent",
    ),
    ("1-first.md", "count: 26", "count: 126", "count: 126", "must be 100 or less"),
    (
        "1-first.md",
        "  - [Another, ",
        "  - [Another, b, ",
        "  - [Another",
        "row: 3. Columns",
    ),
    ("1-first.md", "  - [No treatment, No", '  - ["", No', '  - ["",', "is empty"),
    ("1-first.md", "{#what-it-is}", "", "## What it is", "in braces"),
    ("1-first.md", "## What it is", "# What it is", "# What it is", "with “## ”"),
    ("1-first.md", "{#what-is-shown}", "{#what-it-is}", "## What is s", "already used"),
    ("1-first.md", "[S1, S2].", "[S1, S99].", "on [S1", "no source S99"),
    ("1-first.md", "[S1, S2].", "[S1; S2].", "on [S1", "as [S1] or [S1, S2]"),
    ("1-first.md", "[S1, S2].", "[S1, rung 5].", "on [S1", "support rung 0 at most"),
    ("1-first.md", "sources: [S1]", "sources: [S9]", "sources: [S9]", "no source S9"),
    ("1-first.md", "source: S2", "source: S8", "source: S8", "no source S8"),
    ("1-first.md", "terms: [follicle]", "terms: [hair]", "terms: [", "no term “hair”"),
    ("1-first.md", '"#what-it-is"', '"#nowhere"', "answered_in", "refers to #nowhere"),
    (
        "1-first.md",
        '"#what-it-is"',
        '"#option-by-option"',
        "answered_in",
        "refers to the fold #option-by-option",
    ),
    ("1-first.md", "### Option", "#### Option", "#### Option", "folds with “### ”"),
    ("1-first.md", "question: order", "question: gone", "question: gone", "has no q"),
    (
        "1-first.md",
        "faq:is-it-safe",
        "faq:gone",
        "answered_in: faq",
        "refers to faq:gone",
    ),
    ("1-first.md", "faq:is-it-safe", "is-it-safe", "answered_in: is", "anchor"),
    ("1-first.md", "    right: yes\n", "", "options:", "exactly one as right"),
    ("1-first.md", "That one.", "That one.\n    right: yes", "options:", "exactly one"),
    ("1-first.md", "    right: yes", "    right: maybe", "right: maybe", "yes or no"),
    (
        "1-first.md",
        "    feedback: It is wrong.\n",
        "",
        "  - id: wrong",
        "no “feedback”",
    ),
    (
        "1-first.md",
        "feedback: One comes first.\n",
        "",
        "```question\nid: order",
        "why this is the order",
    ),
    (
        "1-first.md",
        "text: Inject",
        "text: I\n    right: yes",
        "    right: yes\nfeedback",
        "no “right”",
    ),
    ("1-first.md", "id: order", "id: single", "id: single\nkind: ord", "already used"),
    (
        "1-first.md",
        "id: wrong",
        "id: right",
        "id: right\n    text: That",
        "Another option",
    ),
    ("1-first.md", "kind: ordering", "kind: essay", "kind: essay", "single-choice"),
    (
        "1-first.md",
        "https://example.org/?a=1&b=2",
        "#gone",
        "- A point",
        "does not go anywhere",
    ),
    (
        "1-first.md",
        "on [S1, S2].",
        "![x](y.png)",
        "A paragraph",
        "pictures are not allowed",
    ),
    ("1-first.md", "More prose", "> More prose", "> More", "Remove the “>”"),
    (
        "1-first.md",
        "answer: That",
        "answer: >-\n  # That",
        "  # That",
        "headings are not",
    ),
    ("1-first.md", "text: This one", "text: This **one**", "text: This", "is plain"),
    ("course.md", "2027-05-22", "2027-13-45", "next_check", "a real date"),
    ("course.md", "2027-05-22", "2020-05-22", "next_check", "later than"),
    ("course.md", "funded_by: Nobody", 'funded_by: ""', "funded_by", "is empty"),
    ("course.md", "locale: en", "locale: English", "locale", "language code"),
    ("sources.md", "id: S2", "id: S1", "id: S1\n    title: Second", "already used"),
    ("sources.md", "https://example.org/2", "example.org", "url", "https://"),
    ("glossary.md", "    term: Follicle\n", "", "  - id: foll", "“term” is missing"),
    ("glossary.md", "terms:\n", "- terms:\n", "- terms", "a name and a colon"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "message"),
    BROKEN,
    ids=[f"{case[0]}: {case[2] or case[1]}".strip() for case in BROKEN],
)
def test_a_mistake_is_named_with_its_line(tmp_path, file, old, new, where, message):
    assert old in FILES[file]
    text = FILES[file].replace(old, new, 1)
    found = problems(small_pack.write(tmp_path, **{file: text}))
    place = f"{file}:{line_of(text, where)}:"
    assert [p for p in found if p.startswith(place) and message in p], (place, found)


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    text = FIRST.replace("A paragraph", "Ein Absatz f\xfcr").encode("latin-1")
    found = problems(small_pack.write(tmp_path, **{"1-first.md": text}))
    line = line_of(FIRST, "A paragraph")
    assert (
        f"1-first.md:{line}: Save the file as UTF-8. This line is not UTF-8." in found
    )


@pytest.mark.parametrize("name", ["course.md", "sources.md", "glossary.md"])
def test_a_missing_file_is_named(tmp_path, name):
    found = problems(small_pack.write(tmp_path, **{name: None}))
    assert found == [f"{name}:1: This file is missing. Add it."]


def test_a_pack_needs_a_lesson(tmp_path):
    nothing = {"1-first.md": None, "2-second.md": None}
    found = problems(small_pack.write(tmp_path, **nothing))
    assert any("has no lesson" in problem for problem in found)


def test_a_block_that_is_never_closed_is_named(tmp_path):
    text = FIRST.removesuffix("```\n")
    found = problems(small_pack.write(tmp_path, **{"1-first.md": text}))
    assert any("This block does not end" in problem for problem in found)


def test_a_character_that_nobody_sees_is_named(tmp_path):
    text = FIRST.replace("Careful", "Care\x07ful")
    found = problems(small_pack.write(tmp_path, **{"1-first.md": text}))
    assert any("invisible character" in problem for problem in found)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_lines(tmp_path):
    text = FIRST.replace("minutes: 8", "minutes: x").replace("count: 26", "count: y")
    folder = small_pack.write(tmp_path, **{"1-first.md": text, "glossary.md": None})
    with pytest.raises(BrokenPackError) as error:
        parse_pack(folder)
    told = [(p.file, p.line) for p in error.value.problems]
    assert told == [
        ("1-first.md", line_of(text, "minutes: x")),
        ("1-first.md", line_of(text, "count: y")),
        ("glossary.md", 1),
    ]
