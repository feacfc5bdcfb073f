"""Records of what was asked, answered and marked. Rows are added but never edited.

Nothing here refers to a page. Lessons and questions are identified by their translation
keys, and their wording is frozen in a paper.
"""

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Learner
from progress.models import Enrolment
from quizzes.rules import paper as papers
from quizzes.rules.paper import Response


class AppendOnly(models.Model):
    """A row that is written once and never changed."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError(f"A {self._meta.verbose_name} is never changed.")
        super().save(*args, **kwargs)


class Paper(AppendOnly):
    """The questions of a lesson as they were once live, with one row per wording."""

    sha256 = models.CharField(max_length=64, unique=True)
    lesson_key = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=20)
    payload = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")

    def __str__(self):
        return f"paper {self.sha256[:12]}"

    @cached_property
    def content(self) -> papers.FrozenPaper:
        return papers.from_payload(self.payload)


def open_key_for(learner: Learner, lesson_key: uuid.UUID) -> str:
    """Return the `open_key` of the learner's open attempt on the lesson."""
    return f"{learner.pk}:{lesson_key}"


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def on(self, lesson_key: uuid.UUID):
        return self.filter(lesson_key=lesson_key)

    def open(self):
        return self.filter(state=Attempt.State.OPEN)

    def submitted(self):
        return self.filter(state=Attempt.State.SUBMITTED)

    def with_signed_in(self):
        """Add `signed_in`: whether any answer in the attempt was given signed in.

        An attempt started anonymously counts as signed in if its learner signed in and
        answered more questions. If it was finished before that, it does not.
        """
        given = Answer.objects.filter(
            attempt=OuterRef("pk"), origin=Answer.Origin.ACCOUNT
        )
        return self.annotate(signed_in=Exists(given))

    def in_newest_cycle(self):
        """Return the attempts in the learner's current cycle of the course."""
        return self.filter(~Exists(Enrolment.objects.newer_than("enrolment")))


class Attempt(models.Model):
    """A learner's attempt at a quiz, on the paper that was live when it started."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SUBMITTED = "submitted", _("submitted")
        ABANDONED = "abandoned", _("abandoned")

    class Company(models.TextChoices):
        """With whom the learner answers, if they want to say so."""

        FAMILY = "family", _("with family or a friend")
        INTERPRETER = "interpreter", _("with an interpreter")
        OTHER = "other", _("with somebody else")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        Learner, on_delete=models.PROTECT, related_name="attempts"
    )
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.PROTECT, related_name="attempts"
    )
    lesson_key = models.UUIDField()
    number = models.PositiveIntegerField()
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="attempts")
    retry_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="retries"
    )
    seed = models.UUIDField(
        help_text=_("Determines the order of the options. A retry has the same seed.")
    )
    asked = models.JSONField(help_text=_("The keys of the questions asked, in order."))
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    open_key = models.CharField(
        max_length=80,
        null=True,
        blank=True,
        unique=True,
        help_text=_(
            "Learner and lesson while the attempt is open, so that nobody has two."
        ),
    )
    answered_with = models.CharField(
        max_length=20,
        choices=Company.choices,
        blank=True,
        default="",
        help_text=_("Blank if the learner did not say. It changes no mark."),
    )
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "lesson_key", "number"],
                name="attempt_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="attempt_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "submitted", "abandoned"]),
                name="attempt_state_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_with__in=["", "family", "interpreter", "other"]),
                name="attempt_company_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", open_key__isnull=False)
                | (~Q(state="open") & Q(open_key=None)),
                name="attempt_open_key_while_open",
            ),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False)
                | (~Q(state="submitted") & Q(submitted_at=None)),
                name="attempt_submitted_has_date",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(submitted_at__gte=F("started_at")),
                name="attempt_submitted_after_start",
            ),
        ]

    def __str__(self):
        return f"attempt {self.number} of {self.learner} on lesson {self.lesson_key}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Answer(AppendOnly):
    """An answer to one question. A later answer is another row.

    Each answer records whether it was given signed in, because an attempt may be
    started without an account and finished signed in.
    """

    class Origin(models.TextChoices):
        ANONYMOUS = "anonymous", _("without an account")
        ACCOUNT = "account", _("signed in")

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="answers"
    )
    shown_paper = models.ForeignKey(
        Paper,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_(
            "The paper whose words were shown, if it is not the attempt's: the one in "
            "another language."
        ),
    )
    question_key = models.UUIDField()
    sequence = models.PositiveIntegerField()
    client_uuid = models.UUIDField(
        help_text=_("Made with the form, so that a form posted twice is saved once.")
    )
    options = models.JSONField(
        help_text=_("The ids of the options, in the order given.")
    )
    text = models.CharField(
        max_length=100,
        blank=True,
        default="",
        help_text=_("What was typed. Blank after the learner is erased."),
    )
    pairs = models.JSONField(
        default=list,
        help_text=_("The ids of the options, each with the match chosen for it."),
    )
    not_sure = models.BooleanField(default=False)
    origin = models.CharField(max_length=20, choices=Origin.choices)
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "question_key", "sequence"],
                name="answer_sequence_unique",
            ),
            models.UniqueConstraint(
                fields=["attempt", "client_uuid"], name="answer_client_uuid_unique"
            ),
            models.CheckConstraint(
                condition=Q(sequence__gte=1), name="answer_sequence_from_one"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=["anonymous", "account"]),
                name="answer_origin_known",
            ),
        ]

    def __str__(self):
        return f"answer {self.sequence} to {self.question_key} in {self.attempt}"

    @property
    def response(self) -> Response:
        return Response(
            options=tuple(self.options),
            not_sure=self.not_sure,
            text=self.text,
            pairs=tuple((option, match) for option, match in self.pairs),
        )

    @staticmethod
    def fields_of(response: Response) -> dict[str, Any]:
        """Return the fields of a row for the response."""
        return {
            "options": list(response.options),
            "text": response.text,
            "pairs": [list(pair) for pair in response.pairs],
            "not_sure": response.not_sure,
        }


class Grade(AppendOnly):
    """The marks of an attempt. The newest run counts; the first is kept forever."""

    attempt = models.ForeignKey(
        Attempt, on_delete=models.PROTECT, related_name="grades"
    )
    run = models.PositiveIntegerField(default=1)
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="grades")
    marks = models.JSONField(
        help_text=_("Question keys under “right”, “wrong” and “not_sure”.")
    )
    right = models.PositiveIntegerField()
    out_of = models.PositiveIntegerField()
    reason = models.CharField(max_length=255, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Who asked for it. Blank if it was marked when submitted."),
    )
    graded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("grade")
        verbose_name_plural = _("grades")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "run"], name="grade_run_unique"),
            models.CheckConstraint(condition=Q(run__gte=1), name="grade_run_from_one"),
            models.CheckConstraint(
                condition=Q(right__lte=F("out_of")), name="grade_right_within_out_of"
            ),
            models.CheckConstraint(
                condition=Q(run=1) | ~Q(reason=""), name="grade_later_run_has_reason"
            ),
        ]

    def __str__(self):
        return f"grade {self.run} of {self.attempt}: {self.right} of {self.out_of}"
