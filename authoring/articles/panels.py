"""A read-only panel of the lesson editor: what to check in an imported FAQ and quiz.

Wagtail cannot attach a comment made by code to an FAQ entry or a question.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from authoring.articles.models import ImportedArticle
from authoring.articles.rules.flags import flags_in
from course.models import LessonPage
from course.queries import course_of
from course.rules.prose import split_line
from course.rules.rich_text import html_lines


@dataclass(frozen=True)
class FlaggedSentence:
    """A sentence to check, with its place and the reason."""

    where: str
    kind: str
    sentence: str
    why: str


class ImportPanel(Panel):
    """Sentences to check. Shown only for lessons made from an article that have any."""

    def __init__(self, **kwargs):
        super().__init__(**{"heading": _("From the article"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "authoring/articles/panels/import_panel.html"

        def is_shown(self):
            return bool(self.instance.pk and self.lines)

        @cached_property
        def lines(self) -> list[FlaggedSentence]:
            made_from = ImportedArticle.objects.filter(
                course_key=course_of(self.instance).translation_key
            )
            return list(_lines(self.instance)) if made_from.exists() else []


def _lines(lesson: LessonPage) -> Iterator[FlaggedSentence]:
    for where, text in _texts(lesson):
        for sentence in (s for line in text.splitlines() for s in split_line(line)):
            for kind, why in flags_in(sentence):
                yield FlaggedSentence(where, kind, sentence, why)


def _texts(lesson: LessonPage) -> Iterator[tuple[str, str]]:
    for entry in lesson.faq_entries.all():
        yield entry.question, "\n".join([entry.question, *html_lines(entry.answer)])
    for question in lesson.questions.all():
        for option in question.options:
            parts = (option.value[name] for name in ("text", "match", "feedback"))
            yield question.stem, "\n".join(filter(None, parts))
