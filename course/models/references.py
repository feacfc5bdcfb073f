"""References of a course and its lessons: what its texts refer to."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from course.blocks.lesson import PROSE_FEATURES
from course.models.children import KeyedChild
from course.rules import evidence
from course.rules.content_fields import (
    CITING,
    JUDGED,
    MEASURED,
    PACKED,
    SHARED,
    SIGNED,
    TRANSLATED,
    ContentField,
)

source_handle = RegexValidator(
    r"^[A-Z]+[0-9]+\Z", _("Use capital letters and a number, such as S4.")
)

# Reasons why a field does not have all uses, see `content_fields`.
_NAME = "An id, not a text."
_QUOTED = "Other people's words, which the rules for prose do not apply to."
_EXPLAINS = "Explains a difficult word, so the rules for prose do not apply."


class SourceKind(models.TextChoices):
    """What a source can show, see `course.rules.evidence`."""

    REVIEW = evidence.REVIEW, _("Review of trials")
    TRIAL = evidence.TRIAL, _("Trial with a comparison")
    STUDY = evidence.STUDY, _("Study without a comparison")
    LABORATORY = evidence.LABORATORY, _("Study in the laboratory or in animals")
    REGULATOR = evidence.REGULATOR, _("Regulator")


class Source(KeyedChild):
    """A source of claims, which any text of the course can cite by its id."""

    course = ParentalKey(
        "course.CoursePage", related_name="sources", on_delete=models.CASCADE
    )
    handle = models.CharField(
        _("id"),
        max_length=20,
        validators=[source_handle],
        help_text=_("For example, S4. Texts cite it as [S4]."),
    )
    title = models.TextField(_("title"))
    author = models.CharField(_("author or publisher"), max_length=255, blank=True)
    published = models.CharField(_("where and when"), max_length=255, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    note = models.CharField(
        _("note"),
        max_length=255,
        blank=True,
        help_text=_("How much of it was read. For example, “Read as an abstract.”"),
    )
    last_seen = models.DateField(
        _("last seen"),
        null=True,
        blank=True,
        help_text=_("When the address last led to this very source."),
    )
    interest = models.CharField(
        _("what it sells"),
        max_length=120,
        blank=True,
        help_text=_(
            "If it sells what it writes about. For example, “makes the drug”. Readers "
            "see it as “Company source”."
        ),
    )
    kind = models.CharField(
        _("kind of evidence"),
        max_length=20,
        choices=SourceKind.choices,
        blank=True,
        help_text=_(
            "Needed if an option or a claim names the source for its evidence. If blank, the "
            "source does not count for the ladder of evidence."
        ),
    )

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because=_NAME),
        ContentField("title", PACKED, SIGNED, TRANSLATED, because=_QUOTED),
        ContentField("author", PACKED, SIGNED, TRANSLATED, because=_QUOTED),
        ContentField("published", PACKED, SIGNED, TRANSLATED, because=_QUOTED),
        ContentField("url", PACKED, SIGNED, SHARED, because=_QUOTED),
        ContentField("note", PACKED, SIGNED, TRANSLATED, because=_QUOTED),
        ContentField("last_seen", PACKED, SIGNED, SHARED),
        ContentField("interest", PACKED, SIGNED, TRANSLATED, because=_QUOTED),
        ContentField("kind", PACKED, SIGNED, SHARED),
    ]

    panels = [
        FieldPanel("handle"),
        FieldPanel("title"),
        FieldPanel("author"),
        FieldPanel("published"),
        FieldPanel("url"),
        FieldPanel("note"),
        FieldPanel("last_seen"),
        FieldPanel("interest"),
        FieldPanel("kind"),
    ]

    class Meta(KeyedChild.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return f"{self.handle}: {self.title}"

    @property
    def kind_of_evidence(self):
        """The kind, or nothing if the source sells what it writes about."""
        return "" if self.interest else self.kind


class GlossaryTerm(KeyedChild):
    """A word that the course explains."""

    course = ParentalKey(
        "course.CoursePage", related_name="glossary_terms", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_("“Key terms” blocks refer to the term by this id."),
    )
    term = models.CharField(_("term"), max_length=120)
    meaning = models.TextField(_("meaning"))

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because=_NAME),
        ContentField("term", PACKED, SIGNED, TRANSLATED, because=_EXPLAINS),
        ContentField("meaning", PACKED, SIGNED, CITING, TRANSLATED, because=_EXPLAINS),
    ]

    panels = [FieldPanel("handle"), FieldPanel("term"), FieldPanel("meaning")]

    class Meta(KeyedChild.Meta):
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")

    def __str__(self):
        return self.term


class QuestionToAsk(KeyedChild):
    """A question that readers can take to an appointment.

    The block “Questions to ask” shows those of its lesson, and readers choose some of
    them for their visit.
    """

    lesson = ParentalKey(
        "course.LessonPage", related_name="questions_to_ask", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_(
            "Lower-case letters, digits and hyphens. Leave blank to make it from the question."
        ),
    )
    text = models.CharField(
        _("question"),
        max_length=255,
        help_text=_(
            "As a patient would ask it. For example, “Who do I call at night?”."
        ),
    )

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because=_NAME),
        ContentField(
            "text",
            PACKED,
            SIGNED,
            JUDGED,
            TRANSLATED,
            because="A question makes no claims.",
        ),
    ]

    panels = [FieldPanel("text"), FieldPanel("handle")]

    class Meta(KeyedChild.Meta):
        verbose_name = _("question to ask")
        verbose_name_plural = _("questions to ask")

    def __str__(self):
        return self.text


class FaqEntry(KeyedChild):
    """A frequently asked question with its answer, which quiz questions may refer to.

    As with questions, the editor and packs keep handles unique, not the database.
    """

    lesson = ParentalKey(
        "course.LessonPage", related_name="faq_entries", on_delete=models.CASCADE
    )
    handle = models.SlugField(
        _("id"),
        max_length=80,
        help_text=_(
            "Lower-case letters, digits and hyphens. Leave blank to make it from the question."
        ),
    )
    question = models.CharField(_("question"), max_length=255)
    answer = RichTextField(_("answer"), features=PROSE_FEATURES)

    content_fields = [
        ContentField("translation_key", PACKED, SIGNED, SHARED),
        ContentField("handle", PACKED, SIGNED, SHARED, because=_NAME),
        ContentField(
            "question",
            PACKED,
            SIGNED,
            JUDGED,
            TRANSLATED,
            because="A question makes no claims.",
        ),
        ContentField("answer", PACKED, SIGNED, CITING, MEASURED, TRANSLATED),
    ]

    panels = [FieldPanel("question"), FieldPanel("answer"), FieldPanel("handle")]

    class Meta(KeyedChild.Meta):
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")

    def __str__(self):
        return self.question
