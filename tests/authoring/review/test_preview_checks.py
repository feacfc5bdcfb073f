"""What the editor's Checks panel is told of a lesson: rules for axe, and their words."""

import json
import re

import pytest
from django.urls import reverse

from authoring.review.panels.preview_checks import (
    KNOWN_FINDINGS,
    LessonCheckerItem,
    preview_findings,
)
from tests.quizzes.editing import kept_fields, lesson_form

RULES_OF_AXE = re.compile(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', re.S)
FIELD = re.compile(f'name="{KNOWN_FINDINGS}" value="([^"]*)"')


def given_to_axe(page):
    return json.loads(RULES_OF_AXE.search(page.text)[1])


def test_each_finding_is_a_rule_that_breaks_while_its_element_is_there(lesson, rf):
    lesson.main_message = ""
    [missing] = [f for f in preview_findings(lesson) if "main message" in f.text]
    given = LessonCheckerItem(lesson).get_axe_configuration(rf.get("/"))
    rules = {rule["id"]: rule for rule in given["spec"]["rules"]}
    name = f"lesson-finding-{missing.digest}"
    assert rules[name]["selector"] == f"[data-lesson-finding='{missing.digest}']"
    assert given["messages"][name]["error_name"] == "The main message is missing."
    assert name in given["options"]["runOnly"]


def test_what_was_not_known_when_the_editor_opened_is_a_rule_of_its_own(lesson, rf):
    known = {finding.digest for finding in preview_findings(lesson)}
    given = LessonCheckerItem(lesson).get_axe_configuration(rf.get("/"))
    [new] = [r for r in given["spec"]["rules"] if r["id"] == "lesson-finding-new"]
    assert new["selector"].startswith("[data-lesson-finding]")
    assert all(
        f":not([data-lesson-finding='{digest}'])" in new["selector"] for digest in known
    )


def preview_of(client, lesson, known, **typed):
    """Return the preview of what was typed into an editor that was told of this."""
    questions = [kept_fields(question) for question in lesson.questions.all()]
    form = lesson_form(lesson, questions, **typed) | {KNOWN_FINDINGS: known}
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk])
    assert client.post(url, form).json()["is_valid"]
    return client.get(url, {"in_preview_panel": "true"})


@pytest.mark.parametrize("message", ["", "One thing to remember."])
@pytest.mark.parametrize("typed", ["", "Another thing to remember."])
def test_a_preview_has_the_rules_of_the_editor_it_belongs_to(
    admin_client, lesson, message, typed
):
    lesson.main_message = message
    lesson.save_revision(clean=False)
    editor = admin_client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    known = FIELD.search(editor.text)[1]
    preview = preview_of(admin_client, lesson, known, main_message=typed)
    assert given_to_axe(preview)["spec"] == given_to_axe(editor)["spec"]
    asked_for = given_to_axe(editor)["options"]["runOnly"]
    assert given_to_axe(preview)["options"]["runOnly"] == asked_for
    assert len(asked_for) > len(LessonCheckerItem.axe_run_only) + 1


def test_all_is_new_to_an_editor_that_was_told_of_nothing(admin_client, lesson):
    preview = preview_of(admin_client, lesson, known="", main_message="")
    assert "data-lesson-finding=" in preview.text
    rules = {rule["id"]: rule for rule in given_to_axe(preview)["spec"]["rules"]}
    assert rules["lesson-finding-new"]["selector"] == "[data-lesson-finding]"
