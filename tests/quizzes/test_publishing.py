"""The editor: lenient with drafts, and plain about what keeps a lesson from going live."""

import html

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from course.models import LessonPage
from quizzes.queries.attempts import paper_of
from tests.factories import QuestionFactory, UserFactory, a_course, lessons_of
from tests.quizzes.editing import kept_fields, lesson_form, question_fields

pytestmark = [pytest.mark.django_db, pytest.mark.long]

STEM = "What is known?"
PUBLISH = {"action-publish": "action-publish"}


def options(*values):
    return streamfield([("option", value) for value in values])


RIGHT = {"text": "Right", "right": "on", "feedback": "Yes."}
WRONG = {"text": "Wrong", "feedback": "No."}


@pytest.fixture
def lesson():
    return lessons_of(a_course(lessons=1, questions=0))[0]


@pytest.fixture
def editor(client):
    client.force_login(UserFactory(administrator=True))
    return client


@pytest.fixture
def publish(editor, lesson):
    """Return a function that publishes the lesson and hands back what it says."""
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    def post(questions, **changes):
        form = lesson_form(lesson, questions) | nested_form_data(changes)
        response = editor.post(url, form | PUBLISH, follow=True)
        text = html.unescape(response.text)
        # Blocks carry their errors as JSON.
        return text.replace("\\u201c", "“").replace("\\u201d", "”")

    return post


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (
            {"options": options(RIGHT, WRONG | {"feedback": ""})},
            "Question 1 (“What is known?”), option 2: explain why it is wrong.",
        ),
        (
            {"options": options(RIGHT | {"feedback": ""}, WRONG)},
            "Question 1 (“What is known?”), option 1: explain why it is right.",
        ),
        (
            {"options": options(RIGHT, WRONG | {"text": ""})},
            "Question 1 (“What is known?”), option 2: enter its text.",
        ),
        (
            {"options": options(RIGHT, RIGHT)},
            "Question 1 (“What is known?”): "
            "Give at least two options and mark exactly one as right.",
        ),
        (
            {"kind": "ordering"},
            "Question 1 (“What is known?”): explain in “Feedback” why this is the "
            "order.",
        ),
        ({"stem": ""}, "Question 1: enter the question."),
        ({"kind": ""}, "(“What is known?”): choose a kind of question."),
        ({"sources": ""}, "(“What is known?”): enter a source, such as S1."),
        ({"sources": "S1, S9"}, "the course has no source “S9”"),
        ({"answered_in": ""}, "(“What is known?”): enter the passage that answers it."),
        ({"answered_in": "#elsewhere"}, "“#elsewhere” is not an anchor"),
        ({"answered_in": "faq:gone"}, "“faq:gone” is not an anchor"),
    ],
)
def test_what_is_missing_is_named_at_the_top_and_at_its_field(
    publish, lesson, fields, message
):
    page = publish([question_fields(STEM, handle="known") | fields])
    assert page.count(message) >= 2
    assert not lesson.questions.exists()


def test_a_sound_question_is_published(publish, lesson):
    publish([question_fields(STEM)])
    assert lesson.questions.get().stem == STEM


def test_the_second_of_two_questions_is_called_question_2(publish):
    page = publish([question_fields("First?"), question_fields("Next?", sources="")])
    assert "Question 2 (“Next?”): enter a source" in page


def test_a_question_may_rest_on_an_faq_entry_typed_in_the_same_form(publish, lesson):
    entry = {"id": "", "question": "Is it so?", "answer": "null", "handle": ""}
    entries = {
        "TOTAL_FORMS": 1,
        "INITIAL_FORMS": 0,
        "0": entry | {"answer": rich_text("<p>Yes.</p>"), "ORDER": "1", "DELETE": ""},
    }
    publish([question_fields(STEM, answered_in="faq:is-it-so")], faq_entries=entries)
    assert lesson.questions.get().answered_in == "faq:is-it-so"


def test_a_main_message_of_more_than_25_words_is_refused(publish, lesson):
    page = publish([], main_message="word " * 26)
    assert page.count("use 25 words or fewer. It has 26.") >= 2
    publish([], main_message="word " * 25 + "[S1]")
    assert LessonPage.objects.get(pk=lesson.pk).main_message.startswith("word word")


def test_two_questions_with_one_id_are_refused_on_publishing(publish):
    page = publish(
        [question_fields("A?", handle="x"), question_fields("B?", handle="x")]
    )
    assert "Question 2 (“B?”): give it an id that no other question has." in page


def test_a_blank_id_is_made_from_the_question_and_kept_apart(publish, lesson):
    publish([question_fields(STEM, handle=""), question_fields(STEM, handle="")])
    handles = [question.handle for question in lesson.questions.all()]
    assert handles == ["what-is-known", "what-is-known-2"]


def test_a_draft_takes_anything_half_typed(editor, lesson):
    lesson.unpublish()
    half = question_fields("", kind="", handle="", sources="?", options=options(RIGHT))
    twice = [half, half | {"handle": "Same Id!"}, half | {"handle": "same-id"}]
    form = lesson_form(lesson, twice) | {"main_message": "word " * 26}
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    response = editor.post(url, form, headers={"accept": "application/json"})
    assert response.status_code == 200, response.text
    handles = [question.handle for question in lesson.questions.all()]
    assert handles == ["question", "same-id", "same-id-2"]
    assert response.json()["field_updates"]["questions-2-handle"] == "same-id-2"


def test_a_heading_half_typed_is_no_obstacle_to_a_draft(editor, lesson):
    body = streamfield([("heading", {"title": "Part", "anchor": "First Pa"})])
    form = lesson_form(lesson, []) | nested_form_data({"body": body})
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form = {k: v for k, v in form.items() if not k.startswith("body-1")}
    response = editor.post(url, form, headers={"accept": "application/json"})
    assert response.status_code == 200, response.text
    assert "Use only lower-case letters" in editor.post(url, form | PUBLISH).text


def test_a_kept_question_is_judged_like_a_new_one(publish, lesson):
    publish([question_fields(STEM)])
    page = publish([kept_fields(lesson.questions.get(), sources="S9")])
    assert "the course has no source “S9”" in page


def test_an_faq_entry_without_an_answer_is_named(publish, lesson):
    entries = {
        "TOTAL_FORMS": 1,
        "INITIAL_FORMS": 0,
        "0": {"id": "", "question": "Why?", "answer": "null", "ORDER": "1"},
    }
    page = publish([], faq_entries=entries)
    assert "FAQ entry 1 (“Why?”): enter the answer." in page


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Question to ask 1: enter the question."),
        ("Who pays?", "Add the block “Questions to ask”, so that readers see them."),
    ],
)
def test_what_a_question_to_ask_lacks_is_named(publish, lesson, text, message):
    row = {"id": "", "text": text, "handle": "who-pays", "ORDER": "1"}
    asked = {"TOTAL_FORMS": 1, "INITIAL_FORMS": 0, "0": row}
    assert message in publish([], questions_to_ask=asked)
    assert not lesson.questions_to_ask.exists()


def test_two_questions_may_swap_their_ids(publish, lesson):
    publish([question_fields("A?", handle="a"), question_fields("B?", handle="b")])
    first, second = lesson.questions.all()
    publish([kept_fields(first, handle="b"), kept_fields(second, handle="a")])
    assert [q.handle for q in lesson.questions.all()] == ["b", "a"]


def test_publishing_while_an_autosave_is_under_way_makes_no_question_twice(
    editor, publish, lesson
):
    lesson.unpublish()
    new = [question_fields(STEM, handle="")]
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    editor.post(url, lesson_form(lesson, new), headers={"accept": "application/json"})
    stored = lesson.questions.get()
    publish(new)
    assert lesson.questions.get().translation_key == stored.translation_key


def test_a_check_yourself_block_must_name_a_question_of_the_lesson(publish, lesson):
    def body(handle):
        part = ("heading", {"title": "First part", "anchor": "first-part"})
        return streamfield([part, ("check_yourself", {"question": handle})])

    page = publish([question_fields(STEM, handle="known")], body=body("gone"))
    assert page.count("Check yourself: this lesson has no question “gone”.") >= 2
    publish([question_fields(STEM, handle="known")], body=body("known"))
    assert LessonPage.objects.get(pk=lesson.pk).body[1].value["question"] == "known"


@pytest.mark.parametrize(
    ("review_status", "told"),
    [("to_check", "check the right answer"), ("check_wording", "check the wording")],
)
def test_a_question_to_look_at_keeps_its_lesson_from_going_live(
    publish, lesson, review_status, told
):
    text = publish([question_fields(STEM, review_status=review_status)])
    assert f"Question 1 (“{STEM}”): {told}" in text
    lesson.refresh_from_db()
    assert not lesson.questions.exists()


def test_a_question_left_out_may_be_unfinished_and_is_not_asked(publish, lesson):
    unfinished = question_fields(
        "Which one?", review_status="left_out", options=options(RIGHT)
    )
    publish([question_fields(STEM), unfinished])
    lesson.refresh_from_db()
    assert lesson.questions.count() == 2
    assert [question.stem for question in paper_of(lesson).questions] == [STEM]


@pytest.fixture
def live_question(lesson):
    return QuestionFactory(lesson=lesson, stem=STEM)


def with_other_right_answer(question):
    fields = kept_fields(question)
    del fields["options"]["0"]["value"]["right"]
    fields["options"]["1"]["value"]["right"] = "on"
    return fields


QUESTIONED = "Kind of change: what is right changes in question 1 (“What is known?”)."


@pytest.mark.parametrize(
    ("kind", "is_questioned"),
    [("wording", True), ("content", False), ("safety", False)],
)
def test_wording_only_is_questioned_if_another_answer_is_right(
    publish, lesson, live_question, kind, is_questioned
):
    changed = with_other_right_answer(live_question)
    text = publish([changed], kind_of_change=kind)
    assert (QUESTIONED in text) == is_questioned
    live_question.refresh_from_db()
    assert live_question.options[0].value["right"] == is_questioned


def test_wording_only_is_right_for_other_words_and_new_questions(
    publish, live_question
):
    reworded = kept_fields(live_question, stem="What do we know?")
    assert "Kind of change" not in publish([reworded, question_fields(STEM)])


def test_drafts_are_not_asked_what_kind_of_change_they_are(
    editor, lesson, live_question
):
    form = lesson_form(lesson, [with_other_right_answer(live_question)])
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    assert editor.post(url, form).status_code == 302
