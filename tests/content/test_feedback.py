"""Feedback fits whoever reads it, also people who answered otherwise."""

import re

_VERDICT = re.compile(r"\s*(yes|no)\s*[.,!:]", re.IGNORECASE)


def test_no_feedback_begins_with_a_verdict(lesson):
    """The reason for a right option is also shown to those who chose another."""
    found = [
        f"{lesson.file}: {item.id}: {text}"
        for item in lesson.items
        for text in (item.feedback, *(option.feedback for option in item.options))
        if _VERDICT.match(text or "")
    ]
    assert not found, "\n".join(found)
