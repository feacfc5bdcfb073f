"""The workflow task for a clinician to sign a page off or send it back."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.forms import TaskStateCommentForm
from wagtail.models import AbstractGroupApprovalTask

from accounts.forms.plain import PlainErrors
from authoring.packs.queries import content_digest
from authoring.review.models.reviews import ClinicalReview
from course.models.pages import ReviewedPage


class UnableToSignOff(PermissionDenied):
    """A page was approved without a name or role, or sent back without a comment."""


class SignOffForm(PlainErrors, TaskStateCommentForm):
    """Asks the reviewer for the name and role that readers will see."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={"required": _("Enter your name.")},
        help_text=_(
            "Readers will see this name next to the lesson. For example, “Dr "
            "Ada Example”."
        ),
    )
    role = forms.CharField(
        label=_("Your role"),
        max_length=120,
        error_messages={"required": _("Enter your role.")},
        help_text=_(
            "Readers will see this too. For example, “consultant dermatologist”."
        ),
    )
    comment = forms.CharField(
        label=_("Comment for the author"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Readers will not see this."),
    )
    field_order = ["name", "role", "comment"]


class SendBackForm(PlainErrors, TaskStateCommentForm):
    """Asks the reviewer what the author should change."""

    comment = forms.CharField(
        label=_("What should change?"), widget=forms.Textarea({"rows": 4})
    )


class ClinicalReviewTask(AbstractGroupApprovalTask):
    """A member of the groups signs off with name and role, and the page goes live.

    The page itself is not saved here, so that the signed revision is the one that goes
    live.
    """

    class Meta:
        verbose_name = _("clinical review task")
        verbose_name_plural = _("clinical review tasks")

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups can sign off with their name and role")

    def get_actions(self, obj, user):
        if not super().get_actions(obj, user):
            return []
        # Wagtail's own name for the last step would include “and Publish”.
        return [
            ("reject", _("Send back with comments"), True),
            ("approve", _("Sign off"), True),
        ]

    def get_form_for_action(self, action):
        return SignOffForm if action == "approve" else SendBackForm

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Sign off or send back.

        Raises UnableToSignOff if a name, role or comment is missing, because the editor
        passes on what the browser sent without validating it.
        """
        form = self.get_form_for_action(action_name)(kwargs)
        if not form.is_valid():
            raise UnableToSignOff(form.errors.as_text())
        if action_name == "approve":
            self._sign(task_state.workflow_state.content_object, user, form)
        super().on_action(
            task_state, user, action_name, comment=form.cleaned_data["comment"]
        )

    def _sign(self, page, user, form):
        # The workflow publishes the latest revision, even if the reviewer edited it.
        revision = page.get_latest_revision()
        draft = revision.as_object()
        if not isinstance(draft, ReviewedPage):
            return
        ClinicalReview.objects.create(
            page_key=draft.translation_key,
            locale=draft.locale.language_code,
            revision=revision.pk,
            sha256=content_digest.of_reviewed(draft),
            faq_digests=content_digest.of_entries(draft),
            name=form.cleaned_data["name"],
            role=form.cleaned_data["role"],
            reviewer=user,
            at=timezone.now(),
        )
