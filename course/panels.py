"""Inline children whose key survives drafts, autosave and publishing.

Wagtail builds a child that has no primary key yet anew from each posted form, so
a key made by default changes with each draft. Here the key travels in the form.
"""

import uuid

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model


class KeyedForm(WagtailAdminModelForm):
    """A child's form with its translation key in a hidden field.

    The field is blank in the form that new children are made from; the key of a
    new child is minted when it is first posted and sent back to the open page.
    """

    translation_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, instance=None, **kwargs):
        super().__init__(*args, instance=instance, **kwargs)
        if instance is not None:
            self.initial["translation_key"] = instance.translation_key

    def clean(self):
        cleaned = super().clean()
        self.instance.translation_key = (
            self.cleaned_data.get("translation_key")
            or (self.instance.pk and self.instance.translation_key)
            or uuid.uuid4()
        )
        return cleaned

    def get_field_updates_for_resave(self):
        return [
            *super().get_field_updates_for_resave(),
            (self.add_prefix("translation_key"), str(self.instance.translation_key)),
        ]


class KeyedInlinePanel(InlinePanel):
    """An `InlinePanel` over translatable children that keeps their keys."""

    def get_form_options(self):
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get(
            "defer_required_on_fields", []
        )
        formset["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=KeyedForm,
            defer_required_on_fields=deferred,
        )
        return options
