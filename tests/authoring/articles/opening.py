"""Opening drafts in the very editor, and saving them as they are."""

from django.urls import reverse
from wagtail.blocks import ListBlock, StructBlock
from wagtail.rich_text import RichText

from authoring.articles.rules import plan_edits, report
from authoring.articles.rules.plan import UNPLACED
from course.models import FaqEntry, LessonPage


def rich_texts(lesson):
    """Return the HTML of each rich text of a lesson."""
    found = [entry.answer for entry in lesson.faq_entries.all()]
    for block in lesson.body:
        found += _in_value(block.block, block.value)
    return found


def _in_value(block, value):
    if isinstance(value, RichText):
        yield value.source
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _in_value(child, value.get(name))
    elif isinstance(block, ListBlock):
        for entry in value:
            yield from _in_value(block.child_block, entry)


def kept_of(lesson):
    """Return what the newest revision of a lesson says, in the order of the form."""
    latest = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    questions = [
        (q.kind, q.stem, q.feedback, [dict(option.value) for option in q.options])
        for q in latest.questions.all()
    ]
    return rich_texts(latest), latest.body.get_prep_value(), questions


def saved(html):
    """Return what is stored once somebody opened the text and saved it."""
    widget = FaqEntry._meta.get_field("answer").formfield().widget
    return widget.value_from_datadict({"a": widget.format_value(html)}, {}, "a")


def opens(admin_client, lesson):
    """Whether the editor answers, and would store each rich text as it is stored."""
    answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    unchanged = all(saved(html) == html for html in rich_texts(lesson))
    return answer.status_code == 200 and unchanged


def with_every_part_placed(article):
    """Return the plan of the article, with what had no place in its first lesson."""
    plan = report.from_payload(article.plan)
    for part in [*plan.sections_at(UNPLACED), *plan.faq_at(UNPLACED)]:
        plan = plan_edits.move_part(plan, part.id, plan.lessons[0].slug)
    return plan
