"""The form of the lesson editor, filled in as the open page would post it."""

from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)


def question_fields(stem, **fields):
    """Return a new question as typed into the empty form: no id, no key."""
    return {
        "id": "",
        "translation_key": "",
        "kind": "single_choice",
        "stem": stem,
        "handle": stem.lower().replace(" ", "-").rstrip("?"),
        "feedback": "",
        "tolerance": "",
        "unit": "",
        "sources": "S1",
        "answered_in": "#first-part",
        "options": streamfield(
            [
                ("option", {"text": "Right", "right": "on", "feedback": "Yes."}),
                ("option", {"text": "Wrong", "feedback": "No."}),
            ]
        ),
    } | fields


def kept_fields(question, **changes):
    """Return a question as the form shows it, ids and key in its hidden fields."""
    options = {
        str(place): {
            "id": option.id,
            "type": "option",
            "order": str(place),
            "deleted": "",
            "value": {
                "text": option.value["text"],
                "match": option.value["match"],
                "feedback": option.value["feedback"],
                **({"right": "on"} if option.value["right"] else {}),
            },
        }
        for place, option in enumerate(question.options)
    }
    return {
        "id": str(question.pk),
        "translation_key": str(question.translation_key),
        "kind": question.kind,
        "stem": question.stem,
        "handle": question.handle,
        "feedback": question.feedback,
        "tolerance": question.tolerance,
        "unit": question.unit,
        "sources": question.sources,
        "answered_in": question.answered_in,
        "options": {"count": str(len(options)), **options},
    } | changes


def lesson_form(lesson, questions, **changes):
    """Return the flat form data of a lesson with these questions and no FAQ."""
    kept = sum(1 for question in questions if question["id"])
    return nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "main_message": lesson.main_message,
            "audience": lesson.audience,
            "aim": lesson.aim,
            "call_to_action": lesson.call_to_action,
            "minutes": lesson.minutes,
            "pass_share": lesson.pass_share,
            "in_short": streamfield([("point", "A point")]),
            "body": streamfield(
                [
                    ("heading", {"title": "First part", "anchor": "first-part"}),
                    ("text", rich_text("<p>Text</p>")),
                ]
            ),
            "written_by": lesson.written_by,
            "funded_by": lesson.funded_by,
            "conflicts": lesson.conflicts,
            "last_checked": lesson.last_checked.isoformat(),
            "next_check": lesson.next_check.isoformat(),
            "update_policy": lesson.update_policy,
            "kind_of_change": lesson.kind_of_change,
            "given_answers": lesson.given_answers,
            "faq_entries": inline_formset([]),
            "questions_to_ask": inline_formset([]),
            "questions": inline_formset(questions, initial=kept),
            "comments": inline_formset([]),
        }
        | changes
    )
