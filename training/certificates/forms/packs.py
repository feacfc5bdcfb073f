"""The two packs of evidence that are compared."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.plain import PlainForm
from training.certificates.readers import evidence_packs
from training.certificates.rules.exported_packs import ExportedPack, UnableToReadPack
from training.certificates.wording.packs import unreadable_in_words


class PackField(forms.FileField):
    """A pack of evidence, as it was downloaded."""

    def __init__(self, **options: Any):
        attributes = {"accept": ".zip,application/zip"}
        super().__init__(widget=forms.FileInput(attrs=attributes), **options)

    def clean(self, data: Any, initial: Any = None) -> ExportedPack:
        """Return what is in the pack."""
        file = super().clean(data, initial)
        try:
            content = file.read(evidence_packs.LARGEST + 1)
            return evidence_packs.read_pack_bounded(content)
        except UnableToReadPack as error:
            raise forms.ValidationError(unreadable_in_words(error)) from error


class PacksForm(PlainForm):
    """An earlier and a later pack."""

    earlier = PackField(
        label=_("Earlier evidence (zip)"),
        help_text=_("As it was downloaded from this site, up to 30 MB."),
    )
    later = PackField(label=_("Later evidence (zip)"))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        earlier, later = cleaned.get("earlier"), cleaned.get("later")
        if earlier and later and earlier.manifest == later.manifest:
            text = gettext("This is the same evidence twice. Choose another file.")
            self.add_error("later", text)
        return cleaned
