"""In the wizard, parts change their kind and lessons their outline by one button."""

import html
from collections import Counter

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given

from authoring.articles.actions.importing import keep_article
from authoring.articles.forms.plan import PlanForm
from authoring.articles.rules import outline, plan_edits, report
from authoring.articles.rules.plan import make_plan
from course.rules.prose import split_line
from tests.authoring.articles.documents import documents
from tests.authoring.articles.test_plan import sentences
from tests.properties import fewer_examples

pytestmark = pytest.mark.django_db

TEXT = """# Asthma

## Symptoms

A cough at night.

## Can I run?

Yes, warm up first.

## FAQ

### Who pays?

Your insurer.
"""


@pytest.fixture
def article():
    return keep_article(
        data=TEXT.encode(),
        filename="asthma.md",
        outline_name="condition",
        user=None,
        at=timezone.now(),
    )


def plan_of(article):
    article.refresh_from_db()
    return report.from_payload(article.plan)


def press(client, article, **button):
    form = PlanForm(plan_of(article))
    data = {name: form[name].value() or "" for name in form.fields}
    data = {name: value for name, value in data.items() if value is not False}
    page = reverse("articles:plan", args=[article.pk])
    return client.post(page, data | button)


def test_a_section_becomes_a_question_and_comes_back(admin_client, article):
    [section] = [s for s in plan_of(article).sections if s.heading == "Can I run?"]
    answer = press(admin_client, article, **{"make-question": section.id})
    assert answer.url.endswith(f"#part-{section.id}")
    asked = {entry.question: entry for entry in plan_of(article).faq}
    assert asked["Can I run?"].place == section.place
    press(admin_client, article, **{"make-section": section.id})
    assert "Can I run?" in {part.heading for part in plan_of(article).sections}
    assert [entry.question for entry in plan_of(article).faq] == ["Who pays?"]


def test_what_was_typed_is_kept_when_a_part_changes_its_kind(admin_client, article):
    first = plan_of(article).sections[0].id
    typed = {"make-question": first, f"heading-{first}": "How does it show?"}
    press(admin_client, article, **typed)
    assert "How does it show?" in {entry.question for entry in plan_of(article).faq}


def test_a_section_without_a_heading_cannot_become_a_question(admin_client, article):
    first = plan_of(article).sections[0].id
    page = press(
        admin_client, article, **{"make-question": first, f"heading-{first}": ""}
    )
    assert "“A cough at night.” has no heading." in html.unescape(page.text)
    assert plan_of(article).sections[0].heading == "Symptoms"


def test_another_outline_is_chosen_and_every_part_placed_again(admin_client, article):
    page = reverse("articles:plan", args=[article.pk])
    assert "A condition" in admin_client.get(page).text
    press(admin_client, article, **{"change-outline": "", "outline": "medicine"})
    titles = [lesson.title for lesson in plan_of(article).lessons]
    assert titles[0] == "What it is for"


def test_parts_are_called_by_their_words(admin_client, article):
    page = html.unescape(
        admin_client.get(reverse("articles:plan", args=[article.pk])).text
    )
    assert "Make “Can I run?” a question" in page
    assert "Make “Who pays?” a section" in page
    assert "Lesson for “Symptoms”" in page


@fewer_examples(0.4)
@given(document=documents())
def test_no_sentence_is_lost_when_parts_change_their_kind(document):
    plan = make_plan(document, outline.outline_named(outline.FIVE_LESSONS))
    before = sentences(plan) + headings_of(plan)
    for part in plan.parts:
        is_question = part in plan.faq
        turn = plan_edits.make_section if is_question else plan_edits.make_question
        if part.name and (is_question or part.heading):
            plan = turn(plan, part.id)
    assert sentences(plan) + headings_of(plan) == before
    assert sum(plan.counts.values()) == 2 * plan.counts["total"]


def headings_of(plan):
    return Counter(
        sentence for part in plan.sections for sentence in split_line(part.heading)
    )
