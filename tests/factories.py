"""Builders for tests. `a_course()` grows a whole tree; records build upon it."""

import datetime
import json
import uuid
from functools import partial

import factory
import wagtail_factories
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save  # noqa: TID251
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from accounts.models import Learner
from authoring.packs.queries import content_digest
from authoring.review.models import ClinicalReview
from course.models import (
    CoursePage,
    FaqEntry,
    GlossaryTerm,
    LessonPage,
    QuestionToAsk,
    Source,
    TreatmentOption,
    ValueStatement,
)
from course.models.pages import ReviewedPage
from home.models import HomePage
from quizzes.models import Question


class UserFactory(factory.django.DjangoModelFactory):
    email = factory.Sequence(lambda n: f"person{n}@example.org")

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_staff=True, is_superuser=True)


class LearnerFactory(factory.django.DjangoModelFactory):
    token = factory.LazyFunction(uuid.uuid4)
    created_at = factory.LazyFunction(timezone.now)
    last_active_at = factory.SelfAttribute("created_at")

    class Meta:
        model = Learner


# Wagtail indexes what is saved, which takes twice as long as the saving, and a lesson
# anew with each of its children. Tests that look something up save it by an action.
not_indexed = factory.django.mute_signals(post_save)


class LivePageFactory(wagtail_factories.PageFactory):
    """Saves a page as it is: to check and log it takes longer than all else."""

    draft_title = factory.SelfAttribute("title")

    @classmethod
    def _create_instance(cls, model_class, parent, kwargs):
        page = model_class(**{"locale": parent.locale} | kwargs)
        page.save = partial(page.save, clean=False, log_action=None)
        parent.add_child(instance=page)
        del page.save
        if kwargs.get("live", True) and not page.live:
            # In another language, it would wait until it is signed off.
            page.live = True
            model_class.objects.filter(pk=page.pk).update(live=True)
        return page


@not_indexed
class CoursePageFactory(LivePageFactory):
    title = factory.Sequence(lambda n: f"Course {n}")
    summary = "What it is and what is known."
    introduction = "<p>Welcome.</p>"
    written_by = "The project"
    funded_by = "Nobody"
    conflicts = "None"
    last_checked = datetime.date(2026, 11, 1)
    next_check = datetime.date(2027, 5, 1)
    update_policy = "Twice a year."

    class Meta:
        model = CoursePage


@not_indexed
class LessonPageFactory(LivePageFactory):
    title = factory.Sequence(lambda n: f"Lesson {n}")
    main_message = "One thing to remember [S1]."
    audience = "Everyone"
    aim = "To know more"
    call_to_action = "Ask your doctor"
    in_short = '[{"type": "point", "id": "p1", "value": "A point"}]'
    minutes = 6
    written_by = "The project"
    funded_by = "Nobody"
    conflicts = "None"
    last_checked = datetime.date(2026, 11, 1)
    next_check = datetime.date(2027, 5, 1)
    update_policy = "Twice a year."

    class Meta:
        model = LessonPage


def made_options(*values):
    """Return the options of a question, each with what it holds besides blanks."""
    blank = {"text": "", "match": "", "right": False, "feedback": ""}
    return json.dumps(
        [
            {"type": "option", "id": str(uuid.uuid4()), "value": blank | value}
            for value in values
        ]
    )


def options(*texts, right=(0,)):
    """Return the options of a question; `right` holds the places of the right ones."""
    return made_options(
        *(
            {"text": text, "right": place in right, "feedback": f"Why: {text}."}
            for place, text in enumerate(texts)
        )
    )


@not_indexed
class QuestionFactory(factory.django.DjangoModelFactory):
    handle = factory.Sequence(lambda n: f"question-{n}")
    kind = "single_choice"
    stem = factory.Sequence(lambda n: f"What is the answer to number {n}?")
    options = factory.LazyFunction(lambda: options("Right", "Wrong", "Also wrong"))
    sources = "S1"
    answered_in = "#first-part"
    sort_order = factory.Sequence(lambda n: n)
    locale = factory.SelfAttribute("lesson.locale")

    class Meta:
        model = Question

    class Params:
        multiple = factory.Trait(
            kind="multiple_response",
            options=factory.LazyFunction(
                lambda: options("Right", "Also right", "Wrong", right=(0, 1))
            ),
        )
        true_false = factory.Trait(
            kind="true_false",
            options=factory.LazyFunction(lambda: options("True", "False")),
        )
        ordering = factory.Trait(
            kind="ordering",
            options=factory.LazyFunction(
                lambda: options("First", "Second", "Third", right=())
            ),
            feedback="This is why.",
        )
        numeric = factory.Trait(
            kind="numeric",
            options=factory.LazyFunction(lambda: made_options({"text": "3"})),
            tolerance="0.5",
            unit="months",
            feedback="This is why.",
        )
        short_text = factory.Trait(
            kind="short_text",
            options=factory.LazyFunction(
                lambda: made_options({"text": "Follicle"}, {"text": "Hair follicle"})
            ),
            feedback="This is why.",
        )
        matching = factory.Trait(
            kind="matching",
            options=factory.LazyFunction(
                lambda: made_options(
                    {"text": "Skin", "match": "Outside"},
                    {"text": "Marrow", "match": "In bones"},
                    {"text": "Scalp", "match": "Outside"},
                    {"match": "In teeth"},
                )
            ),
            feedback="This is why.",
        )


@not_indexed
class FaqEntryFactory(factory.django.DjangoModelFactory):
    handle = factory.Sequence(lambda n: f"entry-{n}")
    question = "Is it so?"
    answer = "<p>It may be [S1].</p>"
    locale = factory.SelfAttribute("lesson.locale")

    class Meta:
        model = FaqEntry


@not_indexed
class QuestionToAskFactory(factory.django.DjangoModelFactory):
    handle = factory.Sequence(lambda n: f"to-ask-{n}")
    text = factory.Sequence(lambda n: f"What about {n}?")
    locale = factory.SelfAttribute("lesson.locale")

    class Meta:
        model = QuestionToAsk


BODY = [
    {
        "type": "heading",
        "id": "b1",
        "value": {"title": "First part", "anchor": "first-part"},
    },
    {"type": "text", "id": "b2", "value": "<p>Cells can copy themselves [S1].</p>"},
    {
        "type": "key_terms",
        "id": "b3",
        "value": {"terms": [{"type": "item", "id": "t1", "value": "follicle"}]},
    },
]


def a_home():
    """Return the home page of the default site.

    It is grown anew where a test with real transactions emptied the database.
    """
    site = Site.objects.filter(is_default_site=True).first()
    if site:
        return HomePage.objects.get(pk=site.root_page_id)
    Locale.objects.get_or_create(language_code="en")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root"))
    home = root.add_child(instance=HomePage(title="Home", slug="home"))
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def a_course(*, lessons=2, questions=2, **fields):
    """Return a live course with sources, a glossary, lessons, FAQ and questions."""
    course = CoursePageFactory(parent=a_home(), **fields)
    belongs = {"course": course, "locale": course.locale}
    Source.objects.bulk_create(
        Source(handle=handle, title=f"Source {handle}", **belongs)
        for handle in ("S1", "S2")
    )
    GlossaryTerm.objects.create(
        **belongs,
        handle="follicle",
        term="Follicle",
        meaning="A pocket in the skin that grows one hair.",
    )
    for _number in range(lessons):
        a_lesson(course, questions=questions)
    return course


def an_option(course, **fields):
    """Return an option of the course, with a figure that its text and a source bear."""
    number = course.options.count() + 1
    told = {
        "handle": f"option-{number}",
        "name": f"Option {number}",
        "what_it_is": "A thing to do.",
        "benefit": "26 out of 100 people got better [S1].",
        "benefit_chance": "26",
        "harm": "Some people had an itch from it [S1].",
    }
    belongs = {"course": course, "locale": course.locale, "sort_order": number}
    return TreatmentOption.objects.create(**belongs, **told | fields)


def a_statement(course, *, fits=(), **fields):
    """Return a statement of the course; `fits` maps ids of options to reasons."""
    number = course.statements.count() + 1
    blocks = [
        {"type": "fit", "value": {"option": handle, "reason": reason}}
        for handle, reason in dict(fits).items()
    ]
    told = {"handle": f"statement-{number}", "text": f"I want thing {number}."}
    return ValueStatement.objects.create(
        course=course,
        locale=course.locale,
        sort_order=number,
        fits=json.dumps(blocks),
        **told | fields,
    )


def a_lesson(course, *, questions=2, **fields):
    """Return a live lesson of the course with one FAQ entry and plain questions."""
    lesson = LessonPageFactory(parent=course, body=json.dumps(BODY), **fields)
    FaqEntryFactory(lesson=lesson)
    Question.objects.bulk_create(QuestionFactory.build_batch(questions, lesson=lesson))
    return lesson


def lessons_of(course):
    return list(LessonPage.objects.child_of(course).order_by("path"))


def sign(page):
    """Record that a reviewer signed the newest version of the page in its language."""
    revision = page.get_latest_revision() or page.save_revision()
    signed = revision.as_object()
    return ClinicalReview.objects.create(
        page_key=signed.translation_key,
        locale=signed.locale.language_code,
        revision=revision.pk,
        sha256=content_digest.of_reviewed(signed),
        name="Dra. Ada Ejemplo",
        role="dermatóloga",
        at=timezone.now(),
    )


def publish_signed(page):
    """Publish the page as it is in memory, signed off if it is of a kind that is."""
    revision = page.save_revision()
    if isinstance(page, ReviewedPage):
        sign(page)
    revision.publish()


def a_translation(page, code="es", **fields):
    """Return the page in this language, signed and live, below the same pages in it."""
    locale, _is_new = Locale.objects.get_or_create(language_code=code)
    above = page.get_parent().specific
    if not (above.is_root() or above.has_translation(locale)):
        a_translation(above, code)
    copy = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(copy, name, value)
    publish_signed(copy)
    return type(page).objects.get(pk=copy.pk)
