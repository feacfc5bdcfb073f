"""The lesson editor's form: lenient with drafts, strict before a page goes live.

Rooms above add their checks with `before_going_live`.
"""

from collections.abc import Callable, Iterator

from django.core.exceptions import TooManyFieldsSent
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from course.rules.folded_fields import unfold_fields
from course.rules.markers import without_markers

MAIN_MESSAGE_WORDS = 25

_checks: list[Callable[["LessonForm"], None]] = []


def before_going_live(check: Callable[["LessonForm"], None]) -> None:
    """Register a check to run before a lesson goes live or to a reviewer.

    The check reports problems with `LessonForm.report`.
    """
    _checks.append(check)


def _as_written(data):
    """Return the posted data with all children open and plain line breaks."""
    if data is None:
        return None
    try:
        whole = unfold_fields(dict(data.lists()))
    except ValueError as error:
        raise TooManyFieldsSent(str(error)) from error
    written = QueryDict(mutable=True)
    for name, values in whole.items():
        written.setlist(name, [value.replace("\r\n", "\n") for value in values])
    return written


class VersionedForm(WagtailAdminPageForm):
    """A page's form that does not overwrite a version that was not shown.

    If there is one, a room above sets the message `version_not_shown` on the page.
    Browsers send line breaks as two characters, which would differ from imported text,
    so they are converted. Children that were not opened are read as if they were.
    """

    def __init__(self, data=None, *args, **kwargs):
        super().__init__(_as_written(data), *args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if message := getattr(self.instance, "version_not_shown", ""):
            self.add_error(None, message)
        return cleaned


class LessonForm(VersionedForm):
    """The form of a whole lesson, with its FAQ entries and both kinds of questions.

    The posted data is set on the lesson as `carried`, because rooms above add fields to
    the form that they need again in the preview.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.carried = self.data

    def clean(self):
        cleaned = super().clean()
        # Children are checked together with the page, so they are validated first.
        for name in ("faq_entries", "questions_to_ask", "questions"):
            self.formsets[name].is_valid()
        if not self.is_deferred_validation:
            for check in _checks:
                check(self)
        return cleaned

    def children(self, name: str) -> list:
        """Return the filled-in forms of a relation, in page order."""
        return self.formsets[name].filled_in_forms

    def report(self, form, field: str, message: str, *, error=None) -> None:
        """Add an error to the field and to the list at the top of the page.

        `error` replaces the message at the field if the place is within a block.
        """
        form.errors.pop(field, None)
        form.add_error(field, error or message)
        self.add_error(None, message)

    def anchors(self) -> list[str] | None:
        """Return the anchors of the edited body, or None if it is not valid."""
        body = self.cleaned_data.get("body")
        if body is None:
            return None
        return [b.value["anchor"] for b in body if b.block_type == "heading"]


def check_main_message(form: LessonForm) -> None:
    """Require a main message short enough to remember."""
    words = without_markers(form.cleaned_data.get("main_message", "")).split()
    if len(words) > MAIN_MESSAGE_WORDS:
        message = _("Main message: use 25 words or fewer. It has %(count)d.") % {
            "count": len(words)
        }
        form.report(form, "main_message", message)


def check_faq(form: LessonForm) -> None:
    """Report FAQ entries that are incomplete."""
    for number, child in enumerate(form.children("faq_entries"), start=1):
        start = name_child(_("FAQ entry"), number, child.instance.question)
        for field, fix in list(_missing(child)):
            form.report(child, field, f"{start}: {fix}")


def check_questions_to_ask(form: LessonForm) -> None:
    """Report questions to ask that are incomplete, or that the body does not show."""
    children = form.children("questions_to_ask")
    for number, child in enumerate(children, start=1):
        start = name_child(_("Question to ask"), number, child.instance.text)
        for field, fix in list(_missing(child)):
            form.report(child, field, f"{start}: {fix}")
    body = form.cleaned_data.get("body")
    shown = body is None or "questions_to_ask" in {b.block_type for b in body}
    if children and not shown:
        message = _("Add the block “Questions to ask”, so that readers see them.")
        form.add_error(None, message)


def name_child(name: str, number: int, words: str) -> str:
    """Return a child's name for messages, such as “FAQ entry 2 (“Is it safe?”)”."""
    short = Truncator(without_markers(words)).chars(60)
    return f"{name} {number} (“{short}”)" if short else f"{name} {number}"


def _missing(child) -> Iterator[tuple[str, str]]:
    fixes = {
        "question": _("enter the question."),
        "text": _("enter the question."),
        "answer": _("enter the answer."),
        "handle": _("give it an id that no other entry has."),
    }
    yield from ((field, fixes[field]) for field in child.errors if field in fixes)


before_going_live(check_main_message)
before_going_live(check_faq)
before_going_live(check_questions_to_ask)
