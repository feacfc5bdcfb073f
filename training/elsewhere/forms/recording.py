"""What somebody completed elsewhere, and why a completion is revoked."""

import uuid
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from accounts.models import Learner, User
from training.assignments.access import teams_to_record_in
from training.assignments.actions.completions import CompletionFacts, ProofFile
from training.elsewhere.rules.proofs import MOST_BYTES, proof_extension
from training.reports.queries.matrix import courses_seen_by
from training.teams.forms.fields import DayField
from training.teams.models import Team


class ProofField(forms.FileField):
    """A PDF or a picture, told by its content. Returns a `ProofFile` or None."""

    def __init__(self, **options: Any):
        kinds = {"accept": ".pdf,.jpg,.jpeg,.png"}
        super().__init__(widget=forms.ClearableFileInput(attrs=kinds), **options)

    def clean(self, data: UploadedFile | None, initial: Any = None) -> ProofFile | None:
        file = super().clean(data, initial)
        if not file:
            return None
        content = file.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise ValidationError(_("The file is too large. Choose one of up to 5 MB."))
        extension = proof_extension(content)
        if extension is None:
            raise ValidationError(_("Choose a PDF, JPEG or PNG file."))
        stem = slugify(PurePath(file.name).stem)[:80] or "proof"
        return ProofFile(f"{stem}.{extension}", content)


class CompletionForm(PlainForm):
    """One completion: which course, when, where, and who says so."""

    course = forms.ChoiceField(label=_("Course"))
    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        empty_label=None,
        help_text=_("Its trainers can see and revoke this."),
    )
    done_on = DayField(label=_("Completed on"))
    source = forms.CharField(
        label=_("Where"),
        max_length=160,
        help_text=_("The hospital, school or provider, such as Red Cross, Girona."),
    )
    vouched_by = forms.CharField(
        label=_("Who says so"),
        max_length=160,
        help_text=_("Who confirms it, and how, such as HR, who saw the certificate."),
    )
    proof = ProofField(
        label=_("Proof"),
        required=False,
        help_text=_("A PDF, JPEG or PNG file of up to 5 MB. You can leave this out."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, user: User, learner: Learner, **kwargs: Any):
        super().__init__(*args, **kwargs)
        teams = teams_to_record_in(user, learner)
        self.fields["team"].queryset = teams
        self.fields["course"].choices = [("", _("Choose a course"))] + [
            (str(course.translation_key), course.title)
            for course in courses_seen_by(user)
        ]
        found = list(teams[:2])
        if len(found) == 1:
            self.fields["team"].initial = found[0].pk
            self.fields["team"].widget = forms.HiddenInput()

    def ask_for_file_again(self) -> None:
        """Say that a file has to be chosen again if the form is shown once more."""
        if self.files and "proof" not in self.errors:
            text = gettext("Choose the file again: browsers do not keep it.")
            self.add_error("proof", text)

    @property
    def facts(self) -> CompletionFacts:
        """What was entered, once it is valid."""
        given = self.cleaned_data
        return CompletionFacts(
            course_key=uuid.UUID(given["course"]),
            done_on=given["done_on"],
            source=given["source"],
            vouched_by=given["vouched_by"],
            proof=given["proof"],
        )


class RevokeCompletionForm(PlainForm):
    """Why a completion no longer counts."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        help_text=_("Kept with the evidence. Only include what others need to know."),
    )
