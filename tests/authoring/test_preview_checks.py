"""What the editor's Checks panel is told of a lesson: rules for axe, and their words."""

from authoring.preview_checks import LessonCheckerItem, preview_findings


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
