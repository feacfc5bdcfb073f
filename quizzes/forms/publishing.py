"""Checks of questions in the lesson editor before they go live."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.blocks import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from course.forms.lesson import LessonForm, name_child
from course.models import LessonPage
from course.models.lessons import KindOfChange
from quizzes.blocks import frozen_option
from quizzes.models.content import ReviewStatus
from quizzes.rules.paper import FrozenQuestion
from quizzes.rules.question_comparison import is_same_key
from quizzes.rules.question_kind import Flaw
from quizzes.rules.question_validation import find_flaws, split_sources

TO_CHECK = {
    ReviewStatus.TO_CHECK: gettext_lazy(
        "check the right answer, the wrong answers and the feedback, then choose "
        "“Checked” or “Leave out”."
    ),
    ReviewStatus.CHECK_WORDING: gettext_lazy(
        "check the wording, which changed when the file was read, then choose "
        "“Checked” or “Leave out”."
    ),
}
"""Review statuses that prevent a question from going live, with what to do."""


def check_questions(form: LessonForm) -> None:
    """Report the problems of each question at its fields and at the top."""
    children = form.children("questions")
    if not children:
        return
    known = set(form.parent_page.specific.sources.values_list("handle", flat=True))
    places = places_in(form)
    for number, child in enumerate(children, start=1):
        named = name_child(_("Question"), number, child["stem"].value() or "")
        review_status = child.cleaned_data.get("review_status")
        if review_status == ReviewStatus.LEFT_OUT:
            continue
        if review_status in TO_CHECK:
            form.report(child, "review_status", f"{named}: {TO_CHECK[review_status]}")
        found = find_flaws(draft_of(child), sources=known, places=places)
        _report(form, child, named, found)


def check_places_of_questions(form: LessonForm) -> None:
    """Report “check yourself” blocks whose question is not in this lesson."""
    handles = {child.instance.handle for child in form.children("questions")}
    wrong = {}
    for place, block in enumerate(form.cleaned_data.get("body") or ()):
        if block.block_type == "check_yourself" and (
            block.value["question"] not in handles
        ):
            message = _(
                "Check yourself: this lesson has no question “%(handle)s”. Use the id "
                "of a question on the Quiz tab."
            ) % {"handle": block.value["question"]}
            wrong[place] = _in_struct("question", message)
            form.add_error(None, message)
    if wrong:
        form.add_error("body", StreamBlockValidationError(block_errors=wrong))


def check_kind_of_change(form: LessonForm) -> None:
    """Report “Wording only” for a draft that changes what is right."""
    if form.cleaned_data.get("kind_of_change") != KindOfChange.WORDING:
        return
    live = LessonPage.objects.filter(pk=form.instance.pk, live=True).first()
    asked = {q.translation_key: q for q in live.questions.all()} if live else {}
    changed = [
        name_child(_("question"), number, child.instance.stem)
        for number, child in enumerate(form.children("questions"), start=1)
        if (was := asked.get(child.instance.translation_key))
        and was.is_asked
        and not is_same_key(was.frozen(), draft_of(child))
    ]
    if changed:
        message = _(
            "Kind of change: what is right changes in %(questions)s. Choose “Content”, "
            "or “Safety” if the earlier answer could harm people."
        ) % {"questions": ", ".join(changed)}
        form.report(form, "kind_of_change", message)


def places_in(form: LessonForm) -> set[str] | None:
    """Return the passages of the lesson that a question can refer to."""
    anchors = form.anchors()
    if anchors is None:
        return None
    entries = {f"faq:{child.instance.handle}" for child in form.children("faq_entries")}
    return entries | {f"#{anchor}" for anchor in anchors}


def draft_of(child) -> FrozenQuestion:
    """Return what was typed into a question's form, even if it is not valid."""
    options = child.cleaned_data.get("options")
    if options is None:
        options = child["options"].data
    return FrozenQuestion(
        key="",
        handle="",
        kind=child.cleaned_data.get("kind", ""),
        stem=child.cleaned_data.get("stem", ""),
        critical=False,
        feedback=child.cleaned_data.get("feedback", ""),
        sources=split_sources(child.cleaned_data.get("sources", "")),
        answered_in=child.cleaned_data.get("answered_in", "").strip(),
        options=tuple(map(frozen_option, options)),
        tolerance=child.cleaned_data.get("tolerance", "").strip(),
        unit=child.cleaned_data.get("unit", "").strip(),
    )


def _report(form, child, named, found):
    if "handle" in child.errors:
        what_to_do = _("give it an id that no other question has.")
        message = f"{named}: {what_to_do}"
        form.report(child, "handle", message)
    for field in dict.fromkeys(flaw.field for flaw in found):
        own = [flaw for flaw in found if flaw.field == field]
        messages = [_message(named, flaw) for flaw in own]
        child.errors.pop(field, None)
        child.add_error(field, _error(own, messages))
        for message in messages:
            form.add_error(None, message)


def _message(named: str, flaw: Flaw) -> str:
    if flaw.option:
        named += _(", option %(number)d") % {"number": flaw.option}
    return f"{named}: {_(flaw.fix) % {'what': flaw.what}}"


def _error(own: list[Flaw], messages: list[str]):
    """Return the error of one field, with messages about an option at that option."""
    by_option: dict[int, list[tuple[str, str]]] = {}
    plain = []
    for flaw, message in zip(own, messages, strict=True):
        if flaw.option:
            by_option.setdefault(flaw.option - 1, []).append((flaw.what, message))
        else:
            plain.append(message)
    if not by_option:
        return ValidationError(plain)
    errors = {
        place: StructBlockValidationError(
            {what: ValidationError(message) for what, message in at}
        )
        for place, at in by_option.items()
    }
    return StreamBlockValidationError(
        block_errors=errors, non_block_errors=[ValidationError(text) for text in plain]
    )


def _in_struct(name, message):
    return StructBlockValidationError({name: ValidationError(message)})
