import re

import pytest

from course.rules import prose
from home.rules.page_files import CONTENT, read_page_files

FRONT = "---\nslug: one\ntitle: One\ndescription: What it is.\n---\n"


def test_a_file_becomes_a_page_with_its_body_as_html(tmp_path):
    (tmp_path / "1.md").write_text(f"{FRONT}Some **text**.\n\n## Why\n\n- a\n- b\n")

    (file,) = read_page_files(tmp_path)

    assert (file.slug, file.title, file.is_help) == ("one", "One", False)
    assert file.body == (
        "<p>Some <strong>text</strong>.</p>\n<h2>Why</h2>\n"
        "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    )


def test_html_in_a_file_is_shown_and_not_run(tmp_path):
    (tmp_path / "1.md").write_text(f"{FRONT}<script>alert(1)</script>\n")

    assert "<script" not in read_page_files(tmp_path)[0].body


def test_files_come_in_the_order_of_their_names(tmp_path):
    for number, slug in ((2, "b"), (1, "a")):
        text = FRONT.replace("slug: one", f"slug: {slug}")
        (tmp_path / f"{number}.md").write_text(text)

    assert [file.slug for file in read_page_files(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize("text", ["No front matter.", "---\nslug: one\n", "x" + FRONT])
def test_a_file_without_front_matter_is_refused_by_name(tmp_path, text):
    (tmp_path / "1.md").write_text(text)

    with pytest.raises(ValueError, match=r"1\.md"):
        read_page_files(tmp_path)


def test_a_field_that_is_not_known_is_refused(tmp_path):
    (tmp_path / "1.md").write_text(FRONT.replace("slug", "slgu"))

    with pytest.raises(TypeError, match="slgu"):
        read_page_files(tmp_path)


def test_the_pages_that_come_with_the_site():
    files = {file.slug: file for file in read_page_files(CONTENT)}

    assert list(files) == [
        "get-help-now",
        "about-this-course",
        "privacy",
        "accessibility",
    ]
    assert [slug for slug, file in files.items() if file.is_help] == ["get-help-now"]


def test_the_pages_that_come_with_the_site_are_easy_to_read():
    for file in read_page_files(CONTENT):
        # As in lessons: paragraphs and points end a sentence, headings are left out.
        body = re.sub(r"<h\d>.*?</h\d>", "", file.body)
        text = re.sub(r"<[^>]+>", "", re.sub(r"</(?:li|p)>", "\n", body))
        assert len(prose.split_words(prose.longest_sentence(text))) <= 25, file.slug
        assert prose.flesch_kincaid_grade(text) <= 7.0, file.slug
        assert prose.find_promises(text) == [], file.slug


@pytest.mark.parametrize("cookie", ["learner", "csrftoken", "sessionid"])
def test_the_privacy_page_names_every_cookie(settings, cookie):
    bodies = {file.slug: file.body for file in read_page_files(CONTENT)}

    assert f"<strong>{cookie}</strong>" in bodies["privacy"]


def test_the_privacy_page_says_how_long_records_are_really_kept(settings):
    bodies = {file.slug: file.body for file in read_page_files(CONTENT)}

    assert f"for {settings.LEARNER_IDLE_DAYS} days" in bodies["privacy"]
