"""Every field of the content is declared, and read by whom its declaration says."""

import io
import json
import re
from collections import Counter
from typing import get_args

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps
from wagtail.blocks import ListBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, TranslatableMixin

from authoring.packs.queries import wording
from authoring.packs.queries.content_digest import signed_content
from authoring.packs.rules import reading, reference_schema, schema
from authoring.packs.writers import files
from authoring.review.queries.lesson_text import lesson_text, quiz_text
from course.blocks.lesson import LessonBodyBlock
from course.checks import find_undeclared_fields
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
from course.queries import lesson_material
from course.rules.block_fields import BLOCK_FIELDS
from course.rules.content_fields import (
    CITING,
    JUDGED,
    MEASURED,
    OWN,
    PACKED,
    SHARED,
    SIGNED,
    TRANSLATED,
    ContentField,
    fields_used,
)
from home.models import HomePage, InformationPage
from quizzes.models import Question
from quizzes.presenters.questions import cited_by
from tests.authoring.packs import small_pack
from tests.factories import (
    QuestionToAskFactory,
    a_course,
    a_statement,
    an_option,
    lessons_of,
)

CONTENT = [
    CoursePage,
    LessonPage,
    Source,
    GlossaryTerm,
    TreatmentOption,
    ValueStatement,
    FaqEntry,
    QuestionToAsk,
    Question,
]
FIELDS = [(model, field) for model in CONTENT for field in model.content_fields]


class TestDeclarations:
    def test_all_content_is_declared_and_nothing_else(self):
        declared = {m for m in apps.get_models() if hasattr(m, "content_fields")}
        assert declared == {*CONTENT, HomePage, InformationPage}

    @pytest.mark.parametrize(("model", "field"), FIELDS)
    def test_a_field_that_is_not_declared_is_found(self, model, field, monkeypatch):
        others = [other for other in model.content_fields if other is not field]
        monkeypatch.setattr(model, "content_fields", others)
        [found] = find_undeclared_fields(model)
        assert found.startswith(f"“{field.name}” is not in content_fields")

    @isolate_apps("course")
    def test_a_new_field_on_new_content_is_found(self):
        class Leaflet(TranslatableMixin, Orderable):
            bring_along = models.TextField()
            picture = models.ForeignKey("wagtailimages.Image", models.PROTECT)
            content_fields = (ContentField("translation_key", PACKED, SIGNED, SHARED),)

            class Meta(TranslatableMixin.Meta):
                app_label = "course"

        names = sorted(text.split("”")[0] for text in find_undeclared_fields(Leaflet))
        assert names == ["“bring_along", "“picture"]

    def test_a_name_that_is_no_field_is_found(self, monkeypatch):
        extra = ContentField("bring_along", because="It was taken out again.")
        monkeypatch.setattr(Source, "content_fields", [*Source.content_fields, extra])
        assert list(find_undeclared_fields(Source)) == [
            "content_fields contains “bring_along”, which is not a field of the content."
        ]

    @pytest.mark.parametrize("across", [(), (TRANSLATED, SHARED), (SHARED, OWN)])
    def test_a_field_says_one_thing_about_other_languages(self, across, monkeypatch):
        fields = [f for f in Source.content_fields if f.name != "kind"]
        kind = ContentField("kind", PACKED, SIGNED, *across)
        monkeypatch.setattr(Source, "content_fields", [*fields, kind])
        assert list(find_undeclared_fields(Source)) == [
            "“kind” is not declared as one of TRANSLATED, SHARED and OWN."
        ]

    def test_children_without_declarations_are_found(self, monkeypatch):
        monkeypatch.delattr(FaqEntry, "content_fields")
        assert list(find_undeclared_fields(LessonPage)) == [
            "The children in “faq_entries” have no content_fields."
        ]

    @pytest.mark.parametrize("use", [PACKED, SIGNED, CITING, MEASURED])
    def test_whoever_does_not_read_a_text_is_explained(self, use, monkeypatch):
        uses = {PACKED, SIGNED, CITING, MEASURED} - {use}
        fields = [f for f in Source.content_fields if f.name != "note"]
        silent = [*fields, ContentField("note", TRANSLATED, *uses)]
        monkeypatch.setattr(Source, "content_fields", silent)
        assert list(find_undeclared_fields(Source)) == [
            "“note” does not have all uses. Explain why in `because`."
        ]
        explained = [
            *fields,
            ContentField("note", OWN, *uses, because="It is private."),
        ]
        monkeypatch.setattr(Source, "content_fields", explained)
        assert not list(find_undeclared_fields(Source))


# model, the parts of the schema that hold it, and what a pack writes another way
IN_PACKS = [
    (CoursePage, (schema.CourseMeta, schema.PackReview), {"pack", "key", "locale"}),
    (LessonPage, (schema.LessonMeta, schema.OwnReview), {"key"}),
    (Source, (reference_schema.SourceEntry,), set()),
    (GlossaryTerm, (reference_schema.Term,), set()),
    (TreatmentOption, (reference_schema.PackTreatmentOption,), set()),
    (ValueStatement, (reference_schema.PackValueStatement,), set()),
    (FaqEntry, (schema.PackFaqEntry,), set()),
    (QuestionToAsk, (schema.PackQuestionToAsk,), set()),
    (Question, (schema.PackQuestion,), set()),
]
# Lists of their own, and what stands below the front matter.
BESIDE = {
    "sources",
    "glossary_terms",
    "options",
    "statements",
    "faq_entries",
    "questions_to_ask",
    "questions",
}
BELOW = {"introduction", "body"}


@pytest.mark.parametrize(("model", "entries", "other"), IN_PACKS)
def test_packs_have_a_place_for_each_field_that_is_packed(model, entries, other):
    places = {name for entry in entries for name in entry.model_fields}
    renamed = {"id": "handle", "key": "translation_key"}
    kept = {renamed.get(name, name) for name in places - other - {"review"}}
    packed = set(fields_used(model, PACKED))
    assert kept == (packed if "sources" in kept else packed - BESIDE) - BELOW


def mark(model, name):
    """Return a word that stands for the field and is part of no other."""
    return f"z{model._meta.model_name}z{name.replace('_', '')}z"


def texts_of(model):
    """Return the fields of a model that hold text, chosen values apart."""
    fields = [model._meta.get_field(field.name) for field in model.content_fields]
    kinds = (models.CharField, models.TextField, StreamField)
    return [f for f in fields if isinstance(f, kinds) and not f.choices]


def say(row, cited):
    """Put the field's word in each text of the row, citing one source in each."""
    for field in texts_of(type(row)):
        word = mark(type(row), field.name)
        if not isinstance(field, models.SlugField | models.URLField):
            word += f" [{cited[type(row), field.name]}]"
        setattr(row, field.name, _as(field, word))


def _as(field, word):
    if isinstance(field, RichTextField):
        return f"<p>{word}</p>"
    if not isinstance(field, StreamField):
        return word
    name, block = next(iter(field.stream_block.child_blocks.items()))
    if "text" in field.stream_block.child_blocks:
        name, block = "text", field.stream_block.child_blocks["text"]
    value = word
    if isinstance(block, StructBlock):
        value = {"text": word, "reason": word, "right": True, "feedback": ""}
    elif name == "text":
        value = f"<p>{word}</p>"
    return json.dumps([{"type": name, "id": "b1", "value": value}])


class Said:
    """A course with one lesson, in memory, where each text is a word of its own."""

    def __init__(self):
        self.course = a_course(lessons=1, questions=1)
        self.lesson = lessons_of(self.course)[0]
        self.entry, self.question = (
            self.lesson.faq_entries.get(),
            self.lesson.questions.get(),
        )
        self.to_ask = QuestionToAskFactory(lesson=self.lesson)
        self.source = self.course.sources.first()
        self.term = self.course.glossary_terms.get()
        self.option = an_option(self.course)
        self.statement = a_statement(self.course)
        named = [(model, field.name) for model in CONTENT for field in texts_of(model)]
        self.cited = {key: f"X{number}" for number, key in enumerate(named, start=1)}
        Source.objects.bulk_create(
            Source(course=self.course, locale=self.course.locale, handle=h, title=h)
            for h in self.cited.values()
        )
        self._fill()

    def _fill(self):
        for row in self.rows:
            say(row, self.cited)
        self.lesson.faq_entries.set([self.entry])
        self.lesson.questions_to_ask.set([self.to_ask])
        self.lesson.questions.set([self.question])
        self.course.sources.set([self.source])
        self.course.glossary_terms.set([self.term])
        self.course.options.set([self.option])
        self.course.statements.set([self.statement])

    @property
    def rows(self):
        return [
            self.course,
            self.lesson,
            self.source,
            self.term,
            self.option,
            self.statement,
            self.entry,
            self.to_ask,
            self.question,
        ]

    def heard(self, text, among=CONTENT):
        """Return model and field of each word that the text holds."""
        named = {(m, f.name) for m in among for f in texts_of(m)}
        return {(model, name) for model, name in named if mark(model, name) in text}


def declared(*uses, among=CONTENT):
    """Return model and field of each text that is declared to be so used."""
    texts = {(model, field.name) for model in among for field in texts_of(model)}
    return {(m, name) for m in among for name in fields_used(m, *uses)} & texts


@pytest.fixture
def said(db):
    return Said()


class TestReaders:
    def test_an_export_holds_what_is_packed(self, said):
        found = files.files_of_course(said.course, [said.lesson])
        text = b"".join(found.values()).decode() + " ".join(found)
        assert said.heard(text) == declared(PACKED)

    def test_a_reviewer_signs_what_is_signed(self, said):
        signed = [signed_content(page) for page in (said.course, said.lesson)]
        assert said.heard(json.dumps(signed, default=str)) == declared(SIGNED)

    def test_a_signature_covers_every_field_that_is_signed(self, said):
        for page in (said.course, said.lesson):
            assert signed_content(page).keys() == set(fields_used(page, SIGNED))

    def test_sources_are_listed_for_what_may_cite(self, said):
        material = lesson_material(said.lesson)
        handles = {source.handle for source in material.sources}
        handles |= set(cited_by(said.question.frozen()))
        found = {field for field, handle in said.cited.items() if handle in handles}
        lesson = (LessonPage, FaqEntry, QuestionToAsk, Question)
        assert found == declared(CITING, among=lesson)

    def test_the_rules_for_prose_measure_what_is_measured(self, said):
        read = lesson_text(said.lesson, [said.term], [])
        paragraphs = [text for part in read.parts for text in part.paragraphs]
        texts = [*read.opening, *paragraphs, *read.faq, quiz_text(said.lesson)]
        assert said.heard(" ".join(texts)) == declared(MEASURED)

    def test_the_rules_for_prose_judge_titles_as_well(self, said):
        own = " ".join(lesson_text(said.lesson, [said.term], []).own)
        assert said.heard(own) == declared(MEASURED, JUDGED)


class TestPacksAndPagesAlike:
    """The rules judge a pack before it is loaded, and the same words afterwards."""

    @pytest.fixture
    def both(self, db, tmp_path):
        small_pack.write(tmp_path)
        call_command("load_course", str(tmp_path), stdout=io.StringIO())
        pack = reading.parse_pack(tmp_path)
        pages = LessonPage.objects.order_by("path")
        return list(zip(pack.lessons, pages, strict=True))

    def test_the_same_words_are_judged(self, both):
        for lesson, page in both:
            loaded = lesson_text(page, [], []).own
            assert words_of(w.text for w in wording.own_voice(lesson)) == words_of(
                loaded
            )

    def test_the_same_words_are_measured(self, both):
        for lesson, page in both:
            parts = wording.split_sections(lesson)
            packed = [
                w.text for part in parts for w in wording.running_text(part.pieces)
            ]
            loaded = [t for p in lesson_text(page, [], []).parts for t in p.paragraphs]
            assert words_of(packed) == words_of(loaded)


def words_of(texts):
    return Counter(re.findall(r"[A-Za-z]+", " ".join(texts)))


def leaves_of(name, block):
    """Yield the names under which the fields of a block are declared."""
    if name in WHOLE:
        yield name
    elif isinstance(block, ListBlock):
        yield from leaves_of(name, block.child_block)
    elif isinstance(block, StructBlock):
        for inner, child in block.child_blocks.items():
            yield from leaves_of(f"{name}.{inner}", child)
    else:
        yield name


def entries_of(name, entry):
    """Yield the same of the schema of a block in a pack."""
    for inner, field in entry.model_fields.items():
        nested = [part for part in get_args(field.annotation) if _is_entry(part)]
        for part in nested:
            yield from entries_of(f"{name}.{inner}", part)
        if not nested:
            yield f"{name}.{inner}"


def _is_entry(part):
    return isinstance(part, type) and issubclass(part, schema.Strict)


# Wagtail keeps these two as blocks with fields of their own; packs spell them out.
WHOLE = {"table", "image.image"}
SPELT_OUT = {name for name in BLOCK_FIELDS if name.split(".")[0] in {"table", "image"}}


class TestBlocks:
    def test_every_field_of_every_block_is_declared(self):
        found = {
            leaf
            for name, block in LessonBodyBlock().child_blocks.items()
            for leaf in leaves_of(name, block)
        }
        assert found - WHOLE == (BLOCK_FIELDS.keys() - SPELT_OUT) | {"image.caption"}
        assert found >= WHOLE

    def test_packs_have_a_place_for_every_field_of_every_block(self):
        found = {
            entry
            for name, block in schema.BLOCKS.items()
            for entry in entries_of(name.replace("-", "_"), block)
        }
        headings = {name for name in BLOCK_FIELDS if name[:5] in ("headi", "fold.")}
        assert found == BLOCK_FIELDS.keys() - {"text"} - headings
