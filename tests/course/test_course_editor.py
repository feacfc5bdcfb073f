"""Sources and terms of a course: their ids may be exchanged, not doubled."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from course.models import GlossaryTerm, LessonPage
from tests.factories import UserFactory, a_course, an_option
from tests.signing_in import sign_in, with_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def course():
    course = a_course(lessons=1)
    GlossaryTerm.objects.create(
        course=course, locale=course.locale, handle="stroma", term="Stroma", meaning="…"
    )
    return course


@pytest.fixture
def editor(client):
    sign_in(client, with_password(UserFactory(administrator=True)))
    return client


def children(rows, **names):
    fields = ("id", "translation_key", *names)
    kept = [{name: str(getattr(row, name)) for name in fields} for row in rows]
    return inline_formset(kept, initial=len(kept))


OF_AN_OPTION = dict.fromkeys(
    [
        "handle",
        "name",
        "what_it_is",
        "benefit",
        "benefit_chance",
        "harm",
        "evidence",
        "evidence_sources",
    ]
)


def publish(editor, course, sources, terms, options=(), action="action-publish"):
    form = nested_form_data(
        {name: getattr(course, name) for name in ("title", "slug", "summary")}
        | {
            "introduction": rich_text("<p>Welcome</p>"),
            "answers": streamfield([]),
            "written_by": "Us",
            "funded_by": "Nobody",
            "conflicts": "None",
            "last_checked": "2026-11-22",
            "next_check": "2027-05-22",
            "update_policy": "Twice a year.",
            "sources": children(sources, handle=1, title=1),
            "glossary_terms": children(terms, handle=1, term=1, meaning=1),
            "options": children(options, **OF_AN_OPTION),
            "statements": inline_formset([]),
            "comments": inline_formset([]),
        }
    )
    url = reverse("wagtailadmin_pages:edit", args=[course.pk])
    return editor.post(url, form | {action: action})


def test_two_sources_and_two_terms_can_swap_their_ids(editor, course):
    sources, terms = course.sources.all(), course.glossary_terms.all()
    for rows in (list(sources), list(terms)):
        first, second = rows[:2]
        first.handle, second.handle = second.handle, first.handle
    kept = {str(row.translation_key): row.handle for row in [*sources, *terms]}
    assert publish(editor, course, sources, terms).status_code == 302
    course.refresh_from_db()
    stored = [*course.sources.all(), *course.glossary_terms.all()]
    assert {str(row.translation_key): row.handle for row in stored} == kept


def test_an_id_that_stands_twice_is_named_and_nothing_goes_live(editor, course):
    sources, terms = list(course.sources.all()), list(course.glossary_terms.all())
    before = [source.handle for source in sources]
    sources[1].handle = sources[0].handle
    page = publish(editor, course, sources, terms)
    assert page.status_code == 200
    assert "This id is already used" in page.text
    course.refresh_from_db()
    assert [source.handle for source in course.sources.all()] == before


def test_an_option_that_breaks_a_rule_is_named_and_nothing_goes_live(editor, course):
    option = an_option(course, name="Old", evidence=3, evidence_sources="S1")
    option.name = "New"
    lists = course.sources.all(), course.glossary_terms.all(), [option]

    page = publish(editor, course, *lists)
    assert page.status_code == 200
    text = "Option 1 (“New”): The sources named for the evidence support rung 0 at most"
    assert text in page.text
    assert course.options.get().name == "Old"

    draft = publish(editor, course, *lists, action="save")
    assert draft.status_code == 302
    course.refresh_from_db()
    assert course.get_latest_revision_as_object().options.get().name == "New"


def test_a_line_break_is_one_sign_however_a_browser_sends_it():
    sent = QueryDict(mutable=True)
    sent.setlist("questions-0-stem", ["One\r\ntwo?"])
    form = LessonPage.get_edit_handler().get_form_class()(sent, instance=LessonPage())
    assert form.data["questions-0-stem"] == "One\ntwo?"
    assert form.formsets["questions"].data["questions-0-stem"] == "One\ntwo?"
